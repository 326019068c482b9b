import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import { sourceSurroundings } from '../migration/source-surroundings.ts';
import { createSource, sourceSystems } from '../sources/registry.ts';
import { demoSources } from './demo-sources.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'landfall-demo-source-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const signal = new AbortController().signal;

it('every source that can be read has a demo', () => {
  expect(sourceSystems.filter((system) => !Object.hasOwn(demoSources, system))).toEqual([]);
});

describe('the company of a demo can be read with the settings that are written', () => {
  it.each(sourceSystems)('%s', { timeout: 60_000 }, async (system) => {
    const started = await demoSources[system]?.start({ workspace, records: 60, seed: 1 });
    if (started === undefined) throw new Error(`no demo of ${system}`);
    const { source, environment, stop } = started;
    try {
      // secrets are named in the settings, never written there
      for (const secret of Object.values(environment)) expect(JSON.stringify(source)).not.toContain(secret);
      const connector = createSource(source, systemPorts(), sourceSurroundings(workspace, environment));
      const { account, lines } = await connector.check(signal).finally(() => connector.close?.());
      expect(account).not.toBe('');
      expect(lines.length).toBeGreaterThan(0);
    } finally {
      stop();
    }
  });
});
