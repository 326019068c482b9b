import { expect } from 'vitest';
import { madeWhere, type ResultsRule } from './results-landed.ts';

/** companies become organizations; R-21: contacts become persons; R-29: products. */
export const resultsRecordRules: readonly ResultsRule[] = [
  {
    rule: 'R-20(a)',
    says: 'the website of a company is the organization’s, the domain stands beside it',
    holds: ({ seen }) => {
      const company = seen.made('organization', '90001');
      expect(company).toMatchObject({
        name: 'Harbor Light Brewing Co.',
        website: 'https://www.harborlight.example/about',
      });
      expect(company.custom['Domain']).toBe('harborlight.example');
    },
  },
  {
    rule: 'R-20(b)',
    says: 'the domain is the key of companies, and a free-mail domain never is',
    holds: ({ seen, questions }) => {
      const asked = questions.find(({ id }) => id === 'duplicates-companies-domain');
      expect(asked?.recordCount).toBe(2);
      expect(asked?.choices.find((choice) => choice.default)?.id).toBe('merge');
      expect(seen.has('organization', '90004') && seen.has('organization', '90005')).toBe(true);
    },
  },
  {
    rule: 'R-20(c)',
    says: 'doubles were one before the first insert: their persons and deals belong to one organization',
    holds: ({ seen, log }) => {
      const company = seen.made('organization', '90001');
      expect(seen.has('organization', '90002')).toBe(false);
      expect(company.custom['Phone 2']).toBe('+19785550199');
      expect(seen.made('person', '91003')['org_id']).toBe(company.id);
      expect(seen.made('deal', '92010')['org_id']).toBe(company.id);
      expect(log.filter(({ method, path }) => method === 'DELETE' || /merge/.test(path))).toEqual([]);
    },
  },
  {
    rule: 'R-21(a)',
    says: 'name, e-mail, phones and address of a person arrive',
    holds: ({ seen }) => {
      const person = seen.made('person', '91001');
      expect(person).toMatchObject({
        name: 'Dana Whitfield',
        emails: [{ label: 'work', primary: true, value: 'Dana.Whitfield@harborlight.example' }],
        phones: [
          { label: 'work', primary: true, value: '+19785550144' },
          { label: 'mobile', primary: false, value: '+19785550145' },
        ],
      });
      expect(person.custom['Address']).toMatchObject({ locality: 'Boston', postal_code: '02110' });
      expect(person.custom['Job title']).toBe('Owner');
    },
  },
  {
    rule: 'R-21(b)',
    says: 'the parent organization is found by id and by name; a contact that is a person needs none; one without is asked about',
    holds: ({ seen, questions }) => {
      const summit = seen.made('organization', '90003').id;
      expect(seen.made('person', '91001')['org_id']).toBe(seen.made('organization', '90001').id);
      expect(seen.made('person', '91004')['org_id']).toBe(summit);
      expect(seen.made('person', '91006')['org_id']).toBe(summit);
      expect(seen.made('person', '90006')).toMatchObject({ name: 'Walter Single', org_id: null });
      const asked = questions.find(({ kind }) => kind === 'contacts-without-company');
      expect(asked?.records).toEqual(['91002']);
    },
  },
  {
    rule: 'R-21(b)',
    says: 'all organizations were made before the first person',
    holds: ({ log }) => {
      expect(madeWhere(log, /^\/api\/v2\/organizations$/).last).toBeLessThan(
        madeWhere(log, /^\/api\/v2\/persons$/).first,
      );
    },
  },
  {
    rule: 'R-29(a)',
    says: 'name, SKU, price and description of a product arrive',
    holds: ({ seen }) => {
      const product = seen.list('products').find(({ code }) => code === 'TAP-01');
      expect(product).toMatchObject({
        name: 'Tap tower',
        unit: 'each',
        description: 'Stainless.\nThree faucets.',
      });
    },
  },
  {
    rule: 'R-29(b)',
    says: 'standard prices are prices in their own currencies: there are no price books in Pipedrive',
    holds: ({ seen }) => {
      const tap = seen.list('products').find(({ code }) => code === 'TAP-01');
      expect(tap?.['prices']).toEqual([
        expect.objectContaining({ price: 1250.5, currency: 'USD' }),
        expect.objectContaining({ price: 1150, currency: 'EUR' }),
        expect.objectContaining({ price: 990, currency: 'GBP' }),
      ]);
      const product = seen.list('products').find(({ code }) => code === 'HRS-01');
      expect(product?.['prices']).toEqual([expect.objectContaining({ price: 95, currency: 'EUR' })]);
    },
  },
  {
    rule: 'R-29(c)',
    says: 'products were there before the lines; a line of a product that is not there is listed',
    holds: ({ seen, log, report }) => {
      expect(madeWhere(log, /^\/api\/v2\/products$/).last).toBeLessThan(
        madeWhere(log, /^\/api\/v2\/deals\/\d+\/products/).first,
      );
      const deal = seen.made('deal', '92001');
      const lines = seen.list('dealProducts').filter((line) => line['deal_id'] === deal.id);
      expect(lines.map(({ quantity, item_price, discount }) => [quantity, item_price, discount])).toEqual([
        [3, 1200, 5],
        [8, 95, 0],
      ]);
      expect(report('rejects.csv')).toMatch(/96003/);
    },
  },
];
