import type { EntityMapping, Gather, MappingRow, NewField } from '../model/mapping.ts';
import type { SourceCatalog } from '../model/source.ts';
import { sourceEntity as entity, sourceField as field, mapping as wholeMapping } from './sample-catalogs.ts';

/** For tests: deals, and lines below them. */
export const catalog: SourceCatalog = {
  system: 'test',
  issues: [],
  entities: [
    entity('deal', [
      field('Title'),
      field('Currency'),
      field('other.thing'),
      field('Deal ID', { type: 'id' }),
    ]),
    entity('line', [
      field('Deal', { type: 'reference' }),
      field('Ürün', { standard: 'Product' }),
      field('Price'),
      field('count', { standard: 'Quantity' }),
      field('Day'),
      field('Unread'),
    ]),
  ],
};

/** For tests: the lines of a deal. */
export const items: Gather = { from: 'line', by: 'Deal', as: 'items' };
const fields: readonly NewField[] = [
  { entity: 'deal', name: 'X', type: 'text' },
  { entity: 'deal', name: 'N', type: 'double' },
  { entity: 'deal', name: 'D', type: 'date' },
  { entity: 'deal', name: 'M', type: 'monetary' },
  { entity: 'deal', name: 'S', type: 'set' },
];

/** For tests: deals become deals, with these further rows over their lines. */
export function deals(rows: readonly MappingRow[], gather: readonly Gather[] = [items]): EntityMapping {
  return { from: 'deal', to: 'deal', gather, rows: [{ to: 'deal.title', from: 'Title' }, ...rows] };
}

/** For tests: a mapping of these, with the custom fields that its rows fill. */
export function mapping(entities: readonly EntityMapping[]) {
  const used = fields.filter(({ name }) =>
    entities.some(({ rows }) => rows.some(({ to }) => to === `deal.custom.${name}`)),
  );
  return wholeMapping(entities, { fields: used });
}
