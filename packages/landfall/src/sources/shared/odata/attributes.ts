import { z } from 'zod';
import type { SourceType } from '../../../model/source.ts';
import { type Label, labelShape, labelText } from './definitions.ts';
import type { ODataCatalog } from './odata-catalog.ts';
import type { Attribute, AttributeKind, ReadTable, Table } from './table.ts';
import type { Row, WebApi } from './web-api.ts';

const baseShape = z.object({
  LogicalName: z.string(),
  AttributeType: z.string().nullish(),
  AttributeTypeName: z.object({ Value: z.string().nullish() }).nullish(),
  AttributeOf: z.string().nullish(),
  IsCustomAttribute: z.boolean().nullish(),
  IsValidForRead: z.boolean().nullish(),
  IsValidODataAttribute: z.boolean().nullish(),
  DisplayName: labelShape,
});
type Base = z.infer<typeof baseShape>;

const optionsShape = z
  .object({ Options: z.array(z.object({ Value: z.coerce.number(), Label: labelShape })).nullish() })
  .nullish();
const choiceShape = z.object({
  LogicalName: z.string(),
  OptionSet: optionsShape,
  GlobalOptionSet: optionsShape,
});
const lookupShape = z.object({ LogicalName: z.string(), Targets: z.array(z.string()).nullish() });
const timeShape = z.object({
  LogicalName: z.string(),
  DateTimeBehavior: z.object({ Value: z.string().nullish() }).nullish(),
  Format: z.string().nullish(),
});
const textShape = z.object({
  LogicalName: z.string(),
  FormatName: z.object({ Value: z.string().nullish() }).nullish(),
});

/** What only the queries by kind tell: one for each kind that a table has (facts 1.5). */
interface Details {
  readonly targets: ReadonlyMap<string, readonly string[]>;
  readonly options: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly behaviors: ReadonlyMap<string, string>;
  readonly formats: ReadonlyMap<string, string>;
}

const casts: Readonly<Record<string, string>> = {
  Lookup: 'Lookup',
  Customer: 'Lookup',
  Owner: 'Lookup',
  DateTime: 'DateTime',
  Picklist: 'Picklist',
  State: 'State',
  Status: 'Status',
  String: 'String',
};
const castQuery: Readonly<Record<string, string>> = {
  Lookup: '?$select=LogicalName,Targets',
  DateTime: '?$select=LogicalName,DateTimeBehavior,Format',
  String: '?$select=LogicalName,FormatName&$filter=AttributeOf%20eq%20null',
};
const choiceQuery = '?$select=LogicalName&$expand=OptionSet,GlobalOptionSet';
const baseSelect = [
  ...['LogicalName', 'AttributeType', 'AttributeTypeName', 'AttributeOf', 'IsCustomAttribute'],
  ...['IsValidForRead', 'IsValidODataAttribute', 'DisplayName'],
].join(',');

/** Reads the attributes of a table that say something: the definitions, and one query for each kind. */
export async function readAttributes(
  service: WebApi,
  catalog: ODataCatalog,
  table: Table,
  language: number | null,
  signal: AbortSignal,
): Promise<ReadTable> {
  const what = `reading the fields of ${table.name}`;
  const root = `EntityDefinitions(LogicalName='${table.name}')/Attributes`;
  const list = await service.page({ path: `${root}?$select=${baseSelect}`, what }, signal);
  const bases = list.rows.map((row) => parsedAs(service, baseShape, row, what)).filter(isReadable);
  const wanted = new Set(bases.flatMap((base) => castOf(base) ?? []));
  const rows = await Promise.all(
    [...wanted].map(async (cast) => {
      const path = `${root}/Microsoft.Dynamics.CRM.${cast}AttributeMetadata${castQuery[cast] ?? choiceQuery}`;
      return [cast, (await service.page({ path, what }, signal)).rows] as const;
    }),
  );
  const details = detailsOf(service, new Map(rows), language, what);
  const attributes = bases
    .map((base) => attributeOf(base, table, catalog, details, language))
    .filter((attribute) => attribute !== null);
  return { ...table, attributes, pictures: picturesOf(bases) };
}

/** Beside an image stands the id of it (facts 1.8). */
function picturesOf(bases: readonly Base[]): readonly string[] {
  const names = new Set(bases.map(({ LogicalName }) => LogicalName));
  return bases
    .filter((base) => typeNameOf(base) === 'Image')
    .map(({ LogicalName }) => `${LogicalName}id`)
    .filter((name) => names.has(name));
}

function parsedAs<Shape>(service: WebApi, shape: z.ZodType<Shape>, row: Row, what: string): Shape {
  const parsed = shape.safeParse(row);
  if (parsed.success) return parsed.data;
  throw service.wrong(what, parsed.error.issues[0]?.message ?? 'another shape');
}

/** Names of shadows (`owneridname`) cannot be selected: they only repeat another attribute. */
function isReadable({ AttributeOf, IsValidForRead, IsValidODataAttribute }: Base): boolean {
  return !AttributeOf && IsValidForRead !== false && IsValidODataAttribute !== false;
}

function typeNameOf({ AttributeTypeName, AttributeType }: Base): string {
  return (AttributeTypeName?.Value ?? AttributeType ?? '').replace(/Type$/, '');
}

function castOf(base: Base): string | null {
  const name = typeNameOf(base);
  return name === 'MultiSelectPicklist' ? name : (casts[name] ?? null);
}

function detailsOf(
  service: WebApi,
  byCast: ReadonlyMap<string, readonly Row[]>,
  language: number | null,
  what: string,
): Details {
  const rows = (cast: string) => byCast.get(cast) ?? [];
  const choices = ['Picklist', 'MultiSelectPicklist', 'State', 'Status'].flatMap(rows);
  return {
    targets: new Map(
      rows('Lookup')
        .map((row) => parsedAs(service, lookupShape, row, what))
        .map(({ LogicalName, Targets }) => [LogicalName, Targets ?? []]),
    ),
    options: new Map(
      choices
        .map((row) => parsedAs(service, choiceShape, row, what))
        .map((row) => [row.LogicalName, optionsOf(row, language)]),
    ),
    behaviors: new Map(
      rows('DateTime')
        .map((row) => parsedAs(service, timeShape, row, what))
        .map(({ LogicalName, DateTimeBehavior, Format }) => [
          LogicalName,
          DateTimeBehavior?.Value ?? (Format === 'DateOnly' ? 'DateOnly' : 'UserLocal'),
        ]),
    ),
    formats: new Map(
      rows('String')
        .map((row) => parsedAs(service, textShape, row, what))
        .map(({ LogicalName, FormatName }) => [LogicalName, FormatName?.Value ?? 'Text']),
    ),
  };
}

function optionsOf(row: z.infer<typeof choiceShape>, language: number | null): ReadonlyMap<string, string> {
  const options = row.OptionSet?.Options ?? row.GlobalOptionSet?.Options ?? [];
  return new Map(options.map(({ Value, Label: text }) => [String(Value), optionText(text, Value, language)]));
}

function optionText(text: Label, value: number, language: number | null): string {
  const found = labelText(text, language);
  return found === '' ? String(value) : found;
}

const plainTypes: Readonly<Record<string, SourceType>> = {
  Uniqueidentifier: 'id',
  Memo: 'longText',
  Integer: 'number',
  BigInt: 'number',
  Decimal: 'number',
  Double: 'number',
  Money: 'money',
  Boolean: 'boolean',
};
const formatTypes: Readonly<Record<string, SourceType>> = {
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  RichText: 'html',
};
const people = new Set(['systemuser', 'team']);

function attributeOf(
  base: Base,
  table: Table,
  catalog: ODataCatalog,
  details: Details,
  language: number | null,
): Attribute | null {
  const { LogicalName: name } = base;
  const row = table.standard?.fields.find(([field]) => field === name);
  const typeName = typeNameOf(base);
  if (row === undefined && isLeftOut(name, base, catalog)) return null;
  const side = table.sides?.find(({ attribute }) => attribute === name);
  const targets = side === undefined ? (details.targets.get(name) ?? []) : [side.entity];
  const kind = kindOf(name, typeName, table, details, targets, side !== undefined);
  if (kind === null) return null;
  const isReference = kind === 'reference' || kind === 'person' || kind === 'currency';
  return {
    name,
    property: isReference && side === undefined ? `_${name}_value` : name,
    label: labelText(base.DisplayName, language) || name,
    kind,
    type: typeOf(kind, row?.[2], name, typeName, catalog, details),
    typeName,
    custom: base.IsCustomAttribute === true,
    targets,
    options: details.options.get(name) ?? new Map(),
  };
}

function isLeftOut(name: string, { IsCustomAttribute }: Base, { leaveOut }: ODataCatalog): boolean {
  if (IsCustomAttribute === true) return false;
  return leaveOut.fields.includes(name) || leaveOut.fieldEndings.some((ending) => name.endsWith(ending));
}

const kinds: Readonly<Record<string, AttributeKind>> = {
  Boolean: 'boolean',
  Picklist: 'choice',
  State: 'choice',
  Status: 'choice',
  MultiSelectPicklist: 'choices',
  File: 'file',
};
const unread = new Set(['Virtual', 'PartyList', 'Image', 'CalendarRules', 'ManagedProperty']);

function kindOf(
  name: string,
  typeName: string,
  table: Table,
  { behaviors }: Details,
  targets: readonly string[],
  isSide: boolean,
): AttributeKind | null {
  if (unread.has(typeName)) return null;
  if (table.standard?.file?.body === name) return 'body';
  if (isSide) return 'reference';
  if (casts[typeName] === 'Lookup') {
    if (typeName === 'Owner' || (targets.length > 0 && targets.every((target) => people.has(target))))
      return 'person';
    return targets.includes('transactioncurrency') && targets.length === 1 ? 'currency' : 'reference';
  }
  if (typeName === 'DateTime') return behaviors.get(name) === 'TimeZoneIndependent' ? 'wallTime' : 'plain';
  return kinds[typeName] ?? 'plain';
}

const kindTypes: Partial<Readonly<Record<AttributeKind, SourceType>>> = {
  wallTime: 'dateTime',
  boolean: 'boolean',
  choice: 'choice',
  choices: 'choices',
  reference: 'reference',
  person: 'reference',
  currency: 'reference',
  body: 'file',
  file: 'id',
};

function typeOf(
  kind: AttributeKind,
  said: SourceType | undefined,
  name: string,
  typeName: string,
  catalog: ODataCatalog,
  { behaviors, formats }: Details,
): SourceType {
  const byKind = kindTypes[kind];
  if (byKind !== undefined) return byKind;
  if (said !== undefined) return said;
  if (typeName === 'DateTime') return behaviors.get(name) === 'DateOnly' ? 'date' : 'dateTime';
  const plain = plainTypes[typeName];
  if (plain !== undefined) return plain;
  const byFormat = formatTypes[formats.get(name) ?? ''];
  return byFormat ?? catalog.textTypes.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
}
