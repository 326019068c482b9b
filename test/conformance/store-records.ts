import { describe, expect, it } from 'vitest';
import { type SourceKey, sourceKey } from '../../packages/landfall/src/model/key.ts';
import type { Reject } from '../../packages/landfall/src/model/source.ts';
import type { Bench } from './store-bench.ts';
import { contact, idsBetween, named, personDraft, personRef, stageIndexed } from './store-samples.ts';

const oddTexts: readonly (readonly [string, string])[] = [
  ['a NUL', 'a\0b'],
  ['NULs only', '\0\0'],
  ['the mark of the encoding itself', '\u001a0000 \u001a'],
  ['a lone high surrogate', 'x\ud800y'],
  ['a lone low surrogate at the end', 'x\udc00'],
  ['two high surrogates and a low one', '\ud83d\ud83d\ude00'],
  ['a surrogate pair', 'Ayşe 😀 İıŞğ'],
  ['quotes, braces, backslashes', `{"a\\":'b'},NULL,\\u0000 ? $1 :name`],
  ['a number beyond 2^53', '9007199254740993'],
  ['nothing', ''],
  ['line ends and other controls', 'a\r\n\t\u0001\u001f\u007f\u2028'],
  ['SQL', `'); drop table staged; --`],
  ['a megabyte', 'ş'.repeat(500_000)],
];

/** Staged records, lookups, tallies, rejects and drafts. */
export function recordTests(bench: Bench): void {
  describe('staging', () => {
    it('keeps records as they came, in order of reading, once (RUN-12)', async () => {
      const { store, write } = bench();
      const first = await write((writer) => writer.stage([contact('2'), contact('1'), contact('2')]));
      const again = await write((writer) =>
        writer.stage([contact('1', { position: 'elsewhere' }), contact('3')]),
      );
      expect([...first.fresh]).toEqual(['contact:2', 'contact:1']);
      expect([...again.fresh]).toEqual(['contact:3']);
      const page = await store.stagedPage('contact', 0, 10);
      expect(page.map(({ seq, position }) => [seq, position])).toEqual([
        [1, 'contacts.csv:2'],
        [2, 'contacts.csv:1'],
        [4, 'contacts.csv:3'],
      ]);
      const { lookup, fields } = page[0] ?? {};
      expect({ ...page[0], lookup, fields }).toEqual({ seq: 1, ...contact('2') });
      expect((await write((writer) => writer.stage([]))).fresh).toEqual(new Set());
    });

    it('gives pages of one entity after a place', async () => {
      const { store, write } = bench();
      await write((writer) => writer.stage(idsBetween(1, 7).map((id) => contact(id))));
      await write((writer) => writer.stage([contact('x', { entity: 'lead', key: sourceKey('lead', 'x') })]));
      await write((writer) => writer.stage([contact('8')]));
      const pages = [0, 3, 6].map((after) => store.stagedPage('contact', after, 3));
      const seqs = (await Promise.all(pages)).map((page) => page.map((record) => record.seq));
      expect(seqs).toEqual([
        [1, 2, 3],
        [4, 5, 6],
        [7, 9],
      ]);
      expect(await store.stagedCount('contact')).toBe(8);
      expect(await store.stagedCount('nothing')).toBe(0);
    });

    it('clears one entity, and begins at 1 again when all are cleared (I11)', async () => {
      const { store, write } = bench();
      await write((writer) => writer.stage([contact('1'), contact('2', { entity: 'lead' })]));
      await write((writer) => writer.clearStaged('contact'));
      expect(await store.stagedCount('contact')).toBe(0);
      expect(await store.findByLookup('contact', 'id', ['1'], 9)).toEqual(new Map());
      expect((await store.stagedPage('lead', 0, 9)).map((record) => record.seq)).toEqual([2]);
      await write((writer) => writer.clearStaged('lead'));
      await write((writer) => writer.stage([contact('1')]));
      expect((await store.stagedPage('contact', 0, 9)).map((record) => record.seq)).toEqual([1]);
    });

    it.each(oddTexts)('gives back %s in values, names, keys and positions', async (_name, text) => {
      const { store, write } = bench();
      const key = sourceKey('contact', text.slice(0, 300));
      const fields = named({ [text]: text, list: [text, { [text]: null }] });
      const record = contact('1', { key, fields, position: text, lookup: [{ kind: 'name', value: text }] });
      await write((writer) => stageIndexed(writer, [record, contact('2')]));
      const found = await store.stagedByKey([key]);
      const { lookup: _lookup, ...rest } = record;
      expect(found.get(key)).toMatchObject({ seq: 1, ...rest });
      expect(await store.findByLookup('contact', 'name', [text], 2)).toEqual(new Map([[text, [key]]]));
    });

    it('takes any name of a field, `__proto__` too, and answers objects without a prototype', async () => {
      const { store, write } = bench();
      const fields = JSON.parse('{"__proto__":"a","constructor":"b","10":"c","inner":{"__proto__":{"x":1}}}');
      await write((writer) => writer.stage([contact('1', { fields })]));
      const [record] = await store.stagedPage('contact', 0, 1);
      expect(Object.getPrototypeOf(record?.fields)).toBe(null);
      expect(JSON.stringify(record?.fields)).toBe(JSON.stringify(fields));
      expect(Object.hasOwn(record?.fields ?? {}, '__proto__')).toBe(true);
    });

    it('keeps numbers, booleans and null as JSON has them', async () => {
      const { store, write } = bench();
      const fields = named({ a: 0.1, b: -1e21, c: 9_007_199_254_740_991, d: true, e: null, f: '1e400' });
      await write((writer) => writer.stage([contact('1', { fields })]));
      expect((await store.stagedPage('contact', 0, 1))[0]?.fields).toEqual(fields);
    });

    it('does not take two odd keys for one', async () => {
      const { store, write } = bench();
      const keys = ['\ud800', '\ud801', '\ufffd', '\0', '\u001a0000', '\u001a'].map((id) =>
        sourceKey('contact', id),
      );
      const staged = await write((writer) => writer.stage(keys.map((key) => contact('1', { key }))));
      expect(staged.fresh.size).toBe(keys.length);
      expect([...(await store.stagedByKey(keys)).keys()].sort()).toEqual([...keys].sort());
    });

    it('stops at a key no index can hold', async () => {
      const { store, write } = bench();
      const key = sourceKey('contact', 'k'.repeat(2_000));
      await expect(write((writer) => writer.stage([contact('1', { key })]))).rejects.toThrow(
        /at most 1000 bytes/,
      );
      expect(await store.stagedCount('contact')).toBe(0);
    });
  });

  describe('lookups', () => {
    it('finds keys by value, a limited number of each, in order of reading', async () => {
      const { store, write } = bench();
      const gmail = idsBetween(1, 30).map((id) =>
        contact(id, { lookup: [{ kind: 'domain', value: 'gmail.com' }] }),
      );
      await write((writer) => stageIndexed(writer, [...gmail, contact('99')]));
      const found = await store.findByLookup('contact', 'domain', ['gmail.com', 'none.example'], 2);
      expect(found).toEqual(new Map([['gmail.com', ['contact:1', 'contact:2']]]));
      expect(await store.findByLookup('contact', 'email', ['99@example.com'], 2)).toEqual(
        new Map([['99@example.com', ['contact:99']]]),
      );
      expect(await store.findByLookup('lead', 'email', ['99@example.com'], 2)).toEqual(new Map());
    });

    it('finds a record by its own id before anything is indexed, and with the others of that id', async () => {
      const { store, write } = bench();
      const guid = contact('{A}', { lookup: [{ kind: 'id', value: 'a' }] });
      const other = contact('other', { entity: 'lead', key: sourceKey('lead', 'a') });
      await write((writer) => writer.stage([guid, contact('a', { lookup: [] }), other]));
      expect(await store.findByLookup('contact', 'id', ['a', 'b'], 9)).toEqual(
        new Map([['a', ['contact:a']]]),
      );
      await write((writer) => writer.indexStaged('contact'));
      expect(await store.findByLookup('contact', 'id', ['a'], 9)).toEqual(
        new Map([['a', ['contact:{A}', 'contact:a']]]),
      );
      expect(await store.findByLookup('contact', 'id', ['a'], 1)).toEqual(new Map([['a', ['contact:{A}']]]));
    });

    it('indexes what was staged since, however often it is asked', async () => {
      const { store, write } = bench();
      const found = async () => (await store.findByLookup('contact', 'email', emails, 9)).size;
      const emails = ['1', '2', '3'].map((id) => `${id}@example.com`);
      await write((writer) => stageIndexed(writer, [contact('1')]));
      await write((writer) => stageIndexed(writer, [contact('2'), contact('1')]));
      expect(await found()).toBe(2);
      expect(await write((writer) => writer.indexStaged('contact'))).toBe(false);
      await write((writer) => writer.clearStaged('contact'));
      await write((writer) => stageIndexed(writer, [contact('3')]));
      expect(await found()).toBe(1);
    });

    it('hashes what was staged: keys and fields in their order, not where they stand', async () => {
      const { write } = bench();
      const hashOf = async (...records: ReturnType<typeof contact>[]) =>
        (await write((writer) => writer.stage(records))).contentHash;
      const first = await hashOf(contact('1'), contact('2'));
      expect(await hashOf(contact('1', { position: 'elsewhere', lookup: [] }), contact('2'))).toBe(first);
      expect(await hashOf(contact('2'), contact('1'))).not.toBe(first);
      expect(await hashOf(contact('1', { fields: named({ a: 'b' }) }), contact('2'))).not.toBe(first);
    });

    it('takes a lookup that a record names twice for one', async () => {
      const { store, write } = bench();
      const twice = { kind: 'email', value: 'a@example.com' } as const;
      await write((writer) => stageIndexed(writer, [contact('1', { lookup: [twice, twice] })]));
      expect(await store.sharedLookups('contact', 'email', '', 9)).toEqual([]);
      expect(await store.findByLookup('contact', 'email', ['a@example.com'], 9)).toEqual(
        new Map([['a@example.com', ['contact:1']]]),
      );
    });

    it('lists shared values in order of value, page by page', async () => {
      const { store, write } = bench();
      const records = ['b', 'Z', 'b', 'ä', 'c', 'a', 'a', 'ä', 'Z'].map((value, index) =>
        contact(String(index), { lookup: [{ kind: 'name', value }] }),
      );
      await write((writer) => stageIndexed(writer, records));
      const first = await store.sharedLookups('contact', 'name', '', 3);
      const rest = await store.sharedLookups('contact', 'name', 'b', 3);
      expect([...first, ...rest]).toEqual([
        { value: 'Z', keys: ['contact:1', 'contact:8'] },
        { value: 'a', keys: ['contact:5', 'contact:6'] },
        { value: 'b', keys: ['contact:0', 'contact:2'] },
        { value: 'ä', keys: ['contact:3', 'contact:7'] },
      ]);
    });

    it('finds the records below one by its id, in order of reading, a limited number of each', async () => {
      const { store, write } = bench();
      const below = (id: string, ...values: string[]) =>
        contact(id, { lookup: values.map((value) => ({ kind: 'parent' as const, value })) });
      const records = [
        below('z', 'Deal ID=1'),
        below('a', 'Deal ID=1', 'Lead ID=1'),
        below('b', 'Deal ID=2'),
        below('c', 'Deal ID=1'),
        below('d'),
        contact('other', {
          entity: 'lead',
          key: sourceKey('lead', 'x'),
          lookup: [{ kind: 'parent', value: 'Deal ID=1' }],
        }),
      ];
      await write((writer) => writer.stage(records));
      for (const entity of ['contact', 'lead']) await write((writer) => writer.indexStaged(entity));
      const values = ['Deal ID=1', 'Lead ID=1', 'Deal ID=2', 'Deal ID=3'];
      expect(await store.findByLookup('contact', 'parent', values, 2)).toEqual(
        new Map([
          ['Deal ID=1', ['contact:z', 'contact:a']],
          ['Lead ID=1', ['contact:a']],
          ['Deal ID=2', ['contact:b']],
        ]),
      );
      const [record] = await store.stagedPage('contact', 1, 1);
      expect(record?.lookup).toEqual(records[1]?.lookup);
    });

    it('takes a parent for no property of the record: neither its id nor what duplicates share', async () => {
      const { store, write } = bench();
      const below = (id: string) => contact(id, { lookup: [{ kind: 'parent', value: 'Deal ID=a' }] });
      await write((writer) => stageIndexed(writer, [below('1'), below('2')]));
      expect(await store.findByLookup('contact', 'id', ['a', 'Deal ID=a', '1'], 9)).toEqual(
        new Map([['1', ['contact:1']]]),
      );
      for (const kind of ['id', 'email', 'name', 'domain'] as const) {
        expect(await store.sharedLookups('contact', kind, '', 9)).toEqual([]);
      }
      await write((writer) => writer.clearStaged('contact'));
      expect(await store.findByLookup('contact', 'parent', ['Deal ID=a'], 9)).toEqual(new Map());
    });

    it('tells long values apart by their tails', async () => {
      const { store, write } = bench();
      const long = ['1', '2'].map((tail) => 'ş'.repeat(3_000) + tail);
      const records = long.map((value, index) =>
        contact(String(index), { lookup: [{ kind: 'name', value }] }),
      );
      await write((writer) => stageIndexed(writer, records));
      const found = await store.findByLookup('contact', 'name', long, 5);
      expect(found).toEqual(new Map(long.map((value, index) => [value, [`contact:${index}`]])));
    });

    it('takes lists of 5,000 keys and values', async () => {
      const { store, write } = bench();
      const ids = idsBetween(1, 5_000);
      const keys = ids.map((id) => sourceKey('contact', id));
      await write((writer) =>
        stageIndexed(
          writer,
          ids.map((id) => contact(id)),
        ),
      );
      const absent = [...keys, sourceKey('contact', 'none')];
      expect((await store.stagedByKey(absent)).size).toBe(5_000);
      expect((await store.findByLookup('contact', 'id', [...ids, 'none'], 1)).size).toBe(5_000);
      const again = await write((writer) => writer.stage(ids.map((id) => contact(id))));
      expect(again.fresh).toEqual(new Set<SourceKey>());
    });
  });

  describe('tallies and rejects', () => {
    it('adds counts up, within a call and over calls', async () => {
      const { store, write } = bench();
      const tally = (value: string, count: number, subject = 'Region') => ({
        kind: 'option',
        subject,
        value,
        count,
      });
      await write((writer) => writer.addTallies([tally('West', 2), tally('East', 1), tally('West', 3)]));
      await write((writer) => writer.addTallies([tally('West', 10), tally('ş'.repeat(2_000), 1, 'Long')]));
      await write((writer) => writer.addTallies([{ kind: 'owner', subject: '', value: 'Ann', count: 1 }]));
      expect(await store.tallies('option', 'Region')).toEqual([tally('East', 1), tally('West', 15)]);
      expect((await store.tallies('option')).map(({ subject, value }) => [subject, value.length])).toEqual([
        ['Long', 2_000],
        ['Region', 4],
        ['Region', 4],
      ]);
      await write((writer) => writer.clearTallies('option'));
      expect(await store.tallies('option')).toEqual([]);
      expect(await store.tallies('owner')).toHaveLength(1);
    });

    it('lists rejects by phase or all, page by page, and clears one phase', async () => {
      const { store, write } = bench();
      const reject = (id: string | null): Reject => ({
        entity: 'contact',
        key: id === null ? null : sourceKey('contact', id),
        position: 'contacts.csv:3',
        code: 'value-refused',
        field: id === null ? null : 'Born',
        reason: 'the 31st of February\0 does not exist',
      });
      await write((writer) => writer.addRejects('extract', [reject(null), reject('1')]));
      await write((writer) => writer.addRejects('transform', [reject('2')]));
      await write((writer) => writer.addRejects('extract', [reject('3')]));
      const all = await store.rejects(null, 0, 9);
      expect(all.map(({ seq, phase, key }) => [seq, phase, key])).toEqual([
        [1, 'extract', null],
        [2, 'extract', 'contact:1'],
        [3, 'transform', 'contact:2'],
        [4, 'extract', 'contact:3'],
      ]);
      expect(all[1]).toEqual({ seq: 2, phase: 'extract', ...reject('1') });
      expect((await store.rejects('extract', 1, 2)).map((one) => one.seq)).toEqual([2, 4]);
      await write((writer) => writer.clearRejects('extract'));
      expect((await store.rejects(null, 0, 9)).map((one) => one.seq)).toEqual([3]);
    });
  });

  describe('drafts', () => {
    it('keeps them in order of making; one made again keeps its place', async () => {
      const { store, write } = bench();
      await write((writer) => writer.putDrafts([personDraft('2'), personDraft('1'), personDraft('3')]));
      await write((writer) =>
        writer.putDrafts([personDraft('1', 'Ann'), personDraft('4'), personDraft('4', 'Bo')]),
      );
      const page = await store.draftPage('person', 0, 9);
      expect(page.map(({ key, title }) => [key, title])).toEqual([
        ['contact:2', 'Contact 2'],
        ['contact:1', 'Ann'],
        ['contact:3', 'Contact 3'],
        ['contact:4', 'Bo'],
      ]);
      const { links, fields } = page[0] ?? {};
      expect({ ...page[0], links, fields }).toEqual({ seq: 1, ...personDraft('2') });
      expect((await store.draftPage('person', page[1]?.seq ?? 0, 1)).map(({ seq }) => seq)).toEqual([
        page[2]?.seq,
      ]);
      expect(await store.draftPage('deal', 0, 9)).toEqual([]);
    });

    it('finds them by ref, thousands at once, parts apart, in order of making', async () => {
      const { store, write } = bench();
      const ids = idsBetween(1, 5_000);
      const part = { ...personDraft('1', 'part'), part: 'note' };
      await write((writer) => writer.putDrafts([...ids.map((id) => personDraft(id)), part]));
      const refs = [...ids, 'none', '1'].reverse().map((id) => personRef(id));
      const found = await store.drafts(refs);
      expect(found.map((draft) => draft.seq)).toEqual(idsBetween(1, 5_000).map(Number));
      expect((await store.drafts([personRef('1', 'note')])).map((draft) => draft.title)).toEqual(['part']);
      expect(await store.drafts([])).toEqual([]);
      await write((writer) => writer.clearDrafts());
      expect(await store.drafts(refs)).toEqual([]);
    });
  });
}
