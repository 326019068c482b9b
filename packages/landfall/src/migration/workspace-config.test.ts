import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MigrationError } from '../model/error.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import { initWorkspace } from './init.ts';
import { placedInConfig, readConfig, reveal } from './workspace-config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'landfall-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = [
  'version: 1',
  'name: acme',
  'source: { system: smart-crm-online, export: ./export }',
  'destination:',
  '  system: pipedrive',
  '  url: https://acme.pipedrive.com',
  '  auth: { token: { env: TOKEN } }',
  'policies:',
  '  country: TR',
];

function read(lines: readonly string[]) {
  writeFileSync(join(folder, 'landfall.yaml'), `${lines.join('\n')}\n`);
  return readConfig(folder);
}

/** The faults that are told when a line is replaced (1-based) or added at the end. */
function faultsWith(line: number, text: string): readonly string[] {
  const lines = [...good];
  lines[line - 1] = text;
  try {
    read(lines);
    return [];
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    expect(error.code).toBe('configuration-wrong');
    return error.message.split('\n');
  }
}

describe('landfall.yaml (cli.md)', () => {
  it('a short one is enough: what it does not say holds by default', () => {
    const config = read(good.slice(0, 7));
    expect(config.policies).toEqual(defaultPolicies);
    expect(config.destination).toMatchObject({ plan: 'growth', seats: 1, pace: 'plan' });
  });

  it('O-21(b): where it is silent, the defaults of the pair hold; what it says wins', () => {
    const opex = good.with(2, 'source: { system: opex365, url: https://acme.crm4.dynamics.com }');
    expect(read(opex.slice(0, 7)).policies.contactsWithoutCompany).toBe('placeholder');
    expect(read(opex).policies).toMatchObject({ contactsWithoutCompany: 'placeholder', country: 'TR' });
    expect(read([...opex, '  contactsWithoutCompany: leave']).policies.contactsWithoutCompany).toBe('leave');
    expect(read(good).policies.contactsWithoutCompany).toBe('review');
  });

  it('what init writes is right as it stands', () => {
    const place = join(folder, 'Müşteri Göçü 2026');
    initWorkspace(place, 'smart-crm-online');
    expect(readConfig(place)).toMatchObject({
      name: 'm-teri-g-2026',
      source: { system: 'smart-crm-online' },
    });
  });

  it.each([
    [1, 'version: 2', /^landfall.yaml:1: version: /],
    [2, 'name: Acme Inc', /^landfall.yaml:2: name: is lower-case letters, digits and hyphens/],
    [3, 'source: { export: ./export }', /^landfall.yaml:3: source.system: /],
    [5, '  system: salesforce', /^landfall.yaml:5: destination.system: /],
    [6, '  url: acme', /^landfall.yaml:6: destination.url: /],
    [7, '  auth: { key: x }', /^landfall.yaml:7: destination.auth: needs \{ token \}, or \{ clientId/],
    [7, '  auth: { token: { environment: X } }', /^landfall.yaml:7: destination.auth: .*\{ env: NAME \}/],
    [9, '  country: Turkey', /^landfall.yaml:9: policies.country: is two capital letters/],
    [9, '  currency: lira', /^landfall.yaml:9: policies.currency: is three capital letters/],
    [9, '  timezone: Istanbul', /^landfall.yaml:9: policies.timezone: is no IANA time zone/],
    [9, '  offPeak: "20-06"', /^landfall.yaml:9: policies.offPeak: is HH:MM-HH:MM/],
    [9, '  offPeak: "25:00-06:00"', /^landfall.yaml:9: policies.offPeak: /],
    [9, '  budgetShare: 0', /^landfall.yaml:9: policies.budgetShare: /],
    [9, '  budgetShare: 1.1', /^landfall.yaml:9: policies.budgetShare: /],
    [9, '  unmatchedOwners: guess', /^landfall.yaml:9: policies.unmatchedOwners: /],
    [9, '  fallbackOwner: Ayse', /^landfall.yaml:9: policies.fallbackOwner: /],
    [9, '  supportDays: 1.5', /^landfall.yaml:9: policies.supportDays: /],
    [9, '  budgetshare: 1', /^landfall.yaml:9: policies.budgetshare: there is no such setting$/],
    [10, 'databse: postgres://x', /^landfall.yaml:10: databse: there is no such setting$/],
    [10, 'database: mysql://x', /^landfall.yaml:10: database: starts with postgres/],
    [9, '  country: [', /^landfall.yaml:\d+: /],
    [9, '  country: TR\n  country: DE', /^landfall.yaml:10: .*unique/],
  ])('line %i `%s` is told with its line', (line, text, fault) => {
    const faults = faultsWith(line, text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it('all faults are told at once, each at its own line', () => {
    const faults = faultsWith(9, '  country: Turkey\n  curency: TRY\n  seats: 3');
    expect(faults.map((fault) => fault.split(': ').slice(0, 2).join(' '))).toEqual([
      'landfall.yaml:9 policies.country',
      'landfall.yaml:10 policies.curency',
      'landfall.yaml:11 policies.seats',
    ]);
  });

  it('a setting that is missing is told at what should hold it', () => {
    expect(faultsWith(6, '  seats: 2')[0]).toMatch(/^landfall.yaml:4: destination.url: /);
  });

  it('a folder without one is no workspace', () => {
    expect(() => readConfig(folder)).toThrow(expect.objectContaining({ code: 'workspace-missing' }));
  });
});

describe('secrets', () => {
  it('stand in the environment, or (for tests) in the file', () => {
    expect(reveal({ env: 'TOKEN' }, { TOKEN: 'abc' }, 'destination.auth.token')).toBe('abc');
    expect(reveal('abc', {}, 'destination.auth.token')).toBe('abc');
  });

  it.each([{}, { TOKEN: '' }])('a variable that is not set is named', (environment) => {
    expect(() => reveal({ env: 'TOKEN' }, environment, 'destination.auth.token')).toThrow(
      'destination.auth.token: the environment variable TOKEN is not set.',
    );
  });
});

describe('settings that only prove wrong when they are used (cli.md: file, line and the fix)', () => {
  it.each([
    ['source.tables[1].entity: there is no entity "planets"', 7],
    ['source.tables[1] (b.csv): there is no entity "planets"', 7],
    ['source.tables names b.csv, but the export holds a.csv', 5],
    ['source.url: is missing', 3],
    ['source.tables.0.encoding: is no encoding', 6],
    ['policies.fallbackOwner: nobody@x.example is no active user.', 14],
    ['destination.auth.token: the environment variable TOKEN is not set.', 11],
  ])('%s', (message, line) => {
    read([
      'version: 1',
      'name: acme',
      'source:',
      '  system: smart-crm-online',
      '  tables:',
      '    - file: a.csv',
      '    - { file: b.csv, entity: planets }',
      'destination:',
      '  system: pipedrive',
      '  url: https://acme.pipedrive.com',
      '  auth: { token: { env: TOKEN } }',
      'policies:',
      '  country: TR',
      '  fallbackOwner: nobody@x.example',
    ]);
    for (const code of ['configuration-wrong', 'secret-missing'] as const) {
      const placed = placedInConfig(folder, new MigrationError(code, message, { hint: 'Mend it.' }));
      expect(placed).toMatchObject({ code, hint: 'Mend it.', message: `landfall.yaml:${line}: ${message}` });
    }
  });

  it.each([
    ['another trouble', new MigrationError('unauthorized', 'source.url: no')],
    ['a fault that names no setting', new MigrationError('configuration-wrong', 'The source is closed.')],
    ['a bug', new TypeError('source.url: no')],
  ])('%s comes back as it is', (_what, error) => {
    expect(placedInConfig(folder, error)).toBe(error);
  });
});
