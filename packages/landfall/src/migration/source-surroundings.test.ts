import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceSurroundings } from './source-surroundings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-surroundings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = 'source.auth.clientSecret';

describe('a secret of a source (cli.md: a workspace)', () => {
  it.each([
    ['a text is itself', 'hush', {}, 'hush'],
    ['a variable of the environment', { env: 'CRM' }, { CRM: 'hush' }, 'hush'],
  ])('%s', (_what, setting, environment, expected) => {
    expect(sourceSurroundings(folder, environment).secret(setting, at)).toBe(expected);
  });

  it.each([
    ['a variable that is not set', { env: 'CRM' }, 'secret-missing', `${at}: the environment variable CRM`],
    ['a variable that is empty', { env: 'EMPTY' }, 'secret-missing', 'EMPTY is not set'],
    ['no text', 7, 'configuration-wrong', `${at} must be a text or { env: NAME }`],
    ['nothing', undefined, 'configuration-wrong', at],
    ['a variable and more', { env: 'A', value: 'hush' }, 'configuration-wrong', at],
  ])('%s is refused without a value in the words', (_what, setting, code, words) => {
    const { secret } = sourceSurroundings(folder, { EMPTY: '' });
    const message = expect.stringContaining(words);
    expect(() => secret(setting, at)).toThrow(expect.objectContaining({ code, message }));
    expect(() => secret(setting, at)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hush') }),
    );
  });
});

describe('what a source keeps between runs', () => {
  it('is there for the next process, and only the owner of the workspace can read it', () => {
    sourceSurroundings(folder, {}).keep.write('learned limits', '{"perDay":5000}');
    expect(sourceSurroundings(folder, {}).keep.read('learned limits')).toBe('{"perDay":5000}');
    const [file = ''] = readdirSync(join(folder, '.landfall'));
    expect(statSync(join(folder, '.landfall', file)).mode & 0o077).toBe(0);
  });

  it('is nothing before something is kept, and making surroundings makes no folder', () => {
    expect(sourceSurroundings(folder, {}).keep.read('x')).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['../escape', '..', 'a/b', 'state.sqlite'])('a name like %s leads to nothing else', (name) => {
    const { keep } = sourceSurroundings(folder, {});
    keep.write(name, 'x');
    expect(keep.read(name)).toBe('x');
    expect(readdirSync(folder)).toEqual(['.landfall']);
    expect(readdirSync(join(folder, '.landfall'))).toEqual([expect.stringMatching(/^source-[^./]+$/)]);
  });

  it('its sign-in is sealed, apart from the secrets of the destination', () => {
    const { vault } = sourceSurroundings(folder, {});
    expect(vault.read('refreshToken')).toBeNull();
    vault.write('refreshToken', 'hush');
    expect(sourceSurroundings(folder, {}).vault.read('refreshToken')).toBe('hush');
    const stored = readFileSync(join(folder, '.landfall', 'secrets.json'), 'utf8');
    expect(stored).not.toContain('hush');
    expect(Object.keys(JSON.parse(stored))).toEqual(['source: refreshToken']);
  });
});
