import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from './vault.ts';

const secret = 'refresh-4f6c61';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Sealed = Record<string, { iv: string; tag: string; data: string }>;

function edit(change: (all: Sealed) => Sealed): void {
  const file = join(folder, 'secrets.json');
  const all = change(JSON.parse(readFileSync(file, 'utf8')) as Sealed);
  writeFileSync(file, JSON.stringify(all));
}

function mode(name: string): string {
  return (statSync(join(folder, name)).mode & 0o777).toString(8);
}

/** The text with one bit of its bytes turned over. */
function flipped(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}

describe('secrets at rest (T1, reliability.md 10.4)', () => {
  it('come back as they were, also to another process, and one that was never written is null', () => {
    openVault(folder, {}).write('refreshToken', secret);
    openVault(folder, {}).write('other', 'ğüşıöç');
    expect(openVault(folder, {}).read('refreshToken')).toBe(secret);
    expect(openVault(folder, {}).read('other')).toBe('ğüşıöç');
    expect(openVault(folder, {}).read('nothing')).toBeNull();
  });

  it('lie in files only their owner can read, and not as text', () => {
    openVault(folder, {}).write('refreshToken', secret);
    expect([mode('key'), mode('secrets.json')]).toEqual(['600', '600']);
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain(secret);
  });

  it.each(['key', 'secrets.json'])(
    'are refused while others can read %s, with the command that mends it',
    (name) => {
      openVault(folder, {}).write('refreshToken', secret);
      chmodSync(join(folder, name), 0o644);
      expect(() => openVault(folder, {}).read('refreshToken')).toThrow(/can be read by other users/);
    },
  );

  it('the same secret never looks the same twice', () => {
    const vault = openVault(folder, {});
    const seen = [1, 2].map(() => {
      vault.write('refreshToken', secret);
      return readFileSync(join(folder, 'secrets.json'), 'utf8');
    });
    expect(seen[0]).not.toBe(seen[1]);
  });

  it('LANDFALL_KEY takes the place of the key file, and no key is written then', () => {
    const key = { LANDFALL_KEY: 'ab'.repeat(32) };
    openVault(folder, key).write('refreshToken', secret);
    expect(() => statSync(join(folder, 'key'))).toThrow(/ENOENT/);
    expect(openVault(folder, key).read('refreshToken')).toBe(secret);
  });

  it.each([
    ['with another key', () => {}, { LANDFALL_KEY: 'cd'.repeat(32) }],
    [
      'moved to another name',
      () => edit((all) => ({ refreshToken: all.other ?? (all.refreshToken as never) })),
      {},
    ],
    [
      'with a bit of its text turned over',
      () => edit((all) => mapped(all, (one) => ({ ...one, data: flipped(one.data) }))),
      {},
    ],
    [
      'with a bit of its tag turned over',
      () => edit((all) => mapped(all, (one) => ({ ...one, tag: flipped(one.tag) }))),
      {},
    ],
    [
      'with a bit of its start turned over',
      () => edit((all) => mapped(all, (one) => ({ ...one, iv: flipped(one.iv) }))),
      {},
    ],
    ['cut short', () => edit((all) => mapped(all, (one) => ({ ...one, tag: one.tag.slice(0, 8) }))), {}],
  ])('do not open %s: said so, and nothing of the secret is told', (_what, damage, environment) => {
    const vault = openVault(folder, {});
    vault.write('refreshToken', secret);
    vault.write('other', 'something else');
    damage();
    const open = () => openVault(folder, environment).read('refreshToken');
    expect(open).toThrow(/refreshToken .* cannot be opened with this key/);
    expect(open).not.toThrow(secret);
  });

  it.each(['', 'zz'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)}zz`])(
    'a key that is none is refused: %j',
    (key) => {
      expect(() => openVault(folder, { LANDFALL_KEY: key }).write('a', secret)).toThrow(/64 hex digits/);
    },
  );

  it.each(['{', '[]', '{"refreshToken":{"iv":1}}'])(
    'a damaged file is told, not thrown about: %s',
    (text) => {
      writeFileSync(join(folder, 'secrets.json'), text, { mode: 0o600 });
      expect(() => openVault(folder, {}).read('refreshToken')).toThrow(/is damaged/);
    },
  );
});

function mapped(all: Sealed, change: (one: Sealed[string]) => Sealed[string]): Sealed {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one)]));
}
