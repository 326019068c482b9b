import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import { createSource, sourceSystems } from '../sources/registry.ts';
import { initWorkspace } from './init.ts';
import { sourceSurroundings } from './source-surroundings.ts';
import { readConfig } from './workspace-config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('init DIR --from SYSTEM', () => {
  it('makes a workspace whose state is never put into git', () => {
    const place = join(folder, 'acme');
    const files = initWorkspace(place, 'smart-crm-online');
    expect(files.map((file) => file.slice(place.length + 1)).sort()).toEqual([
      '.gitignore',
      'export',
      'landfall.yaml',
    ]);
    expect(readFileSync(join(place, '.gitignore'), 'utf8')).toContain('.landfall/');
  });

  it('keeps a .gitignore that is there, and never overwrites a workspace', () => {
    writeFileSync(join(folder, '.gitignore'), 'mine\n');
    initWorkspace(folder, 'smart-crm-online');
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('mine\n');
    expect(() => initWorkspace(folder, 'smart-crm-online')).toThrow(
      expect.objectContaining({ code: 'workspace-exists' }),
    );
  });

  it.each([
    ['Acme', 'acme'],
    ['ACME Satış 2026!', 'acme-sat-2026'],
    ['---', 'migration'],
    ['x'.repeat(90), 'x'.repeat(63)],
  ])('a folder called %s makes a migration called %s', (directory, name) => {
    initWorkspace(join(folder, directory), 'smart-crm-online');
    expect(readConfig(join(folder, directory)).name).toBe(name);
  });

  it.each(sourceSystems.map((system) => [system]))(
    'a workspace for %s is one its source takes',
    async (system) => {
      const place = join(folder, 'acme');
      initWorkspace(place, system);
      const { source } = readConfig(place);
      const named = [...JSON.stringify(source).matchAll(/"env":"([A-Z0-9_]+)"/g)].map(
        ([, name = '']) => name,
      );
      const set = Object.fromEntries(named.map((name) => [name, 'hush']));
      expect(createSource(source, systemPorts(), sourceSurroundings(place, set)).system).toBe(system);
      // a secret is never written into a file that is made for git
      const text = readFileSync(join(place, 'landfall.yaml'), 'utf8');
      expect(text).not.toMatch(/(?:secret|token|key):\s*["']?[A-Za-z0-9]/i);
      for (const name of named) {
        const without = sourceSurroundings(place, { ...set, [name]: '' });
        const asked = async () =>
          createSource(source, systemPorts(), without).check(AbortSignal.timeout(5_000));
        const message = expect.stringContaining(name);
        await expect(asked()).rejects.toMatchObject({ code: 'secret-missing', message });
      }
    },
  );

  it('a source there is not leaves nothing behind', () => {
    expect(() => initWorkspace(join(folder, 'x'), 'salesforce')).toThrow(
      /no source “salesforce”; there are /,
    );
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});
