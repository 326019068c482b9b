import { describe, expect, it } from 'vitest';
import { kindOf } from './company-or-person.ts';

const rule = {
  name: 'Kind',
  title: 'Client',
  person: ['First', 'Last'],
  company: { name: 'Company', record: 'Company Record', role: 'Company Role' },
};

describe('a client is a company or a person, told by its own fields (P-21, sources.md 4.1)', () => {
  it.each([
    [{ Client: 'Nimbus US Limited', First: 'Ada', Last: 'Lee' }, 'company'],
    [{ Client: 'Ada Lee', First: 'Ada', Last: 'Lee', Company: 'Nimbus' }, 'person'],
    [{ Client: 'Riverbend School District', Company: 'Riverbend School District' }, 'company'],
    [{ Client: 'Nimbus Inc.' }, 'company'],
    [{ Client: 'Felix Stone' }, 'person'],
    [{ First: 'Ada', Last: 'Lee' }, 'person'],
    [{ First: 'Ada', Last: 'Lee', Company: 'Nimbus' }, 'company'],
    [{}, ''],
  ])('%j: %s', (record: Readonly<Record<string, string>>, kind) => {
    expect(kindOf(rule, (name) => record[name] ?? '')).toBe(kind);
  });
});
