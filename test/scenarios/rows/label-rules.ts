import { expect } from 'vitest';
import { writesIn } from '../support/emulator.ts';
import { askedOf, type LandedRule, ownerOf } from './landed.ts';

const fieldTypes = [
  ['organization', 'Vergi No', 'varchar'],
  ['organization', 'NPS Score', 'double'],
  ['organization', 'Renewal Date', 'date'],
  ['deal', 'Region', 'enum'],
  ['deal', 'Products of Interest', 'set'],
  ['deal', 'Contract Signed', 'enum'],
] as const;

/** S-29: tags become labels. */
export const labelRules: readonly LandedRule[] = [
  {
    rule: 'S-29(a)',
    says: 'every tag is a label once, however often it stands in a cell',
    holds: ({ seen }) => {
      expect(seen.made('person', 'P-90001').labels.toSorted()).toEqual(['Newsletter', 'VIP']);
      expect(seen.made('deal', 'D-90001').labels.toSorted()).toEqual(['Sıcak', 'VIP']);
      const options = seen.options('person', 'label_ids');
      expect(new Set(options).size).toBe(options.length);
    },
  },
  {
    rule: 'S-29(b)',
    says: 'labels were there before the first record',
    holds: ({ log }) => {
      const labels = writesIn(log).findIndex(({ path }) => path.includes('/options'));
      expect(labels).toBeGreaterThanOrEqual(0);
      expect(writesIn(log).findLastIndex(({ path }) => path.includes('/options'))).toBeLessThan(
        writesIn(log).findIndex(({ path }) => path === '/api/v2/organizations'),
      );
    },
  },
  {
    rule: 'S-29(c)',
    says: 'persons and deals carry them from the first request on',
    holds: ({ seen, log }) => {
      expect(seen.all('person').some(({ labels }) => labels.length > 0)).toBe(true);
      expect(
        writesIn(log).some(({ method, path }) => method === 'PATCH' && /persons|deals\//.test(path)),
      ).toBe(false);
    },
  },
];

/** S-30: owners. */
export const ownerRules: readonly LandedRule[] = [
  {
    rule: 'S-30',
    says: 'an owner without an active user is asked about, by name and by e-mail, and blocks the user table',
    holds: ({ questions }) => {
      const about = askedOf(questions, 'owner')
        .map(({ question }) => question)
        .join('\n');
      for (const who of [
        'Kaan Bilgin',
        'kaan.bilgin@sample.example',
        'Emre Gündüz',
        'emre.gunduz@sample.example',
      ])
        expect(about).toContain(who);
      expect(askedOf(questions, 'owner').every(({ blocks }) => blocks === 'owners')).toBe(true);
    },
  },
  {
    rule: 'S-30',
    says: 'after the answer the records belong to the fallback user, and to nobody who is not active',
    holds: ({ seen }) => {
      const fallback = seen.userId('admin@emulated.example');
      expect(ownerOf(seen.made('organization', 'C-90011'))).toBe(fallback);
      expect(ownerOf(seen.made('person', 'P-90016'))).toBe(fallback);
      expect(ownerOf(seen.made('deal', 'D-90009'))).toBe(fallback);
      expect(ownerOf(seen.activity('Sahipsiz arama'))).toBe(fallback);
      const inactive = seen.userId('emre.gunduz@sample.example');
      expect(
        [...seen.all('organization'), ...seen.all('person'), ...seen.all('deal')].filter(
          (record) => ownerOf(record) === inactive,
        ),
      ).toEqual([]);
    },
  },
];

/** S-31: custom properties. */
export const customFieldRules: readonly LandedRule[] = [
  {
    rule: 'S-31(a)',
    says: 'the columns no standard table has were found by their headers',
    holds: ({ seen, catalog }) => {
      const fields = catalog.entities.find(({ name }) => name === 'companies')?.fields ?? [];
      const custom = fields.filter(({ standard }) => standard === null).map(({ name }) => name);
      expect(custom).toEqual(
        expect.arrayContaining(['Customer Tier', 'Vergi No', 'Renewal Date', 'Key Account', 'NPS Score']),
      );
      for (const name of custom) expect(seen.field('organization', name).field_name).toBe(name);
    },
  },
  {
    rule: 'S-31(b)',
    says: 'each was presented with its samples and its choices',
    holds: ({ questions }) => {
      const tier = askedOf(questions, 'custom-field').find(({ question }) =>
        question.includes('"Customer Tier"'),
      );
      expect(tier?.question).toMatch(/for example .*"Gold"/);
      expect(tier?.choices.map(({ id }) => id)).toEqual(expect.arrayContaining(['create', 'map', 'leave']));
    },
  },
  {
    rule: 'S-31(c)',
    says: 'a checkbox is a dropdown of Yes and No (C-23)',
    holds: ({ seen }) => {
      expect(seen.options('organization', 'Key Account').toSorted()).toEqual(['No', 'Yes']);
      expect(seen.made('deal', 'D-90013').custom['Contract Signed']).toBe('Yes');
    },
  },
  ...fieldTypes.map(
    ([entity, name, type]): LandedRule => ({
      rule: 'S-31(c)',
      says: `${entity} ${name} is a field of type ${type}`,
      holds: ({ seen }) => expect(seen.field(entity, name).field_type).toBe(type),
    }),
  ),
];
