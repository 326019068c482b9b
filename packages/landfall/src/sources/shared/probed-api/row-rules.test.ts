import { describe, expect, it } from 'vitest';
import { rowsOf } from './row-rules.ts';

const access = { origin: 'https://crm.example', isOpen: true };
const base = { entity: 'things', list: 'things' };

describe('records of an API become rows of a table', () => {
  it('nothing is empty, numbers and flags are words, objects have their name before their members', () => {
    const record = { id: 7, a: null, b: true, c: 1.5, d: 'x', e: { f: 'g' }, h: ['i', 'j'] };
    expect(rowsOf(record, base, access)).toEqual([
      { id: '7', a: '', b: 'true', c: '1.5', d: 'x', 'e.f': 'g', h: 'i; j' },
    ]);
  });

  it('open objects stand for themselves; the first of a list can give columns; lists become text', () => {
    const rules = {
      ...base,
      open: ['more'],
      first: { places: { prefix: 'main', members: ['city'] } },
      texts: { places: { pattern: '{label}: {city}, {zip}', between: '\n' } },
      omit: ['left'],
    };
    const places = [
      { label: 'A', city: 'Boise', zip: null },
      { label: 'B', city: 'Tampa', zip: '33602' },
    ];
    expect(rowsOf({ id: 1, more: { tier: 'Gold' }, places, left: [1] }, rules, access)).toEqual([
      { id: '1', tier: 'Gold', main_city: 'Boise', places: 'A: Boise\nB: Tampa, 33602' },
    ]);
  });

  it('a list in a record is a table of its own', () => {
    const rules = { ...base, each: { list: 'steps', own: { id: 'thing_id' }, item: { id: 'step_id' } } };
    const record = {
      id: 1,
      steps: [
        { id: 2, name: 'x' },
        { id: 3, name: 'y' },
      ],
    };
    expect(rowsOf(record, rules, access)).toEqual([
      { thing_id: '1', step_id: '2', name: 'x' },
      { thing_id: '1', step_id: '3', name: 'y' },
    ]);
    expect(rowsOf({ id: 1 }, rules, access)).toEqual([]);
  });

  it('a custom member that is called as a standard one does not take its place, whichever comes first', () => {
    const rules = { ...base, open: ['custom'] };
    const row = { id: '1', status: 'Won', 'custom.status': 'VIP', 'custom.id': 'C-7', tier: 'Gold' };
    const custom = { status: 'VIP', id: 'C-7', tier: 'Gold' };
    expect(rowsOf({ id: 1, status: 'Won', custom }, rules, access)).toEqual([row]);
    expect(rowsOf({ custom, id: 1, status: 'Won' }, rules, access)).toEqual([row]);
  });

  it.each(['constructor', 'toString', '__proto__', 'valueOf'])('a member may be called %s', (name) => {
    const rules = {
      ...base,
      open: ['custom'],
      first: { places: { prefix: 'main', members: ['city'] } },
      texts: { places: { pattern: '{city}', between: '; ' } },
    };
    const record = JSON.parse(`{"id":1,"custom":{"${name}":"a"},"list":{"${name}":[{"city":"b"}]}}`);
    const [row] = rowsOf({ ...record, ...JSON.parse(`{"x":1}`) }, rules, access);
    expect(Object.entries(row ?? {})).toContainEqual([name, 'a']);
    const listed = rowsOf(JSON.parse(`{"${name}":[{"city":"b"}]}`), rules, access);
    expect(Object.entries(listed[0] ?? {})).toEqual([[name, '{"city":"b"}']]);
    const each = { ...base, each: { list: 'steps', own: {}, item: {} } };
    expect(Object.keys(rowsOf(JSON.parse(`{"steps":[{"${name}":"a"}]}`), each, access)[0] ?? {})).toEqual([
      name,
    ]);
  });

  it.each([
    ['/api/files/1', '9', true, '/api/files/1', 'there'],
    ['//elsewhere.example/api/files/1', '9', true, '', 'outside'],
    ['https://crm.example.evil.example/1', '9', true, '', 'outside'],
    ['https://crm.example@evil.example/1', '9', true, '', 'outside'],
    ['http://crm.example/api/files/1', '9', true, '', 'outside'],
    ['https://crm.example/api/files/1?a=b', '9', true, '/api/files/1?a=b', 'there'],
    ['https://crm.example/api/files/1', '0', true, '', 'empty'],
    ['https://crm.example/api/files/1', '9', false, '', 'missing'],
    ['https://elsewhere.example/1', '9', true, '', 'outside'],
    ['', '9', true, '', 'missing'],
  ])('bytes at "%s" of %s bytes (open: %s)', (url, size, isOpen, reference, state) => {
    const rules = { ...base, file: { url: 'url', size: 'size', reference: 'File', state: 'File State' } };
    expect(rowsOf({ url, size }, rules, { ...access, isOpen })).toMatchObject([
      { File: reference, 'File State': state },
    ]);
  });
});
