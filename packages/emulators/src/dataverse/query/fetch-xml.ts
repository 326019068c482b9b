import type { Filter, Literal } from '../odata/filter.ts';
import type { Aggregate, Apply, Order } from '../odata/options.ts';
import { noAttribute, notEmulated, Refusal } from '../refusal.ts';
import { type Column, propertyOf, SCHEMA, type Table } from '../schema/schema.ts';
import { parseXml, type XmlElement } from '../xml.ts';
import { familyOf } from './comparable.ts';

/** A column that FetchXML asks for, with the name it is answered under. */
export interface FetchColumn {
  readonly path: readonly string[];
  readonly name: string;
}

/** A FetchXML query in the terms of the OData queries. */
export interface Fetch {
  /** Null: all columns. */
  readonly columns: readonly FetchColumn[] | null;
  readonly filter: Filter | null;
  readonly order: readonly Order[];
  readonly apply: Apply | null;
  /** Names under which an aggregate answers its groups, in their order. */
  readonly groupNames: readonly string[];
  readonly count: number;
  readonly page: number;
  readonly cookie: string | null;
  readonly top: number | null;
  readonly countsTotal: boolean;
}

const MOST = 5_000;

function bad(message: string): Refusal {
  return new Refusal(400, '0x80040203', `Invalid FetchXML: ${message}`);
}

/** Reads FetchXML over a table. Throws a refusal for what is wrong, of 501 for what is not emulated. */
export function parseFetch(xml: string, table: Table): Fetch {
  const fetch = parseXml(xml);
  const entity = fetch?.children.find(({ name }) => name === 'entity');
  if (fetch?.name !== 'fetch' || !entity) throw bad('it needs <fetch><entity>.');
  if (entity.attributes.name !== table.name)
    throw bad(`the entity '${entity.attributes.name}' is not '${table.name}'.`);
  const { attributes } = fetch;
  for (const name of ['datasource', 'distinct', 'latematerialize'])
    if (attributes[name] !== undefined && attributes[name] !== 'false') throw notEmulated(`FetchXML ${name}`);
  const parts = entityParts(entity, table, [], '');
  const isAggregate = attributes.aggregate === 'true';
  return {
    columns: parts.all || isAggregate ? null : parts.columns,
    filter: both(parts.filters),
    order: isAggregate ? [] : parts.order,
    apply: isAggregate ? applyOf(entity, table) : null,
    groupNames: isAggregate ? groupsOf(entity).map(({ attributes: own }) => own.alias ?? '') : [],
    count: Math.min(MOST, Number(attributes.count ?? MOST)),
    page: Number(attributes.page ?? 1),
    cookie: attributes['paging-cookie'] ?? null,
    top: attributes.top === undefined ? null : Number(attributes.top),
    countsTotal: attributes.returntotalrecordcount === 'true',
  };
}

interface Parts {
  readonly all: boolean;
  readonly columns: FetchColumn[];
  readonly filters: Filter[];
  readonly order: Order[];
}

function entityParts(element: XmlElement, table: Table, path: readonly string[], alias: string): Parts {
  const parts: Parts = {
    all: element.children.some(({ name }) => name === 'all-attributes'),
    columns: [],
    filters: [],
    order: [],
  };
  for (const child of element.children) {
    const { name, attributes } = child;
    if (name === 'attribute' && attributes.aggregate === undefined && attributes.groupby === undefined) {
      const column = columnNamed(table, attributes.name ?? '');
      const own = attributes.alias ?? propertyOf(column);
      parts.columns.push({
        path: [...path, propertyOf(column)],
        name: alias === '' ? own : `${alias}.${attributes.alias ?? column.name}`,
      });
    } else if (name === 'filter') parts.filters.push(filterOf(child, table, path));
    else if (name === 'order' && attributes.attribute !== undefined) {
      const column = columnNamed(table, attributes.attribute);
      parts.order.push({
        path: [...path, propertyOf(column)],
        descending: attributes.descending === 'true',
      });
    } else if (name === 'link-entity') addLink(parts, child, table, path);
  }
  return parts;
}

/** A link towards one record: `from` is the key of the linked table, `to` a lookup of this one. */
function addLink(parts: Parts, element: XmlElement, table: Table, path: readonly string[]): void {
  const { name = '', from = '', to = '', alias = name } = element.attributes;
  const kind = element.attributes['link-type'] ?? 'inner';
  const target = SCHEMA.tables.get(name);
  if (!target)
    throw new Refusal(
      400,
      '0x80041102',
      `The entity with a name = '${name}' was not found in the MetadataCache.`,
    );
  const relation = SCHEMA.oneToMany.find(
    (each) =>
      each.referencingTable === table.name && each.referencingColumn === to && each.referencedTable === name,
  );
  if (!relation || from !== target.key || (kind !== 'inner' && kind !== 'outer'))
    throw notEmulated(`FetchXML link-entity ${name} ${kind} from ${from} to ${to}`);
  const next = [...path, relation.lookupNav];
  const inner = entityParts(element, target, next, alias);
  parts.columns.push(...inner.columns);
  parts.filters.push(...inner.filters);
  if (kind === 'inner')
    parts.filters.push(compare([...next, target.key], 'ne', { kind: 'null', text: 'null' }));
}

function columnNamed(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (!column) throw noAttribute(table.schemaName, name);
  return column;
}

function both(filters: readonly Filter[]): Filter | null {
  return filters.reduce<Filter | null>(
    (left, right) => (left === null ? right : { kind: 'and', left, right }),
    null,
  );
}

function filterOf(element: XmlElement, table: Table, path: readonly string[]): Filter {
  const kind = element.attributes.type === 'or' ? 'or' : 'and';
  const parts = element.children.map((child) =>
    child.name === 'filter' ? filterOf(child, table, path) : conditionOf(child, table, path),
  );
  const [first, ...rest] = parts;
  if (!first) throw bad('a filter needs conditions.');
  return rest.reduce((left, right) => ({ kind, left, right }), first);
}

const COMPARISONS: Readonly<Record<string, 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'>> = {
  ...{ eq: 'eq', ne: 'ne', neq: 'ne', gt: 'gt', ge: 'ge', lt: 'lt', le: 'le' },
};
const FUNCTIONS: Readonly<Record<string, string>> = {
  ...{ in: 'In', 'not-in': 'NotIn', between: 'Between', 'not-between': 'NotBetween', like: 'Like' },
  ...{ 'not-like': 'NotLike', on: 'On', 'on-or-after': 'OnOrAfter', 'on-or-before': 'OnOrBefore' },
  ...{ 'eq-userid': 'EqualUserId', 'ne-userid': 'NotEqualUserId', today: 'Today', yesterday: 'Yesterday' },
  ...{
    'last-x-days': 'LastXDays',
    'last-x-hours': 'LastXHours',
    under: 'Under',
    'eq-or-under': 'UnderOrEqual',
  },
  ...{ 'contain-values': 'ContainValues', 'not-contain-values': 'DoesNotContainValues' },
};
const TEXTS = { 'begins-with': 'startswith', 'ends-with': 'endswith' } as const;

function conditionOf(element: XmlElement, table: Table, path: readonly string[]): Filter {
  const { attribute = '', operator = '', value } = element.attributes;
  if (element.name !== 'condition' || element.attributes.entityname !== undefined)
    throw notEmulated(`FetchXML ${element.name} ${element.attributes.entityname ?? ''}`.trim());
  const column = columnNamed(table, attribute);
  const property = [...path, propertyOf(column)];
  const texts = value === undefined ? element.children.map(({ text }) => text) : [value];
  const literals = texts.map((text) => literalOf(column, text));
  if (operator === 'null' || operator === 'not-null')
    return compare(property, operator === 'null' ? 'eq' : 'ne', { kind: 'null', text: 'null' });
  const comparison = COMPARISONS[operator];
  if (comparison !== undefined)
    return compare(property, comparison, literals[0] ?? { kind: 'null', text: 'null' });
  if (operator === 'begins-with' || operator === 'ends-with') {
    const right = { kind: 'literal', value: literals[0] ?? { kind: 'string', text: '' } } as const;
    return { kind: 'text', name: TEXTS[operator], left: { kind: 'path', path: property }, right };
  }
  const name = FUNCTIONS[operator];
  if (name === undefined) throw notEmulated(`FetchXML operator ${operator}`);
  return { kind: 'function', name, property, values: texts.map((text) => ({ kind: 'string', text })) };
}

function compare(
  path: readonly string[],
  op: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le',
  value: Literal,
): Filter {
  return { kind: 'compare', op, left: { kind: 'path', path }, right: { kind: 'literal', value } };
}

function literalOf(column: Column, text: string): Literal {
  const family = familyOf(column);
  if (family === 'number' || family === 'decimal') return { kind: 'number', text };
  if (family === 'boolean')
    return { kind: 'boolean', text: text === '1' || text === 'true' ? 'true' : 'false' };
  return { kind: 'string', text: family === 'guid' ? text.replace(/[{}]/g, '') : text };
}

function groupsOf(entity: XmlElement): XmlElement[] {
  return entity.children.filter(
    ({ name, attributes }) => name === 'attribute' && attributes.groupby === 'true',
  );
}

const METHODS: Readonly<Record<string, Aggregate['method']>> = {
  ...{ count: 'count', countcolumn: 'count', sum: 'sum', avg: 'average', min: 'min', max: 'max' },
};

function applyOf(entity: XmlElement, table: Table): Apply {
  const by = groupsOf(entity).map(({ attributes }) => {
    if (attributes.dategrouping !== undefined) throw notEmulated('FetchXML dategrouping');
    return [propertyOf(columnNamed(table, attributes.name ?? ''))];
  });
  const aggregates = entity.children
    .filter(({ attributes }) => attributes.aggregate !== undefined)
    .map(({ attributes }) => {
      const method = METHODS[attributes.aggregate ?? ''];
      if (method === undefined || attributes.distinct === 'true')
        throw notEmulated(`FetchXML aggregate ${attributes.aggregate}`);
      const column = columnNamed(table, attributes.name ?? '');
      return {
        path: method === 'count' ? null : [propertyOf(column)],
        method,
        as: attributes.alias ?? '',
      };
    });
  return { filter: null, by, aggregates };
}
