import { describe, expect, it } from 'vitest';
import {
  all,
  errorOf,
  issuesOf,
  pagesOf,
  put,
  recordsOf,
  signal,
  source,
  withFolder,
} from './export-files-fixture.ts';

withFolder();

describe('reading records', () => {
  it('fields bear their exact headers, in an object that inherits nothing; the place is for people', async () => {
    put('firms.csv', 'Firm ID,Firm Name,Web,__proto__,Mood\n7,Acme Ltd.,www.acme.example,evil,good\n');
    const [record] = await recordsOf(source(), 'firms');
    expect(record?.fields['constructor']).toBeUndefined();
    expect('toString' in (record?.fields ?? {})).toBe(false);
    expect({ ...record?.fields }).toEqual({
      'Firm ID': '7',
      'Firm Name': 'Acme Ltd.',
      Web: 'www.acme.example',
      ['__proto__']: 'evil',
      Mood: 'good',
    });
    expect(record).toMatchObject({ entity: 'firms', key: 'firms:7', position: 'firms.csv:2' });
  });

  it('look-up keys come from the declared fields, normalised', async () => {
    put('firms.csv', 'Firm ID,Firm,Web\n7,ACME A.Ş.,https://www.acme.example/x\n');
    put('people.csv', 'First,Last,Mail\nAda,Lovelace,"Ada <ADA@acme.example>; info@acme.example"\n');
    expect((await recordsOf(source(), 'firms'))[0]?.lookup).toEqual([
      { kind: 'name', value: 'acme as' },
      { kind: 'name', value: 'acme' },
      { kind: 'domain', value: 'acme.example' },
    ]);
    const [person] = await recordsOf(source(), 'people');
    expect(person?.lookup).toContainEqual({ kind: 'email', value: 'ada@acme.example' });
    expect(person?.lookup).toContainEqual({ kind: 'name', value: 'ada lovelace' });
    expect(person?.lookup.filter(({ kind }) => kind === 'email')).toHaveLength(1);
  });

  it('the record above finds one by the standard name of the field and its id as others write it', async () => {
    const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    put('firms.csv', 'Firm ID,Firm\n7,Acme\n');
    put(
      'people.csv',
      `First,Last,Mail,Firm ID\nAda,L,a@x.example, 7 \nBob,M,b@x.example,{${guid.toUpperCase()}}\nCem,N,,\n`,
    );
    const parents = (await recordsOf(source(), 'people')).map(({ lookup }) =>
      lookup.filter(({ kind }) => kind === 'parent').map(({ value }) => value),
    );
    expect(parents).toEqual([['Firm ID=7'], [`Firm ID=${guid}`], []]);
  });

  it('without an id a record is named by its natural key, a second one of that name by its number', async () => {
    put('firms.csv', 'Firm,Status\nAcme,good\nBolt,good\nAcme,bad\n');
    const records = await recordsOf(source(), 'firms');
    expect(records.map(({ key }) => key)).toEqual(['firms:Acme', 'firms:Bolt', 'firms:Acme#2']);
  });

  it('without id and natural key a record is named by its content, equal ones by their number', async () => {
    put('people.csv', 'First,Last,Mail\nAda,L,a@x.example\nBob,M,b@x.example\nAda,L,a@x.example\n');
    const keys = (await recordsOf(source(), 'people')).map(({ key }) => key);
    expect(keys[0]).toMatch(/^people:row-[0-9a-f]{20}$/);
    expect(keys[2]).toBe(`${keys[0]}#2`);
    expect(new Set(keys).size).toBe(3);
    expect((await recordsOf(source(), 'people')).map(({ key }) => key)).toEqual(keys);
  });

  it('duplicate ids are read and left to the stage step', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n1,Acme again\n');
    expect((await recordsOf(source(), 'firms')).map(({ key }) => key)).toEqual(['firms:1', 'firms:1']);
    expect(await issuesOf(source(), 'duplicate-ids')).toMatchObject([
      { severity: 'high', message: expect.stringContaining('1 row of firms') },
    ]);
  });

  it('two tables of one entity are both read, and a field has one name in both', async () => {
    put('firms-1.csv', 'Firm ID,Firm\n1,Acme\n');
    put('firms-2.csv', 'Firm ID,Firm Name,Mood\n2,Bolt,good\n');
    const records = await recordsOf(source(), 'firms');
    expect(records.map(({ fields }) => fields.Firm)).toEqual(['Acme', 'Bolt']);
    expect(records.map(({ position }) => position)).toEqual(['firms-1.csv:2', 'firms-2.csv:2']);
    const [entity] = (await source().describe(signal)).entities;
    expect(entity).toMatchObject({
      count: { value: 2, exact: true },
      origin: ['firms-1.csv', 'firms-2.csv'],
    });
    expect(entity?.fields.map(({ name }) => name)).toEqual(['Firm ID', 'Firm', 'Mood']);
    expect(await issuesOf(source(), 'column-renamed')).toHaveLength(1);
  });

  it.each([
    ['UTF-16LE with tabs', Buffer.from('\uFEFFFirm ID\tFirm\r\n1\tŞişli Gıda\r\n', 'utf16le')],
    ['UTF-8 with a mark and semicolons', Buffer.from('\uFEFFFirm ID;Firm\r\n1;Şişli Gıda\r\n')],
    ['Windows-1254', Buffer.from('Firm ID;Firm\r\n1;\xDEi\xFEli G\xFDda\r\n', 'latin1')],
    ['sep= before the header', Buffer.from('sep=|\nFirm ID|Firm\n1|Şişli Gıda\n')],
    ['quotes and mixed line ends', Buffer.from('Firm ID,Firm\r\n"1","Şişli Gıda"\n')],
  ])('%s', async (_name, content) => {
    put('firms.csv', content);
    const tables = _name === 'Windows-1254' ? [{ file: 'firms.csv', encoding: 'windows-1254' }] : [];
    expect((await recordsOf(source(tables), 'firms')).map(({ fields }) => fields.Firm)).toEqual([
      'Şişli Gıda',
    ]);
  });
});

describe('pages and places', () => {
  const rows = Array.from({ length: 1_234 }, (_, at) =>
    at % 100 === 99 ? `${at},"broken` : `${at},Firm ${at}`,
  );

  async function fromEveryPlace(entity: string): Promise<void> {
    const whole = await pagesOf(source(), entity);
    expect(whole.length).toBeGreaterThan(2);
    for (const [at, page] of whole.entries()) {
      if (page.next === null) continue;
      expect(await pagesOf(source(), entity, page.next)).toEqual(whole.slice(at + 1));
    }
  }

  it('started again at any page, the same pages follow, rejects and all', async () => {
    put(
      'firms-a.csv',
      `Firm ID,Firm\n${Array.from({ length: 1_200 }, (_, at) => (at % 90 === 5 ? `${at},x,too,many` : `${at},Firm ${at}`)).join('\n')}\n`,
    );
    put('firms-b.csv', 'Firm ID,Firm\n9001,Last\n9002,too,many\n');
    await fromEveryPlace('firms');
    const rejects = (await pagesOf(source(), 'firms')).flatMap((page) => page.rejects);
    expect(rejects).toHaveLength(15);
    expect(rejects.at(-1)).toMatchObject({ code: 'unreadable-row', key: null, position: 'firms-b.csv:3' });
  });

  it('the same holds where records are named by what came before', async () => {
    put(
      'people.csv',
      `First,Last,Mail\n${Array.from({ length: 1_100 }, (_, at) => `P,${at % 7},a@x.example`).join('\n')}\n`,
    );
    await fromEveryPlace('people');
  });

  it('a page holds at most 500 records, and a full last page is the last', async () => {
    put(
      'firms.csv',
      `Firm ID,Firm\n${Array.from({ length: 1_000 }, (_, at) => `${at},Firm ${at}`).join('\n')}\n`,
    );
    const pages = await pagesOf(source(), 'firms');
    expect(pages.map(({ records }) => records.length)).toEqual([500, 500]);
    expect(pages.map(({ next }) => next)).toEqual(['0:501', null]);
  });

  it('records and rejects together are the count of the catalog', async () => {
    put('firms.csv', `Firm ID,Firm\n${rows.join('\n')}\n`);
    const pages = await pagesOf(source(), 'firms');
    const read = pages.reduce((sum, page) => sum + page.records.length + page.rejects.length, 0);
    const [entity] = (await source().describe(signal)).entities;
    expect(entity?.count).toEqual({ value: read, exact: true });
  });

  it.each(['5:1', 'x', '0', '0:0', '-1:1'])('a place that is none is refused: %s', async (cursor) => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    const error = await errorOf(() => pagesOf(source(), 'firms', cursor));
    expect(error.message).toContain('does not exist any more');
  });

  it('reading stops when it is told to', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(all(source().read('firms', null, stop.signal))).rejects.toThrow('enough');
  });

  it('an entity that the export does not have gives nothing', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    expect(await pagesOf(source(), 'people')).toEqual([]);
  });
});
