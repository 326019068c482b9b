import { describe, expect, it } from 'vitest';
import type { EntityMapping, Gather, MappingRow } from '../model/mapping.ts';
import { checkMapping, unmappedEntities, unrouted } from './check.ts';
import { editMapping, mappingHash, mappingJsonSchema, readMapping, renderMapping } from './document.ts';
import { target } from './sample-catalogs.ts';
import { catalog, deals, items, mapping } from './sample-gathers.ts';

function faults(...entities: readonly EntityMapping[]) {
  return checkMapping(mapping(entities), catalog, target).map(({ path, message, fix }) => [
    path,
    `${message} ${fix}`,
  ]);
}

describe('the check of gathers', () => {
  const use: MappingRow = { to: 'deal.custom.X', from: 'items.Product', via: ['join'] };

  it('finds nothing wrong with good ones', () => {
    const rows: MappingRow[] = [
      use,
      { to: 'deal.custom.N', from: 'items.count' },
      { to: 'deal.custom.D', from: 'items.Day', via: [{ date: {} }, { max: { of: 'texts' } }] },
      { to: 'deal.custom.M', from: ['items.Price', 'Currency'], via: ['sum', 'money'] },
      { to: 'deal.custom.S', from: 'items.Product', via: ['distinct'] },
    ];
    const repeated: EntityMapping = {
      from: 'deal',
      to: 'note',
      part: 'lines',
      gather: [items],
      rows: [{ to: 'note.block.Lines', from: ['items.Product', 'items.Quantity'], via: ['rows'] }],
    };
    expect(faults(deals(rows), repeated)).toEqual([]);
  });

  it.each<[string, EntityMapping, string, string]>([
    [
      'an unknown entity',
      deals([use], [{ ...items, from: 'lin' }]),
      'entities[0].gather[0].from',
      'Did you mean "line"?',
    ],
    [
      'an unknown field to go by',
      deals([use], [{ ...items, by: 'Deals' }]),
      'entities[0].gather[0].by',
      'Did you mean "Deal"?',
    ],
    [
      'a condition on an unknown field',
      deals([use], [{ ...items, when: { source: 'Prize', filled: true } }]),
      'entities[0].gather[0].when',
      'Did you mean "Price"?',
    ],
    [
      'an unknown field of the records below',
      deals([{ ...use, from: 'items.Prodct' }]),
      'entities[0].rows[1].from',
      '"line" has no field "Prodct" Did you mean "Product"?',
    ],
    [
      'an unknown gather',
      deals([use, { to: 'deal.custom.N', from: 'itms.Price', via: ['sum'] }]),
      'entities[0].rows[2].from',
      'Did you mean "items.Price"?',
    ],
    [
      'an unknown field in a condition',
      deals([
        use,
        { to: 'deal.value', value: 'x', via: ['money'], onlyIf: { source: 'items.Nope', filled: true } },
      ]),
      'entities[0].rows[2].onlyIf',
      '"line" has no field "Nope"',
    ],
    [
      'a name used twice',
      deals([use], [items, { ...items, by: 'Ürün' }]),
      'entities[0].gather[1].as',
      'already',
    ],
    [
      'a name that hides a field',
      deals(
        [use, { to: 'deal.custom.N', from: 'other.Price', via: ['sum'] }],
        [items, { ...items, as: 'other' }],
      ),
      'entities[0].gather[1].as',
      'hides the field "other.thing"',
    ],
    ['a gather nobody reads', deals([]), 'entities[0].gather[0]', 'no row reads "items.<Field>"'],
    [
      'a list where one text belongs',
      deals([{ to: 'deal.custom.X', from: 'items.Product' }]),
      'entities[0].rows[1].to',
      'a list of texts',
    ],
    [
      'several fields side by side',
      deals([{ to: 'deal.custom.X', from: ['items.Product', 'items.Price'], via: ['join'] }]),
      'entities[0].rows[1].via[0]',
      'use `rows`',
    ],
    [
      'several fields in a block',
      {
        from: 'deal',
        to: 'activity',
        gather: [items],
        rows: [{ to: 'activity.block.X', from: ['items.Product', 'items.Price'] }],
      },
      'entities[0].rows[0].to',
      'several fields of gathered records',
    ],
    [
      'a sum with its currency where a number belongs',
      deals([{ to: 'deal.custom.N', from: ['items.Price', 'Currency'], via: ['sum'] }]),
      'entities[0].rows[1].via',
      'several fields side by side',
    ],
    [
      'a list of amounts as one amount',
      deals([{ to: 'deal.custom.M', from: 'items.Price', via: ['money'] }]),
      'entities[0].rows[1].via[0]',
      'use `sum`, `first`',
    ],
    [
      'a text where a number belongs',
      deals([{ to: 'deal.custom.N', from: 'items.Price', via: ['first'] }]),
      'entities[0].rows[1].via',
      'Add the transform `number`',
    ],
  ])('%s', (_what, one, path, words) => {
    const found = faults(one);
    expect(found.map(([at]) => at)).toContain(path);
    expect(found.find(([at]) => at === path)?.[1]).toContain(words);
  });

  it('a link may be looked for by gathered fields', () => {
    const company: EntityMapping = {
      from: 'line',
      to: 'organization',
      rows: [{ to: 'organization.name', from: 'Product' }],
    };
    const link = { reference: { source: 'line', by: { 'items.Product': ['name'], 'items.Price': ['id'] } } };
    expect(faults(company, deals([{ to: 'deal.org_id', via: [link] }]))).toEqual([]);
  });

  it('one name for other records in two mappings of an entity is found; the same gather may be repeated', () => {
    const second = { ...deals([use], [{ ...items, limit: 5 }]), part: 'more' };
    expect(faults(deals([use]), second).map(([path]) => path)).toEqual(['entities[1].gather[0].as']);
    expect(faults(deals([use]), { ...deals([use]), part: 'more' })).toEqual([]);
  });

  it('gathered records are no unmapped ones; their fields that nothing reads are asked about (MAP-08)', () => {
    const whole = mapping([
      deals(
        [use, { to: 'deal.custom.N', from: 'items.Price', via: ['sum'] }],
        [{ ...items, when: { source: 'Day', filled: true } }],
      ),
    ]);
    expect(unmappedEntities(whole, catalog)).toEqual([]);
    const open = unrouted(whole, catalog).filter(({ entity: name }) => name === 'line');
    expect(open.map(({ field: { name } }) => name)).toEqual(['count', 'Unread']);
    expect(unmappedEntities(mapping([deals([], [])]), catalog).map(({ name }) => name)).toEqual(['line']);
  });
});

describe('gathers in mapping.yaml', () => {
  const whole = mapping([
    deals(
      [{ to: 'deal.custom.X', from: 'items.Product', via: ['join'] }],
      [{ ...items, limit: 20, when: { source: 'Price', filled: true } }],
    ),
  ]);

  it('come back as they were rendered, each on one line, and stay when rows are edited', () => {
    const text = renderMapping(whole);
    const line = '- { from: line, by: Deal, as: items, when: { source: Price, filled: true }, limit: 20 }';
    expect(text).toContain(line);
    const commented = text.replace(line, `${line} # the lines`);
    const reading = readMapping(commented);
    expect(reading).toMatchObject({ ok: true, mapping: whole });
    const edited = editMapping(commented, {
      kind: 'setRow',
      entity: 0,
      row: { to: 'deal.title', value: 'x' },
    });
    expect(edited).toContain('# the lines');
    expect(readMapping(edited)).toMatchObject({
      ok: true,
      mapping: { entities: [{ gather: whole.entities[0]?.gather }] },
    });
  });

  it.each([
    ['as: it.ems', 6, 'without points'],
    ['limit: 0', 6, ''],
    ['form: line', 6, '"form" is not a key'],
  ])('%s is refused with its line', (wrong, line, message) => {
    const text =
      `version: 1\nsource: test\nentities:\n  - from: deal\n    to: deal\n    gather: [{ from: line, by: Deal, as: items, ${wrong} }]\n    rows: []\n`.replace(
        'as: items, as:',
        'as:',
      );
    const reading = readMapping(text);
    const [fault] = reading.ok ? [] : reading.faults;
    expect(fault?.line).toBe(line);
    expect(fault?.message).toContain(message);
  });

  it('are part of the hash; mappings without them keep theirs', () => {
    const hash = mappingHash(whole);
    const changed = (gather: readonly Gather[]) =>
      mappingHash({ ...whole, entities: whole.entities.map((one) => ({ ...one, gather })) });
    const [gather = items] = whole.entities[0]?.gather ?? [];
    expect(changed([{ ...gather, limit: 21 }])).not.toBe(hash);
    expect(changed([{ ...gather, by: 'Ürün' }])).not.toBe(hash);
    expect(changed([{ from: 'line', by: 'Deal', as: 'items' }])).not.toBe(hash);
    const { when, ...open } = gather;
    expect(changed([{ ...open, ...(when === undefined ? {} : { when: [when].flat() }) }])).toBe(hash);
    expect(changed([{ ...items, limit: 1000 }])).toBe(changed([items]));
    const { gather: _none, ...plain } = deals([]);
    expect(changed([])).toBe(
      mappingHash({ ...whole, entities: [{ ...plain, rows: whole.entities[0]?.rows ?? [] }] }),
    );
  });

  it('are in the JSON Schema of editors', () => {
    expect(JSON.stringify(mappingJsonSchema())).toContain('"gather"');
  });
});
