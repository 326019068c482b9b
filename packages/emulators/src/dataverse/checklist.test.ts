import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKLIST } from './checklist-fixture.ts';
import { bench } from './test-fixture.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const shared = process.env['LANDFALL_SHARED'] ?? join(import.meta.dirname, '../../../../../shared');
const factsPath = join(shared, 'dataverse/facts.md');
const rows = CHECKLIST.flatMap(({ line, shownBy }) =>
  shownBy.map(([file, title]) => ({ line, file, title })),
);

describe('the checklist of the facts (section 7)', () => {
  it.each(rows)('$line: $file has "$title"', ({ file, title }) => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    const isThere = [`'${title}'`, `'${title.replaceAll("'", String.raw`\'`)}'`].some((quoted) =>
      text.includes(quoted),
    );
    expect(isThere, `${file} has no test of that name any more`).toBe(true);
  });

  it.each(CHECKLIST)('the README tells where "$line" is', ({ line, shownBy }) => {
    const row = readme.split('\n').find((each) => each.startsWith(`| ${line} |`)) ?? '';
    for (const [file] of shownBy) expect(row).toContain(`\`${file}\``);
  });

  it.skipIf(!existsSync(factsPath))('has as many lines as the facts', () => {
    const section = readFileSync(factsPath, 'utf8').split('## 7. ')[1]?.split('\n## ')[0] ?? '';
    expect(CHECKLIST.filter(({ of }) => of === 'facts')).toHaveLength(
      section.match(/^- \[ \]/gm)?.length ?? 0,
    );
  });
});

describe('versions and preferences', () => {
  it('v9.0, v9.1 and v9.2 answer alike, another one is not there', async () => {
    const { get } = bench();
    const at = (version: string) => `http://opex.example/api/data/${version}/accounts?$select=name&$top=2`;
    const answers = await Promise.all(['v9.0', 'v9.1', 'v9.2'].map((version) => get(at(version))));
    const names = answers.map(({ json }) => json.value.map((row: { name: string }) => row.name));
    expect(names).toEqual([names[2], names[2], names[2]]);
    expect(answers.map(({ headers }) => headers.get('odata-version'))).toEqual(['4.0', '4.0', '4.0']);
    expect((await get(at('v9.3'))).status).toBe(404);
  });

  it('preferences may come in one header or in several', async () => {
    const { emulator } = bench();
    const ask = async (prefer: readonly string[]) => {
      const headers = new Headers({ authorization: `Bearer ${emulator.token}` });
      for (const each of prefer) headers.append('prefer', each);
      const url = 'http://opex.example/api/data/v9.2/contacts?$select=fullname,statecode';
      const answer = await emulator.app.fetch(new Request(url, { headers }));
      return [answer.headers.get('preference-applied'), await answer.text()];
    };
    const both = ['odata.maxpagesize=3', 'odata.include-annotations="*"'];
    expect(await ask(both)).toEqual(await ask([both.join(',')]));
  });

  it('the version of a row is its etag, and rises with every change', async () => {
    const asked = bench();
    const read = async () => (await asked.get('leads?$select=subject,versionnumber&$top=1')).json.value[0];
    const first = await read();
    expect(first['@odata.etag']).toBe(`W/"${first.versionnumber}"`);
    asked.emulator.control.seed({ update: { lead: [{ leadid: first.leadid, subject: 'Other' }] } });
    expect((await read()).versionnumber).toBeGreaterThan(first.versionnumber);
  });
});
