import { describe, expect, it } from 'vitest';
import type { ExportCatalog } from './export-catalog.ts';
import { recognise } from './recognise.ts';

const catalog: ExportCatalog = {
  system: 'sample',
  label: 'Sample',
  expected: [],
  patterns: [],
  entities: [
    {
      name: 'firms',
      label: 'Firm',
      fields: [
        { name: 'Firm ID', aliases: ['ID', 'Firma No'], type: 'id', identifying: true },
        { name: 'Firm', aliases: ['Name', 'Ünvan'], type: 'name', identifying: true },
        { name: 'Phone', aliases: ['Telefon'], type: 'phone' },
        { name: 'City', aliases: ['Şehir'], type: 'text' },
      ],
      requires: [['Firm']],
      id: 'Firm ID',
      naturalKey: ['Firm'],
      lookups: [],
      fileWords: ['firm'],
    },
    {
      name: 'people',
      label: 'Person',
      fields: [
        { name: 'Person ID', aliases: ['ID'], type: 'id', identifying: true },
        { name: 'Name', aliases: ['Full Name', 'Ad Soyad'], type: 'name', identifying: true },
        { name: 'Firm', aliases: ['Company'], type: 'name' },
        { name: 'Phone', aliases: ['Telefon'], type: 'phone' },
      ],
      requires: [['Name']],
      id: 'Person ID',
      naturalKey: [],
      lookups: [],
      fileWords: ['people', 'kisi'],
    },
  ],
};

function entityFor(header: readonly string[], file = 'export.csv', choice = {}) {
  const verdict = recognise(catalog, file, header, choice);
  return 'entity' in verdict ? verdict.entity.name : verdict;
}

describe('a table is recognised by its headers', () => {
  it.each([
    [['Firm ID', 'Firm', 'City'], 'firms'],
    [['Person ID', 'Full Name', 'Firm', 'Phone'], 'people'],
    [['firma no', 'ÜNVAN', 'telefon'], 'firms'],
    [['AD SOYAD', 'Telefon', 'Extra'], 'people'],
  ])('%j', (header, entity) => {
    expect(entityFor(header)).toBe(entity);
  });

  it('the file name decides only between equals', () => {
    const even = ['ID', 'Name', 'Phone'];
    expect(entityFor(even, 'kişiler.csv')).toBe('people');
    expect(entityFor(even, 'firms.csv')).toBe('firms');
    expect(entityFor(['Firm ID', 'Firm', 'City'], 'people.csv')).toBe('firms');
  });

  it('an even match names its rival', () => {
    expect(recognise(catalog, 'x.csv', ['ID', 'Name', 'Phone'])).toMatchObject({ rival: 'people' });
  });

  it('says how many columns are known', () => {
    expect(recognise(catalog, 'x.csv', ['Firm ID', 'Firm', 'Mood'])).toMatchObject({
      evidence: '2 of 3 columns are those of firms (Firm ID, Firm)',
      standards: ['Firm ID', 'Firm', null],
    });
  });

  it.each([
    [['Phone', 'City'], { nearest: 'firms', reason: 'nearest is firms, but it lacks Firm' }],
    [['SKU', 'Price'], { nearest: null, reason: 'none of its 2 columns is known' }],
    [['Firm', 'Mood'], { nearest: 'firms', reason: 'nearest is firms, but only 1 column is known' }],
  ])('%j is unknown, with the reason', (header, verdict) => {
    expect(entityFor(header)).toEqual(verdict);
  });

  it('of two headers for one field the better alias is taken, the other is a custom field', () => {
    expect(recognise(catalog, 'x.csv', ['Firm', 'Telefon', 'Phone'])).toMatchObject({
      standards: ['Firm', null, 'Phone'],
    });
  });

  it('an alias of one field does not take the column that bears the name of another', () => {
    expect(recognise(catalog, 'people.csv', ['Name', 'Firm', 'Phone'])).toMatchObject({
      standards: ['Name', 'Firm', 'Phone'],
    });
  });
});

describe('a person can say otherwise', () => {
  it('the entity is taken as told, even when columns lack', () => {
    expect(entityFor(['Phone', 'City'], 'x.csv', { entity: 'people' })).toBe('people');
  });

  it('columns are taken as told; an empty name makes a custom field', () => {
    const verdict = recognise(catalog, 'x.csv', ['Kunde', 'Phone'], {
      columns: { Kunde: 'Firm', Phone: '' },
    });
    expect(verdict).toMatchObject({ reason: 'nearest is firms, but only 1 column is known' });
    const told = recognise(catalog, 'x.csv', ['Kunde', 'Phone'], {
      entity: 'firms',
      columns: { Kunde: 'Firm', Phone: '' },
    });
    expect(told).toMatchObject({ standards: ['Firm', null] });
  });

  it('headers may be called like parts of every object', () => {
    expect(entityFor(['__proto__', 'constructor', 'toString'])).toMatchObject({ nearest: null });
  });
});
