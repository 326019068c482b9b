import { describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import type { StoredDraft } from '../../model/store.ts';
import type { Link, TargetValue } from '../../model/target.ts';
import { draft, link } from '../phase-fixture.ts';
import { mergeLinks, mergeValues } from './merged-values.ts';

function contact(id: string, values: Record<string, TargetValue>, links: readonly Link[] = []): StoredDraft {
  return { ...draft('person', sourceKey('contacts', id), values, links), seq: Number(id) };
}

const point = (value: string, primary = false) => ({ value, label: 'work', primary });

describe('values of merged records (DQ-01)', () => {
  const cases: readonly [string, TargetValue | undefined, TargetValue, TargetValue | undefined, number][] = [
    ['fills an empty field', undefined, 'CEO', 'CEO', 0],
    ['needs nothing for an equal one', 'CEO', 'CEO', undefined, 0],
    ['keeps the first of two and lists the other', 'CEO', 'CTO', undefined, 1],
    [
      'joins e-mails, the first stays primary',
      [point('a@x.example', true)],
      [point('b@x.example', true), point('a@x.example')],
      [point('a@x.example', true), point('b@x.example')],
      0,
    ],
    [
      'joins e-mails that differ in case only once',
      [point('Ada@X.example', true)],
      [point('ada@x.EXAMPLE', true)],
      undefined,
      0,
    ],
    ['joins labels without repeats', ['VIP'], ['VIP', 'Fair'], ['VIP', 'Fair'], 0],
    ['needs nothing for labels it has', ['VIP', 'Fair'], ['Fair'], undefined, 0],
    ['lists an address that differs', { value: 'Ankara' }, { value: 'Bursa' }, undefined, 1],
  ];
  it.each(cases)('%s', (_what, held, added, extra, listed) => {
    const merged = mergeValues(contact('1', held === undefined ? {} : { field: held }), [
      contact('2', { field: added }),
    ]);
    expect(merged.extra).toEqual(extra === undefined ? {} : { field: extra });
    expect(merged.listed).toHaveLength(listed);
  });

  it('the first of several fills, what the next ones have besides is listed with both records', () => {
    const others = [contact('2', { job: 'CEO' }), contact('3', { job: 'CTO' })];
    const merged = mergeValues(contact('1', {}), others);
    expect(merged.extra).toEqual({ job: 'CEO' });
    expect(merged.listed).toMatchObject([{ key: 'contacts:3', field: 'job', code: 'merged' }]);
    expect(merged.listed[0]?.reason).toContain('contacts:1');
  });
});

describe('links of merged records', () => {
  const to = (id: string, name = `Company ${id}`) => link('org_id', 'organization', { id, name });

  it('a company that only the merged record names is taken over: no link is lost silently', () => {
    const merged = mergeLinks(contact('1', {}), [contact('2', {}, [to('7')])]);
    expect(merged.links).toMatchObject([{ field: 'org_id', text: '7 / Company 7' }]);
    expect(merged.listed).toEqual([]);
  });

  it('a link that is there but empty counts as none', () => {
    const empty = { ...to(''), text: '', tries: [] };
    expect(mergeLinks(contact('1', {}, [empty]), [contact('2', {}, [to('7')])]).links).toMatchObject([
      { text: '7 / Company 7' },
    ]);
    expect(mergeLinks(contact('1', {}, [to('7')]), [contact('2', {}, [empty])])).toMatchObject({
      links: [{ text: '7 / Company 7' }],
      listed: [],
    });
  });

  it('a link that leads elsewhere stays behind and is listed', () => {
    const merged = mergeLinks(contact('1', {}, [to('7')]), [contact('2', {}, [to('8')])]);
    expect(merged.links).toMatchObject([{ text: '7 / Company 7' }]);
    expect(merged.listed).toMatchObject([{ key: 'contacts:2', field: 'org_id', code: 'merged' }]);
  });

  it('the same company in other words is not listed', () => {
    const merged = mergeLinks(contact('1', {}, [to('7', 'Acme')]), [
      contact('2', {}, [to('7', 'ACME A.S.')]),
    ]);
    expect(merged.listed).toEqual([]);
  });
});
