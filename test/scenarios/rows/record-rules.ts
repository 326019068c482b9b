import { expect } from 'vitest';
import { askedOf, type LandedRule, madeAt } from './landed.ts';

/** S-20: contacts become persons. */
export const contactRules: readonly LandedRule[] = [
  {
    rule: 'S-20(a)',
    says: 'name, e-mail, phones and company are first-class fields',
    holds: ({ seen }) => {
      const person = seen.made('person', 'P-90001');
      expect(person['name']).toBe('Ayşe Örnek');
      expect(person['emails']).toEqual([{ label: 'work', primary: true, value: 'Ayse.Ornek@akcay.example' }]);
      expect(person['phones']).toEqual([
        { label: 'work', primary: true, value: '+902125551122' },
        { label: 'mobile', primary: false, value: '+905325553344' },
      ]);
      expect(person['org_id']).toBe(seen.made('organization', 'C-90001').id);
    },
  },
  {
    rule: 'S-20(a)',
    says: 'two addresses in one cell are two addresses',
    holds: ({ seen }) => {
      const { emails } = seen.made('person', 'P-90017') as unknown as {
        readonly emails: readonly { readonly value: string }[];
      };
      expect(emails.map(({ value }) => value)).toEqual(['lale@akcay.example', 'lale.ev@ornek.example']);
    },
  },
  {
    rule: 'S-20(b)',
    says: 'the Company ID is the organization made before; a company given by name is the same one',
    holds: ({ seen }) => {
      expect(seen.made('person', 'P-90009')['org_id']).toBe(seen.made('organization', 'C-90001').id);
      expect(seen.made('person', 'P-90010')['org_id']).toBe(seen.made('organization', 'C-90004').id);
      expect(seen.made('person', 'P-90014')['org_id']).toBe(seen.made('organization', 'C-90003').id);
    },
  },
  {
    rule: 'S-20(c)',
    says: 'contacts without a company that can be found are asked about by id, and the plan waits for the answer',
    holds: ({ seen, questions }) => {
      const [question] = askedOf(questions, 'contacts-without-company');
      expect(question?.records.toSorted()).toEqual(['P-90002', 'P-90003']);
      expect(question?.blocks).toBe('plan');
      const placeholder = seen.made('organization', 'organization');
      expect(placeholder['name']).toMatch(/without company/i);
      expect(seen.made('person', 'P-90002')['org_id']).toBe(placeholder.id);
      expect(seen.made('person', 'P-90003')['org_id']).toBe(placeholder.id);
    },
  },
  {
    rule: 'S-20(c)',
    says: 'persons and their organizations were complete before the first deal',
    holds: ({ log }) => {
      expect(madeAt(log, '/api/v2/persons').last).toBeLessThan(madeAt(log, '/api/v2/deals').first);
    },
  },
];

/** S-21: companies become organizations. */
export const companyRules: readonly LandedRule[] = [
  {
    rule: 'S-21(a)',
    says: 'all organizations were made before the first person',
    holds: ({ log }) => {
      expect(madeAt(log, '/api/v2/organizations').last).toBeLessThan(madeAt(log, '/api/v2/persons').first);
    },
  },
  {
    rule: 'S-21(b)',
    says: 'the company name is the name, letter by letter',
    holds: ({ seen }) => {
      expect(seen.made('organization', 'C-90001')['name']).toBe('Akçay Yazılım A.Ş.');
      expect(seen.made('organization', 'C-90003')['name']).toBe('Bozdağ Gıda San. ve Tic. Ltd. Şti.');
      expect(seen.made('organization', 'C-90010')['name']).toBe('=HYPERLINK("http://evil.example";"Acme")');
    },
  },
  {
    rule: 'S-21(c)',
    says: 'address, domain and custom fields arrive, typed',
    holds: ({ seen }) => {
      const organization = seen.made('organization', 'C-90001');
      expect(organization['address']).toMatchObject({
        route: 'Gül Sok. No: 7, D: 3',
        locality: 'İstanbul',
        admin_area_level_1: 'Kadıköy',
        postal_code: '07100',
        country: 'Türkiye',
      });
      expect(organization['website']).toBe('https://www.akcay.example');
      expect(organization.custom).toMatchObject({
        Domain: 'akcay.example',
        Phone: '+902125551020',
        Industry: 'Software',
        'Customer Tier': 'Gold',
        'Vergi No': '0123456789',
        'Renewal Date': '2026-12-31',
        'Key Account': 'Yes',
        'NPS Score': 9,
      });
    },
  },
  {
    rule: 'S-21',
    says: 'a parent is a relationship; circles are cut and a company is never its own parent',
    holds: ({ seen }) => {
      const id = (sourceId: string) => seen.made('organization', sourceId).id;
      const edges = seen
        .list('relationships')
        .map(({ ownerOrgId, linkedOrgId, type }) => [ownerOrgId, linkedOrgId, type]);
      expect(edges).toContainEqual([id('C-90004'), id('C-90005'), 'parent']);
      const circle = edges.filter(([parent, child]) =>
        [parent, child].every((one) => one === id('C-90006') || one === id('C-90007')),
      );
      expect(circle).toHaveLength(1);
      expect(edges.filter(([parent, child]) => parent === child)).toEqual([]);
    },
  },
  {
    rule: 'S-21',
    says: 'gmail.com is nobody’s domain, and two companies of one domain became one by decision',
    holds: ({ seen, questions }) => {
      expect(seen.made('organization', 'C-90009').custom['Domain']).toBeUndefined();
      expect(seen.has('organization', 'C-90002')).toBe(false);
      expect(askedOf(questions, 'duplicates').map(({ id }) => id)).toContain('duplicates-companies-domain');
    },
  },
];
