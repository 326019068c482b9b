import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testClient } from './test-client.ts';

let folder: string;
let stateFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  stateFile = join(folder, 'state.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a state file', () => {
  test('brings back everything: records, configuration, tokens spent, clock', async () => {
    const first = testClient({ world: 'lived-in', stateFile });
    const field = await first.made('/v2/dealFields', {
      field_name: 'K',
      field_type: 'enum',
      options: [{ label: 'A' }],
    });
    await first.made('/v2/deals', { title: 'D', custom_fields: { [field.field_code]: field.options[0].id } });
    await first.call('DELETE', '/v2/deals/3');
    first.emulator.control.advance(60_000);
    await first.made('/v1/notes', { content: 'N', deal_id: 1 });
    const snapshot = JSON.stringify(first.emulator.control.snapshot());
    const budget = first.emulator.control.extra('budget');
    await first.emulator.close();

    const second = testClient({ stateFile });
    expect(JSON.stringify(second.emulator.control.snapshot())).toBe(snapshot);
    expect(second.emulator.control.extra('budget')).toEqual(budget);
    expect(second.emulator.token).toBe(first.emulator.token);
    const deal = await second.made('/v2/deals', { title: 'next' });
    expect(deal).toMatchObject({ id: 72, add_time: '2026-03-01T12:01:00Z' });
    const option = await second.call('POST', `/v2/dealFields/${field.field_code}/options`, [{ label: 'B' }]);
    expect(option.body.data[0].id).toBe(field.options[0].id + 1);
    await second.emulator.close();
  });

  test('is made small at the start', async () => {
    const first = testClient({ stateFile });
    await first.made('/v2/organizations', { name: 'A' });
    for (let change = 0; change < 200; change += 1)
      await first.call('PATCH', '/v2/organizations/1', { name: `A${change}` });
    await first.emulator.close();
    const before = statSync(stateFile).size;
    const second = testClient({ stateFile });
    expect(statSync(stateFile).size).toBeLessThan(before / 2);
    expect((await second.call('GET', '/v2/organizations/1')).body.data.name).toBe('A199');
    await second.emulator.close();
  });

  test('forgets a last line that was never finished', async () => {
    const first = testClient({ stateFile });
    await first.made('/v2/organizations', { name: 'A' });
    await first.emulator.close();
    appendFileSync(stateFile, '["organizations",{"id":2,"na');
    const second = testClient({ stateFile });
    expect((await second.call('GET', '/v2/organizations')).body.data).toHaveLength(1);
    await second.emulator.close();
  });

  test('that is broken in the middle is named with its line', () => {
    appendFileSync(stateFile, '["#",{}]\nnot json\n["#",{}]\n');
    expect(() => testClient({ stateFile })).toThrow(/line 2 .*state\.jsonl/);
  });

  test('starts afresh with a reset', async () => {
    const first = testClient({ stateFile });
    await first.made('/v2/organizations', { name: 'A' });
    first.emulator.control.reset();
    await first.made('/v2/organizations', { name: 'B' });
    await first.emulator.close();
    expect(readFileSync(stateFile, 'utf8')).not.toContain('"A"');
    const second = testClient({ stateFile });
    expect((await second.call('GET', '/v2/organizations')).body.data).toMatchObject([{ id: 1, name: 'B' }]);
    await second.emulator.close();
  });
});

describe('an emulator that is killed in the middle of its work', () => {
  test('has kept every write that it answered', async () => {
    const first = await started();
    const answered: string[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let number = 0; ; number += 1) {
        const name = `W${writer}-${number}`;
        const response = await post(first, name).catch(() => null);
        if (!response?.ok || (await response.text().catch(() => null)) === null) return;
        answered.push(name);
        if (answered.length === 150) first.kill();
      }
    });
    await Promise.all(writers);
    expect(answered.length).toBeGreaterThanOrEqual(150);

    const second = await started();
    const response = await fetch(`${second.control}/snapshot`);
    const { organizations } = (await response.json()) as { organizations: { name: string }[] };
    second.kill();
    const kept = organizations.map(({ name }) => name);
    expect(kept).toEqual(expect.arrayContaining(answered));
    expect(kept.length - answered.length).toBeLessThanOrEqual(8);
    expect(new Set(kept).size).toBe(kept.length);
  });

  interface Started {
    readonly url: string;
    readonly control: string;
    readonly token: string;
    kill(): void;
  }

  function post({ url, token }: Started, name: string): Promise<Response> {
    return fetch(`${url}/api/v2/organizations`, {
      method: 'POST',
      headers: { 'x-api-token': token, 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
  }

  function started(): Promise<Started> {
    const source = `
      import { servePipedrive } from ${JSON.stringify(join(import.meta.dirname, 'emulator.ts'))};
      const { url, control, token } = await servePipedrive({ limits: 'off', stateFile: ${JSON.stringify(stateFile)} });
      process.stdout.write(JSON.stringify({ url, control, token }) + '\\n');`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.stdout.once('data', (line: Buffer) =>
        resolve({ ...JSON.parse(line.toString()), kill: () => child.kill('SIGKILL') }),
      );
    });
  }
});
