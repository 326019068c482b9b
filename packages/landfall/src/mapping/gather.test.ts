import { describe, expect, it } from 'vitest';
import type { EntityMapping, MappingRow } from '../model/mapping.ts';
import { compileMapping, evaluate } from './evaluate.ts';
import { target } from './sample-catalogs.ts';
import { catalog, deals, items, mapping } from './sample-gathers.ts';
import { context, record } from './sample-records.ts';

describe('rows over gathered records', () => {
  const brought = {
    Title: 'Big',
    Currency: 'EUR',
    'items.Product': ['Pens', '', 'Ink'],
    'items.Price': ['10.10', '', '0.2'],
    'items.Quantity': ['1', '2', ''],
    'items.Day': ['2026-02-01', '', '2026-01-05'],
    'items.count': '3',
  };

  function value(row: Omit<MappingRow, 'to'>, values: Record<string, string | string[]> = brought) {
    const compiled = compileMapping(mapping([deals([{ to: 'deal.custom.X', ...row }])]), catalog, context);
    const evaluation = evaluate(compiled, record(values, 'deal'));
    if (evaluation.kind !== 'drafts') throw new Error(evaluation.reject.reason);
    const made = evaluation.drafts[0]?.fields['custom.X'];
    return made === undefined ? evaluation.listed.map(({ reason }) => reason) : made.value;
  }

  it.each<[string, Omit<MappingRow, 'to'>, unknown]>([
    ['a list joined', { from: 'items.Product', via: [{ join: { with: '|' } }] }, 'Pens|Ink'],
    ['the exact name', { from: 'items.Ürün', via: ['join'] }, []],
    [
      'lines of several fields (O-26(b))',
      { from: ['items.Product', 'items.Price'], via: ['rows'] },
      'Pens, 10.10\nInk, 0.2',
    ],
    [
      'the record’s own field in every line',
      { from: ['items.Price', 'Currency'], via: ['rows'] },
      '10.10, EUR\nEUR\n0.2, EUR',
    ],
    ['an exact sum', { from: 'items.Price', via: ['sum'] }, '10.3'],
    [
      'a sum with the currency beside it',
      { from: ['items.Price', 'Currency'], via: ['sum', 'money'] },
      { amount: '10.3', currency: 'EUR' },
    ],
    [
      'the greatest with what stands beside',
      { from: ['items.Price', 'items.Product'], via: ['max', { join: { with: ' ' } }] },
      '10.10 Pens',
    ],
    ['how many are filled', { from: 'items.Price', via: ['count'] }, '2'],
    ['how many there are', { from: 'items.count' }, '3'],
    ['items changed one by one', { from: 'items.Product', via: ['upper', 'last'] }, 'INK'],
    ['the earliest date', { from: 'items.Day', via: [{ date: {} }, { min: { of: 'texts' } }] }, '2026-01-05'],
  ])('%s', (_what, row, expected) => {
    expect(value(row)).toEqual(expected);
  });

  it('nothing below: nothing, but the numbers are 0', () => {
    const bare = {
      Title: 'Big',
      Currency: 'EUR',
      'items.Price': [],
      'items.Product': [],
      'items.count': '0',
    };
    expect(value({ from: ['items.Price', 'Currency'], via: ['sum', 'money'] }, bare)).toEqual([]);
    expect(value({ from: ['items.Product', 'items.Price'], via: ['rows'] }, bare)).toEqual([]);
    expect(value({ from: 'items.Price', via: ['count'] }, bare)).toBe('0');
    expect(value({ from: 'items.count' }, bare)).toBe('0');
  });

  it('a number that cannot be read is no smaller sum: the field is left out and listed', () => {
    const odd = { ...brought, 'items.Price': ['10', 'ten', '1'] };
    expect(value({ from: 'items.Price', via: ['sum'] }, odd)).toEqual(['deal.custom.X: "ten" is no number']);
  });

  it('a link goes by the first of them that says anything, all its fields of one record', () => {
    const company: EntityMapping = {
      from: 'line',
      to: 'organization',
      rows: [{ to: 'organization.name', from: 'Product' }],
    };
    const by = { 'items.Price': ['id'], 'items.Product': ['name'] };
    const rows: MappingRow[] = [{ to: 'deal.org_id', via: [{ reference: { source: 'line', by } }] }];
    const compiled = compileMapping(mapping([company, deals(rows)]), catalog, context);
    const linksOf = (values: Record<string, string | string[]>) => {
      const evaluation = evaluate(compiled, record({ Title: 'Big', ...values }, 'deal'));
      return evaluation.kind === 'drafts' ? evaluation.drafts[0]?.links.map(({ text }) => text) : null;
    };
    expect(linksOf({ 'items.Price': ['', '', '7'], 'items.Product': ['', 'Ink', 'Pens'] })).toEqual(['Ink']);
    expect(linksOf({ 'items.Price': ['7', '8'], 'items.Product': ['', 'Ink'] })).toEqual(['7']);
    expect(linksOf({ 'items.Price': [], 'items.Product': [] })).toEqual([]);
  });

  it('conditions hold with any of the records', () => {
    const row = { value: 'yes', onlyIf: { source: 'items.Product', in: ['ink'] } };
    expect(value(row)).toBe('yes');
    expect(value({ ...row, onlyIf: { source: 'items.Product', in: ['glue'] } })).toEqual([]);
  });

  it('a note of nothing but lines has them as its content, escaped; a body stays below them (D-27(d))', () => {
    const note: EntityMapping = {
      from: 'deal',
      to: 'note',
      part: 'lines',
      gather: [items],
      rows: [
        { to: 'note.block.Lines', from: ['items.Product', 'items.Price'], via: ['rows'] },
        { to: 'note.block.Products', from: 'items.Product' },
        { to: 'note.content', from: 'Body', via: ['html'] },
      ],
    };
    const compiled = compileMapping(mapping([deals([]), note]), catalog, context, target);
    const contentOf = (values: Record<string, string | string[]>) => {
      const evaluation = evaluate(compiled, record(values, 'deal'));
      return evaluation.kind === 'drafts' ? evaluation.drafts[1]?.fields.content?.value : evaluation.reject;
    };
    const lines = { ...brought, 'items.Product': ['<b>Pens</b>', '', 'A&B'] };
    const block =
      '<p><b>From the source</b><br><b>Lines:</b> &lt;b&gt;Pens&lt;/b&gt;, 10.10 ⏎ A&amp;B, 0.2' +
      '<br><b>Products:</b> &lt;b&gt;Pens&lt;/b&gt;, A&amp;B</p>';
    expect(contentOf(lines)).toBe(block);
    expect(contentOf({ ...lines, Body: 'Hello' })).toBe(`${block}<p>Hello</p>`);
    expect(contentOf({ Title: 'Big', 'items.Product': [], 'items.Price': [] })).toBeUndefined();
  });

  it('a body that is too long only with its block is found before anything is sent', () => {
    const short = {
      ...target,
      entities: { ...target.entities, note: target.entities.note.map((one) => ({ ...one, maxLength: 100 })) },
    };
    const note: EntityMapping = {
      from: 'deal',
      to: 'note',
      rows: [
        { to: 'note.content', from: 'Body', via: ['html'] },
        { to: 'note.block.Title', from: 'Title' },
      ],
    };
    const compiled = compileMapping(mapping([note]), catalog, context, short);
    const made = (body: string) => evaluate(compiled, record({ Title: 'Big', Body: body }, 'deal'));
    expect(made('short')).toMatchObject({ kind: 'drafts' });
    expect(made('x'.repeat(80))).toMatchObject({
      kind: 'rejected',
      reject: { code: 'too-long', field: 'Body' },
    });
  });
});
