import { expect } from 'vitest';
import { writesIn } from '../support/emulator.ts';
import { askedOf, type LandedRule, landedSample, ownerOf } from './landed.ts';

/** S-02..S-06: the source and what is not carried over. */
export const sourceRules: readonly LandedRule[] = [
  {
    rule: 'S-02',
    says: 'everything came out of CSV files, and the destination was asked for nothing the source should tell',
    holds: ({ seen, catalog }) => {
      const files = catalog.entities.flatMap((entity) => entity.origin);
      expect(files.toSorted()).toEqual([
        'activities.csv',
        'companies.csv',
        'contacts.csv',
        'deals.csv',
        'notes.csv',
      ]);
      expect(seen.all('organization').length).toBeGreaterThan(landedSample.companies);
    },
  },
  {
    rule: 'S-03',
    says: 'flat texts became links: no deal lost the company that its row names by id, by name or by its contact',
    holds: ({ seen }) => {
      const akcay = seen.made('organization', 'C-90001').id;
      const bozdag = seen.made('organization', 'C-90003').id;
      expect(seen.made('deal', 'D-90001')['org_id']).toBe(akcay);
      expect(seen.made('deal', 'D-90002')['org_id']).toBe(bozdag);
      expect(seen.made('deal', 'D-90003')['org_id']).toBe(akcay);
      expect(seen.all('deal').filter((deal) => deal['org_id'] === null)).toEqual([]);
    },
  },
  {
    rule: 'S-04',
    says: 'columns that no standard table has were asked about, one by one, before anything could be written',
    holds: ({ questions, catalog }) => {
      const custom = catalog.entities.flatMap(({ name, fields }) =>
        fields.filter((field) => field.standard === null).map((field) => `${name}.${field.name}`),
      );
      const about = askedOf(questions, 'custom-field').map(({ question }) => question);
      expect(about).toHaveLength(custom.length);
      for (const name of custom)
        expect(
          about.some((text) => text.includes(`"${name.slice(name.indexOf('.') + 1)}"`)),
          name,
        ).toBe(true);
      expect(askedOf(questions, 'custom-field').every(({ blocks }) => blocks === 'mapping')).toBe(true);
    },
  },
  {
    rule: 'S-05',
    says: 'an owner written as a name and one written as an e-mail both own what they owned',
    holds: ({ seen }) => {
      expect(ownerOf(seen.made('organization', 'C-90001'))).toBe(seen.userId('selin.aksoy@sample.example'));
      expect(ownerOf(seen.made('person', 'P-90001'))).toBe(seen.userId('burak.oz@sample.example'));
    },
  },
  {
    rule: 'S-06',
    says: 'automations were not rebuilt: nothing was sent but records and their configuration',
    holds: ({ log }) => {
      const places = new Set(writesIn(log).map(({ path }) => path.replace(/\/\d+.*$/, '')));
      const known = [
        'activities',
        'activityTypes',
        'deals',
        'dealFields',
        'organizationFields',
        'organizationRelationships',
        'organizations',
        'personFields',
        'persons',
        'pipelines',
        'stages',
      ];
      expect(
        [...places]
          .map((path) => path.replace(/^\/api\/v\d\//, '').split('/')[0])
          .filter((name) => !known.includes(name ?? '')),
      ).toEqual([]);
    },
  },
];
