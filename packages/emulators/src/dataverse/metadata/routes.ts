import type { Answer } from '../../kit/exchange.ts';
import { type Exchange, odataAnswer, optionsOf } from '../exchange.ts';
import { NAMESPACE } from '../odata/filter.ts';
import type { Options } from '../odata/options.ts';
import type { Organization } from '../records/organization.ts';
import { badQuery, noSegment, notEmulated, Refusal } from '../refusal.ts';
import { namedValues, type Segment, unquoted } from '../resource-path.ts';
import { metadataVersion } from '../routes/collection.ts';
import { SCHEMA, type Table } from '../schema/schema.ts';
import {
  attributeDefinitions,
  type Definition,
  entityDefinition,
  globalOptionSets,
  manyToManyDefinition,
  oneToManyDefinition,
} from './definitions.ts';
import { found, type PartsOf, shown } from './json-query.ts';

const ROOTS = new Set(['EntityDefinitions', 'RelationshipDefinitions', 'GlobalOptionSetDefinitions']);

/** Whether a path is about definitions. */
export function isDefinitions(name: string): boolean {
  return ROOTS.has(name);
}

/** Answers a request for definitions. Throws a refusal where the vendor refuses. */
export function definitionsAnswer(exchange: Exchange, segments: readonly Segment[]): Answer {
  const [root, ...rest] = segments;
  if (exchange.call.method !== 'GET') throw notEmulated(`${exchange.call.method} ${root?.name}`);
  const options = optionsOf(exchange);
  if (root?.name === 'EntityDefinitions') return entities(exchange, root, rest, options);
  return root?.name === 'RelationshipDefinitions'
    ? relationships(exchange, root, rest, options)
    : optionSets(exchange, root ?? { name: '', key: null }, options);
}

/** A definition by its key: a name (`LogicalName='account'`) or an id. Throws a refusal when there is none. */
function byKey(list: readonly Definition[], key: string, nameProperty: string): Definition {
  const name = namedValues(key).get(nameProperty);
  const wanted = name === undefined ? key.toLowerCase() : unquoted(name);
  const property = name === undefined ? 'MetadataId' : nameProperty;
  const definition = list.find((each) => each[property] === wanted);
  if (definition) return definition;
  const message = `Could not find an entity with name ${wanted} and id 00000000-0000-0000-0000-000000000000.`;
  throw new Refusal(404, '0x80060888', message);
}

function tableOf(definition: Definition): Table {
  const table = SCHEMA.tables.get(String(definition.LogicalName));
  if (!table) throw noSegment(String(definition.LogicalName));
  return table;
}

function entities(exchange: Exchange, { key }: Segment, rest: readonly Segment[], options: Options): Answer {
  const { organization } = exchange;
  const all = [...SCHEMA.tables.values()].map((table) => entityDefinition(organization, table));
  const parts: PartsOf = (definition, nav) => partsOfEntity(organization, definition, nav);
  if (key === null) return listAnswer(exchange, 'EntityDefinitions', all, options, parts);
  const definition = byKey(all, key, 'LogicalName');
  const [part, ...further] = rest;
  const address = `EntityDefinitions('${String(definition.LogicalName)}')`;
  if (!part) return oneAnswer(exchange, 'EntityDefinitions', definition, options, parts);
  if (part.name === 'Attributes')
    return attributes(exchange, address, tableOf(definition), part, further, options);
  const list = partsOfEntity(organization, definition, part.name);
  if (list === undefined || list === null) throw noSegment(part.name);
  return listAnswer(exchange, `${address}/${part.name}`, list, options, () => undefined);
}

function partsOfEntity(
  organization: Organization,
  definition: Definition,
  nav: string,
): readonly Definition[] | undefined {
  const table = tableOf(definition);
  switch (nav) {
    case 'Attributes':
      return attributeDefinitions(organization, table).map(baseOnly);
    case 'ManyToOneRelationships':
      return SCHEMA.oneToMany.filter((each) => each.referencingTable === table.name).map(oneToManyDefinition);
    case 'OneToManyRelationships':
      return SCHEMA.oneToMany.filter((each) => each.referencedTable === table.name).map(oneToManyDefinition);
    case 'ManyToManyRelationships':
      return SCHEMA.manyToMany
        .filter((each) => each.table1 === table.name || each.table2 === table.name)
        .map(manyToManyDefinition);
    case 'Keys':
    case 'Settings':
      return [];
    default:
      return undefined;
  }
}

/** What belongs to one kind of attribute alone: without a cast it is not shown. */
const OWN_TO_KIND = new Set([
  ...[
    'MaxLength',
    'Format',
    'FormatName',
    'MinValue',
    'MaxValue',
    'Precision',
    'PrecisionSource',
    'IsBaseCurrency',
  ],
  ...['CalculationOf', 'Targets', 'DateTimeBehavior', 'OptionSet', 'GlobalOptionSet', 'MaxSizeInKB'],
  ...['CanStoreFullImage', 'IsPrimaryImage'],
]);

function baseOnly(definition: Definition): Definition {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => !OWN_TO_KIND.has(name)));
}

const partsOfAttribute: PartsOf = (definition, nav) =>
  nav === 'OptionSet' || nav === 'GlobalOptionSet'
    ? ((definition[nav] ?? null) as Definition | null)
    : undefined;

function attributes(
  exchange: Exchange,
  address: string,
  table: Table,
  { key }: Segment,
  rest: readonly Segment[],
  options: Options,
): Answer {
  const all = attributeDefinitions(exchange.organization, table);
  const cast = castOf(rest[0]);
  const fitting = cast === null ? all : all.filter((each) => each['@odata.type'] === `#${NAMESPACE}${cast}`);
  const list = cast === null ? fitting.map(baseOnly) : fitting;
  const name = `${address}/Attributes${cast === null ? '' : `/${NAMESPACE}${cast}`}`;
  if (key === null)
    return listAnswer(exchange, name, list, options, cast === null ? () => undefined : partsOfAttribute);
  // One attribute shows what belongs to its kind, with or without a cast.
  const definition = byKey(cast === null ? all : fitting, key, 'LogicalName');
  const part = rest[cast === null ? 0 : 1];
  if (!part) return oneAnswer(exchange, name, definition, options, partsOfAttribute);
  const inner = partsOfAttribute(definition, part.name);
  if (inner === undefined || inner === null) throw noSegment(part.name);
  return oneAnswer(exchange, `${name}/${part.name}`, inner as Definition, options, () => undefined);
}

/** The kind a path is cast to; null: it is not. The common kind of all choices cannot be cast to. */
function castOf(segment: Segment | undefined): string | null {
  if (!segment?.name.startsWith(NAMESPACE)) return null;
  const cast = segment.name.slice(NAMESPACE.length);
  if (!cast.endsWith('AttributeMetadata') || cast === 'EnumAttributeMetadata')
    throw badQuery(`The type '${segment.name}' cannot be cast to.`);
  return cast;
}

function relationships(
  exchange: Exchange,
  { key }: Segment,
  rest: readonly Segment[],
  options: Options,
): Answer {
  const all = [...SCHEMA.oneToMany.map(oneToManyDefinition), ...SCHEMA.manyToMany.map(manyToManyDefinition)];
  const cast = rest[0]?.name;
  const list = cast === undefined ? all : all.filter((each) => each['@odata.type'] === `#${cast}`);
  const name = `RelationshipDefinitions${cast === undefined ? '' : `/${cast}`}`;
  if (key !== null)
    return oneAnswer(exchange, name, byKey(list, key, 'SchemaName'), options, () => undefined);
  if (cast !== undefined) return listAnswer(exchange, name, list, options, () => undefined);
  // Without a cast only what both kinds share is shown.
  const shared = [
    '@odata.type',
    'MetadataId',
    'SchemaName',
    'RelationshipType',
    'IsCustomRelationship',
    'IsManaged',
    'IsValidForAdvancedFind',
  ];
  const narrowed = all.map((each) =>
    Object.fromEntries(shared.map((property) => [property, each[property]])),
  );
  return listAnswer(exchange, name, narrowed, options, () => undefined);
}

function optionSets(exchange: Exchange, { key }: Segment, options: Options): Answer {
  if (options.filter !== null)
    throw badQuery('The query parameter $filter is not supported for GlobalOptionSetDefinitions.');
  const all = globalOptionSets(exchange.organization);
  if (key === null) return listAnswer(exchange, 'GlobalOptionSetDefinitions', all, options, () => undefined);
  return oneAnswer(exchange, 'GlobalOptionSetDefinitions', byKey(all, key, 'Name'), options, () => undefined);
}

function listAnswer(
  exchange: Exchange,
  address: string,
  list: readonly Definition[],
  options: Options,
  parts: PartsOf,
): Answer {
  const value = found(list, options).map((each) => JSON.stringify(shown(each, options, parts)));
  const texts = [
    `"@odata.context":${JSON.stringify(`${exchange.root}/$metadata#${address}`)}`,
    ...metadataVersion(exchange),
  ];
  if (options.count) texts.push(`"@odata.count":${value.length}`);
  return odataAnswer(exchange, 200, `{${texts.join(',')},"value":[${value.join(',')}]}`);
}

function oneAnswer(
  exchange: Exchange,
  address: string,
  definition: Definition,
  options: Options,
  parts: PartsOf,
): Answer {
  const body = {
    '@odata.context': `${exchange.root}/$metadata#${address}/$entity`,
    ...shown(definition, options, parts),
  };
  return odataAnswer(exchange, 200, JSON.stringify(body));
}
