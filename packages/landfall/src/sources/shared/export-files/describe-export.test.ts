import { describe, expect, it } from 'vitest';
import { all, issuesOf, put, signal, source, withFolder } from './export-files-fixture.ts';

withFolder();

describe('what discovery tells (DISC-14)', () => {
  it('headers that no standard field has are custom fields (S-04, S-31(a))', async () => {
    put('firms.csv', 'Firm ID,Firm,Mood\n1,Acme,good\n2,Bolt,\n');
    const [entity] = (await source().describe(signal)).entities;
    expect(entity?.fields).toMatchObject([
      { name: 'Firm ID', standard: 'Firm ID', type: 'id', filled: 2, distinct: 2 },
      { name: 'Firm', standard: 'Firm', type: 'name' },
      { name: 'Mood', standard: null, filled: 1, samples: ['good'], values: [{ value: 'good', count: 1 }] },
    ]);
  });

  it('formats of dates and numbers come from the values', async () => {
    put(
      'firms.csv',
      'Firm,Amount,Since,Due\nA,"1.234,50 ₺",31.12.2024,03/04/2024\nB,"99,00 ₺",01.02.2023,05/06/2024\n',
    );
    const [entity] = (await source().describe(signal)).entities;
    expect(entity?.fields.slice(1)).toMatchObject([
      { name: 'Amount', type: 'money', format: ',', formats: [','] },
      { name: 'Since', type: 'date', format: 'dd.MM.yyyy' },
      { name: 'Due', type: 'date', format: null, formats: ['dd/MM/yyyy', 'MM/dd/yyyy'] },
    ]);
    expect(await issuesOf(source(), 'dates-ambiguous')).toMatchObject([
      { at: 'firms.Due', severity: 'high' },
    ]);
    expect(await issuesOf(source(), 'date-span')).toMatchObject([
      { message: 'firms.Since reaches from 2023-02-01 to 2024-12-31.' },
    ]);
  });

  it('tells how each file was read, for a person to overrule (S-02)', async () => {
    put('firms.csv', Buffer.from('\uFEFFFirm ID;Firm;Mood\r\n1;Ay\u015fe;good\r\n2;Bolt;\r\n', 'utf16le'));
    put('other.csv', 'a line before\nfoo,bar\n1,2\n');
    expect((await source().describe(signal)).files).toEqual([
      {
        file: 'firms.csv',
        entity: 'firms',
        encoding: 'utf-16le',
        delimiter: ';',
        headerLine: 1,
        evidence: expect.stringMatching(/byte order mark; .*3 cells/),
      },
      expect.objectContaining({ file: 'other.csv', entity: null, encoding: 'utf-8', delimiter: ',' }),
    ]);
  });

  it('the same export gives the same catalog', async () => {
    put('firms.csv', 'Firm ID,Firm,Mood\n1,Acme,good\n2,Bolt,\n');
    expect(await source().describe(signal)).toEqual(await source().describe(signal));
  });

  it('ids that exist nowhere are counted, of later rows and of the same table too', async () => {
    put('firms.csv', 'Firm ID,Firm,Parent ID\n1,A,2\n2,B,99\n3,C,3\n');
    put(
      'people.csv',
      'First,Last,Mail,Firm ID\nAda,L,a@x.example,1\nBob,M,b@x.example,77\nCem,N,c@x.example,77\n',
    );
    expect(await issuesOf(source(), 'dangling-ids')).toMatchObject([
      { at: 'firms.csv Parent ID', message: expect.stringContaining('1 row ') },
      { at: 'people.csv Firm ID', message: expect.stringMatching(/2 rows .* 1 firms id .* 77\./) },
    ]);
  });

  it.each([
    ['truncated-last-line', 'Firm ID,Firm,Web\n1,Acme,x\n2,Bo', 'high'],
    ['too-many-cells', 'Firm ID,Firm\n1,Acme\n2,B,C,D\n', 'high'],
    ['repeated-header', 'Firm ID,Firm\n1,Acme\nFirm ID,Firm\n2,Bolt\n', 'low'],
    [
      'row-count-capped',
      `Firm ID,Firm\n${Array.from({ length: 1_000 }, (_, at) => `${at},F${at}`).join('\n')}\n`,
      'high',
    ],
    ['header-duplicate', 'Firm ID,Firm,Mood,Mood\n1,Acme,a,b\n', 'medium'],
    ['no-rows', 'Firm ID,Firm\n', 'medium'],
    ['ids-missing', 'Firm,Web\nAcme,\n', 'medium'],
    ['values-do-not-fit', 'Firm,Amount\nAcme,blue\nBolt,green\n', 'medium'],
    ['numbers-ambiguous', 'Firm,Amount\nAcme,1.234\nBolt,2.345\n', 'high'],
    ['spreadsheet-damage', 'Firm,Web,Fax\nAcme,,9.05321E+11\nBolt,,call\nCem,,call again\n', 'high'],
  ])('completeness: %s', async (code, content, severity) => {
    put('firms.csv', content);
    expect(await issuesOf(source(), code)).toMatchObject([{ severity, hint: expect.stringMatching(/./) }]);
  });

  it('a missing entity is told, a group of alternatives as one', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    expect(await issuesOf(source(), 'table-missing')).toMatchObject([{ at: 'people, staff' }]);
  });

  it('unknown tables are listed with the nearest entity, and other files by name', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    put('prices.csv', 'SKU,Price\nx,1\n');
    put('near.csv', 'Web,Mood\nx,1\n');
    put('logo.png', 'x');
    expect(await issuesOf(source(), 'table-unknown')).toMatchObject([
      { at: 'near.csv', message: expect.stringContaining('nearest is firms, but it lacks Firm') },
      { at: 'prices.csv', message: expect.stringContaining('SKU, Price') },
    ]);
    expect(await issuesOf(source(), 'files-ignored')).toMatchObject([{ at: 'logo.png' }]);
  });

  it('a table that lists the columns of others is not taken for one of them', async () => {
    put('firms.csv', 'Firm ID,Firm\n1,Acme\n');
    put(
      'dictionary.csv',
      'Firm ID,Firm,Web,Status,Since\nFirm ID,Firm,Web,Status,Amount\nnumber,text,text,text,money\n',
    );
    expect(await issuesOf(source(), 'table-unknown')).toMatchObject([
      { at: 'dictionary.csv', message: expect.stringContaining('line 2 is a header again (firms)') },
    ]);
  });

  it('rules that show in the values are told with their evidence, others as not seen (S-06)', async () => {
    const values = Array.from({ length: 30 }, (_, at) =>
      at % 2 === 0 ? `a.example,open` : `b.example,${at % 4 === 1 ? 'open' : 'won'}`,
    );
    put('firms.csv', `Firm,Web,Status\n${values.map((value, at) => `F${at},${value}`).join('\n')}\n`);
    const [found] = await all(source().automations(signal));
    expect(found).toMatchObject({
      detected: true,
      evidence: 'Web "a.example" has Status "open" in 15 of 15',
    });
  });
});
