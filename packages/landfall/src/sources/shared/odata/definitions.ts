import { z } from 'zod';
import { madeTables } from './made-table.ts';
import type { LeaveOutRules, ODataCatalog } from './odata-catalog.ts';
import { standardEntity } from './odata-catalog.ts';
import type { Side, Table } from './table.ts';
import type { WebApi } from './web-api.ts';

const flag = z.boolean().nullish();
const label = z
  .object({
    LocalizedLabels: z
      .array(z.object({ Label: z.string().nullish(), LanguageCode: z.coerce.number() }))
      .nullish(),
    UserLocalizedLabel: z.object({ Label: z.string().nullish() }).nullish(),
  })
  .nullish();

const entityShape = z.object({
  LogicalName: z.string(),
  EntitySetName: z.string().nullish(),
  PrimaryIdAttribute: z.string().nullish(),
  PrimaryNameAttribute: z.string().nullish(),
  IsCustomEntity: flag,
  IsIntersect: flag,
  IsActivity: flag,
  IsBPFEntity: flag,
  ChangeTrackingEnabled: flag,
  DisplayName: label,
});

const sidesShape = z.object({
  IntersectEntityName: z.string(),
  Entity1LogicalName: z.string(),
  Entity1IntersectAttribute: z.string(),
  Entity1NavigationPropertyName: z.string(),
  Entity2LogicalName: z.string(),
  Entity2IntersectAttribute: z.string(),
  Entity2NavigationPropertyName: z.string(),
});

/** A label of the metadata, in all its languages. */
export type Label = z.infer<typeof label>;

/** The shape of a label, for other readers of metadata. */
export const labelShape = label;

const selected = [
  ...['LogicalName', 'EntitySetName', 'PrimaryIdAttribute', 'PrimaryNameAttribute', 'IsCustomEntity'],
  ...['IsIntersect', 'IsActivity', 'IsBPFEntity', 'ChangeTrackingEnabled', 'DisplayName'],
];

/** The text of a label: in `language` when one is wanted and there, else in the account's, else any. */
export function labelText(given: Label, language: number | null): string {
  const labels = given?.LocalizedLabels ?? [];
  const wanted = labels.find(({ LanguageCode }) => LanguageCode === language)?.Label;
  return (wanted ?? given?.UserLocalizedLabel?.Label ?? labels[0]?.Label ?? '').trim();
}

/** Every table of the organisation, by its logical name: two requests. */
export async function readTables(
  service: WebApi,
  catalog: ODataCatalog,
  language: number | null,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Table>> {
  const what = 'reading the list of tables';
  const [definitions, relations] = await Promise.all([
    service.page({ path: `EntityDefinitions?$select=${selected.join(',')}`, what }, signal),
    service.page(
      {
        path: 'RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
        what: 'reading the relationships',
      },
      signal,
    ),
  ]);
  const sides = sidesOf(relations.rows);
  const tables = new Map<string, Table>();
  for (const row of definitions.rows) {
    const parsed = entityShape.safeParse(row);
    if (!parsed.success) throw service.wrong(what, parsed.error.issues[0]?.message ?? 'another shape');
    const table = tableOf(parsed.data, catalog, sides, language);
    if (table !== null) tables.set(table.name, table);
  }
  for (const table of madeTables(catalog, tables)) tables.set(table.name, table);
  return tables;
}

function tableOf(
  given: z.infer<typeof entityShape>,
  catalog: ODataCatalog,
  sides: ReadonlyMap<string, readonly [Side, Side]>,
  language: number | null,
): Table | null {
  const { LogicalName: name, EntitySetName: set, PrimaryIdAttribute: idField } = given;
  if (!set || !idField) return null;
  const standard = standardEntity(catalog, name) ?? null;
  const text = labelText(given.DisplayName, language);
  return {
    name,
    set,
    label: text === '' ? (standard?.label ?? name) : text,
    idField,
    nameField: given.PrimaryNameAttribute || null,
    custom: given.IsCustomEntity === true,
    isActivity: given.IsActivity === true,
    isProcess: given.IsBPFEntity === true,
    tracking: given.ChangeTrackingEnabled === true,
    sides: given.IsIntersect === true ? (sides.get(name) ?? null) : null,
    standard,
  };
}

/** An intersect that several relationships share has no two sides of its own: it is read as a table. */
function sidesOf(rows: readonly unknown[]): ReadonlyMap<string, readonly [Side, Side]> {
  const found = new Map<string, readonly [Side, Side]>();
  const shared = new Set<string>();
  for (const row of rows) {
    const parsed = sidesShape.safeParse(row);
    if (!parsed.success) continue;
    const given = parsed.data;
    if (found.has(given.IntersectEntityName)) shared.add(given.IntersectEntityName);
    found.set(given.IntersectEntityName, [
      {
        entity: given.Entity1LogicalName,
        attribute: given.Entity1IntersectAttribute,
        navigation: given.Entity1NavigationPropertyName,
      },
      {
        entity: given.Entity2LogicalName,
        attribute: given.Entity2IntersectAttribute,
        navigation: given.Entity2NavigationPropertyName,
      },
    ]);
  }
  for (const name of shared) found.delete(name);
  return found;
}

/** The tables with user data, in the catalog's order, then custom ones by name, then what joins two of them. */
export function takenTables(tables: ReadonlyMap<string, Table>, catalog: ODataCatalog): readonly Table[] {
  const standard = catalog.entities.flatMap(({ name }) => tables.get(name) ?? []);
  const custom = [...tables.values()].filter(
    (table) => table.standard === null && table.sides === null && isOwn(table, catalog.leaveOut),
  );
  const known = new Set([...standard, ...custom].map(({ name }) => name));
  const joining = [...tables.values()].filter(
    ({ name, sides, standard: own }) =>
      sides !== null &&
      own === null &&
      !isSystem(name, catalog.leaveOut) &&
      sides.every(({ entity }) => known.has(entity)),
  );
  return [...standard, ...byName(custom), ...byName(joining)];
}

/** A customer's own table: custom, no instance of a process, not one of a maker's. */
function isOwn({ name, custom, isProcess }: Table, rules: LeaveOutRules): boolean {
  return custom && !isProcess && !isSystem(name, rules);
}

function isSystem(name: string, { entities, systemPrefixes }: LeaveOutRules): boolean {
  return entities.includes(name) || systemPrefixes.some((prefix) => name.startsWith(prefix));
}

function byName(tables: readonly Table[]): readonly Table[] {
  return tables.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
