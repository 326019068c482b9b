import { beforeEach, describe, expect, test } from 'vitest';
import { servePipedrive } from '../emulator.ts';
import { type TestClient, testClient } from '../test-client.ts';
import type { ImportReport } from './import-run.ts';

let client: TestClient;
beforeEach(() => {
  client = testClient({ world: 'lived-in' });
});
const run = (csv: string, more: object = {}) =>
  client.emulator.control.extra('import', { csv, ...more }) as ImportReport;

describe('an import is refused as a whole', () => {
  test.each([
    ['of more than 50,000 rows', { csv: `Person - Name\n${'x\n'.repeat(50_001)}` }, '50001 rows'],
    ['of more than 50 MB', { csv: `Person - Name\n${'x'.repeat(50 * 1_024 * 1_024)}` }, 'bytes'],
    ['with deals and leads', { csv: 'Deal - Title,Lead - Title\na,b' }, 'deals or leads, not both'],
    ['with no column that is understood', { csv: 'Company,City\na,b' }, 'no column was understood'],
    ['with two columns for one field', { csv: 'Deal - Title,deal - title\na,b' }, 'the same field'],
    [
      'with a choice that there is not',
      { csv: 'Company\na', mapping: { Company: 'Organization - Colour' } },
      'there is no Organization - Colour',
    ],
    [
      'that is not UTF-8',
      { file: { name: 'a.csv', base64: Buffer.from([0xdd, 0x41]).toString('base64') } },
      'UTF-8',
    ],
    ['without a file', {}, 'needs a file'],
    ['by somebody who is no administrator', { csv: 'Person - Name\na', userId: 2 }, 'administrators'],
    ['with an unknown wish', { csv: 'Person - Name\na', speed: 9 }, 'speed'],
  ])('%s', (_, body, words) => {
    expect(() => client.emulator.control.extra('import', body)).toThrow(words);
    expect(client.emulator.control.extra('imports')).toEqual([]);
  });
});

describe('an import is undone', () => {
  const csv = 'Organization - Name,Person - Name,Deal - Title,Note - Content\nAcme,Ada,One,x\nBeta,Bob,Two,y';
  const undo = () => client.emulator.control.extra('import-undo', { id: 1 });

  test('so that the account is as before, and the history tells of it', () => {
    const before = JSON.stringify(client.emulator.control.snapshot());
    run(csv, { name: 'people.csv' });
    expect(JSON.stringify(client.emulator.control.snapshot())).not.toBe(before);
    expect(undo()).toEqual({ id: 1, removed: 8 });
    expect(JSON.stringify(client.emulator.control.snapshot())).toBe(before);
    expect(client.emulator.control.extra('imports')).toMatchObject([
      { id: 1, name: 'people.csv', rows: 2, created: { deal: 2 }, undoneAt: '2026-03-01T12:00:00.000Z' },
    ]);
  });

  test('once, and only what is there', async () => {
    run(csv);
    await client.call('DELETE', '/v2/deals/71');
    expect(undo()).toEqual({ id: 1, removed: 7 });
    expect(undo).toThrow('undone already');
    expect(() => client.emulator.control.extra('import-undo', { id: 9 })).toThrow('no import 9');
  });

  test.each([
    ['within 48 hours', 48, 48 * 3_600_000, true],
    ['not later', 48, 48 * 3_600_000 + 1, false],
    ['always (switch)', null, 1_000 * 3_600_000, true],
  ])('%s', (_, importUndoHours, waitMs, can) => {
    client.emulator.control.extra('switches', { importUndoHours });
    run(csv);
    client.emulator.control.advance(waitMs);
    if (can) expect(undo()).toMatchObject({ removed: 8 });
    else expect(undo).toThrow('more than 48 hours');
  });
});

test('a file is uploaded over HTTP as multipart, with what the wizard is told', async () => {
  const served = await servePipedrive({ world: 'lived-in' });
  const upload = async (options: string) => {
    const form = new FormData();
    form.set('file', new File(['Company\nŞişli A.Ş.\n'], 'companies.csv', { type: 'text/csv' }));
    form.set('options', options);
    const response = await fetch(`${served.control}/import`, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as ImportReport & { error?: string } };
  };
  const done = await upload(JSON.stringify({ mapping: { Company: 'Organization - Name' } }));
  expect(done.body).toMatchObject({ name: 'companies.csv', created: { organization: 1 } });
  expect(done.status).toBe(200);
  const refused = await upload('no json');
  expect(refused.status).toBe(400);
  expect(refused.body.error).toContain('options');
  await served.close();
});
