import { expect } from 'vitest';
import {
  decimal,
  leadsTo,
  linesAbout,
  madeOf,
  type OpexRule,
  rowAt,
  rowsOf,
  rowWhere,
} from './opex365-landed.ts';

/** O-20: accounts become organizations. */
export const accountRules: readonly OpexRule[] = [
  {
    rule: 'O-20(a)',
    says: 'name, address, number, phone and status arrive, letter by letter; a description is a note',
    holds: (landed) => {
      const { world, seen } = landed;
      const text = (column: string) => world.value('account', 0, column);
      const organization = madeOf(landed, 'account', 0);
      expect(organization['name']).toBe(text('name'));
      expect(organization['address']).toMatchObject({
        route: text('address1_line1'),
        locality: text('address1_city'),
        postal_code: text('address1_postalcode'),
        country: text('address1_country'),
      });
      expect(organization.custom).toMatchObject({ Phone: '+902125550000', 'Account Status': 'Active' });
      const notes = seen.list('notes').filter(({ org_id }) => org_id === organization.id);
      expect(notes.some(({ content }) => String(content).includes('an emoji 🚢'))).toBe(true);
    },
  },
  {
    rule: 'O-20(a)',
    says: 'an account that lost a merge is none of its own: links to it lead to its master',
    holds: (landed) => {
      const { world, seen } = landed;
      expect(seen.has('organization', world.id('account', 7))).toBe(false);
      expect(linesAbout(landed, 'account', 7).map(({ code }) => code)).toEqual(['merged']);
      expect(madeOf(landed, 'account', 0).custom['Merged records']).toContain(world.id('account', 7));
      const child = rowWhere(
        world,
        'account',
        (row) =>
          leadsTo(world.value('account', row, 'parentaccountid'), 'account') &&
          rowAt(world, 'account', world.value('account', row, 'parentaccountid')) === 7,
      );
      expect(edges(landed)).toContainEqual([
        madeOf(landed, 'account', 0).id,
        madeOf(landed, 'account', child).id,
      ]);
    },
  },
  {
    rule: 'O-20(b)',
    says: 'a parent account is a relationship of type parent, one for each edge',
    holds: (landed) => {
      const id = (row: number) => madeOf(landed, 'account', row).id;
      expect(edges(landed)).toContainEqual([id(3), id(15)]);
      expect(edges(landed)).toContainEqual([id(4), id(20)]);
      expect(landed.seen.list('relationships').every(({ type }) => type === 'parent')).toBe(true);
    },
  },
  {
    rule: 'O-20(c)',
    says: 'circles are cut at one edge, nobody is their own parent, and the audit flags each of them',
    holds: (landed) => {
      const id = (row: number) => madeOf(landed, 'account', row).id;
      const within = (rows: readonly number[]) =>
        edges(landed).filter((edge) => edge.every((end) => rows.map(id).includes(end as number)));
      expect(within([1, 2])).toHaveLength(1);
      expect(within([3, 4, 5])).toHaveLength(2);
      expect(within([6])).toEqual([]);
      const quality = landed.report('quality.csv');
      expect(quality.split('the circle is cut here')).toHaveLength(3);
      expect(quality).toContain(`${landed.world.id('account', 6)} names itself as its parent`);
    },
  },
  {
    rule: 'O-20(d)',
    says: 'revenues of all currencies stand in one field in the base currency; the amount, its currency and the stored rate beside',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(
        world,
        'account',
        (one) =>
          one > 11 && world.value('account', one, 'revenue') !== null && currencyOf(landed, one) !== 'EUR',
      );
      const organization = madeOf(landed, 'account', row);
      const rate = decimal(world.value('account', row, 'exchangerate'), 10);
      const revenue = decimal(world.value('account', row, 'revenue'), 4);
      const base = decimal(world.value('account', row, 'revenue_base'), 4);
      expect(organization['annual_revenue']).toBe(Math.round(base));
      expect(organization.custom).toMatchObject({
        'Annual Revenue (original)': { value: revenue, currency: currencyOf(landed, row) },
        Currency: currencyOf(landed, row),
        'Exchange Rate': rate,
      });
    },
  },
  {
    rule: 'O-20(e)',
    says: 'a broken web address, an industry code without a label and a negative head count are listed before anything is written',
    holds: (landed) => {
      const organization = madeOf(landed, 'account', 9);
      expect([organization['website'], organization['employee_count']]).toEqual([null, null]);
      expect(organization.custom['Industry'] ?? null).toBeNull();
      const reasons = linesAbout(landed, 'account', 9)
        .map(({ reason }) => reason)
        .join('\n');
      expect(reasons).toContain('"htp:/broken url" is no web address');
      expect(reasons).toContain('"77" is a code without a label');
      expect(reasons).toContain('"-5" is below 0');
      for (const words of ['no web address', 'code without a label', 'is below 0'])
        expect(landed.report('quality.csv'), words).toContain(words);
    },
  },
  {
    rule: 'O-20(e)',
    says: 'what is right arrives: web address, industry and employees',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(
        world,
        'account',
        (one) => one > 11 && world.value('account', one, 'websiteurl') !== null,
      );
      const organization = madeOf(landed, 'account', row);
      expect(String(organization['website'])).toMatch(/^https?:\/\//);
      expect(organization['employee_count']).toBe(world.value('account', row, 'numberofemployees'));
      expect(landed.seen.options('organization', 'Industry').length).toBeGreaterThan(3);
    },
  },
  {
    rule: 'O-20(f)',
    says: 'the owner is the user with the same e-mail',
    holds: (landed) => {
      const owned = rowsOf(landed.world, 'account').filter(
        (row) => row > 11 && mailOf(landed, 'account', row) !== null,
      );
      expect(owned.length).toBeGreaterThan(10);
      for (const row of owned)
        expect(madeOf(landed, 'account', row)['owner_id'], `account ${row}`).toBe(
          landed.seen.userId(mailOf(landed, 'account', row) ?? ''),
        );
    },
  },
];

/** O-21: contacts become persons. */
export const contactRules: readonly OpexRule[] = [
  {
    rule: 'O-21(a)',
    says: 'name, e-mails, phones, job title and address',
    holds: (landed) => {
      const { world } = landed;
      const text = (column: string) => world.value('contact', 0, column);
      const person = madeOf(landed, 'contact', 0);
      expect(person['name']).toBe(`${text('firstname')} ${text('lastname')}`);
      expect(person['emails']).toEqual([
        { label: 'work', primary: true, value: text('emailaddress1') },
        { label: 'other', primary: false, value: text('emailaddress2') },
      ]);
      expect(person['phones']).toEqual([
        { label: 'work', primary: true, value: '+902125550000' },
        { label: 'mobile', primary: false, value: '+905325550000' },
      ]);
      expect(person.custom).toMatchObject({ 'Job title': text('jobtitle'), Birthday: text('birthdate') });
      expect(person.custom['Address']).toMatchObject({ locality: text('address1_city') });
    },
  },
  {
    rule: 'O-21(b)',
    says: 'without an account of their own they hang on the placeholder, and nobody is asked',
    holds: (landed) => {
      const { world, seen, questions } = landed;
      const placeholder = seen.made('organization', 'organization');
      const alone = rowsOf(world, 'contact').filter(
        (row) => row > 10 && !leadsTo(world.value('contact', row, 'parentcustomerid'), 'account'),
      );
      expect(alone.length).toBeGreaterThan(3);
      for (const row of alone)
        expect(madeOf(landed, 'contact', row)['org_id'], `contact ${row}`).toBe(placeholder.id);
      expect(questions.filter(({ kind }) => kind === 'contacts-without-company')).toEqual([]);
    },
  },
  {
    rule: 'O-21(b)',
    says: 'with an account they hang on its organization; one below another contact names that one',
    holds: (landed) => {
      const { world } = landed;
      const account = rowAt(world, 'account', world.value('contact', 1, 'parentcustomerid'));
      expect(madeOf(landed, 'contact', 1)['org_id']).toBe(madeOf(landed, 'account', account).id);
      const below = rowWhere(world, 'contact', (row) =>
        leadsTo(world.value('contact', row, 'parentcustomerid'), 'contact'),
      );
      const above = rowAt(world, 'contact', world.value('contact', below, 'parentcustomerid'));
      expect(madeOf(landed, 'contact', below).custom['Parent contact']).toBe(
        world.value('contact', above, 'fullname'),
      );
    },
  },
  {
    rule: 'O-21(c)',
    says: 'the owner is the user with the same e-mail',
    holds: (landed) => {
      const row = rowWhere(
        landed.world,
        'contact',
        (one) => one > 10 && mailOf(landed, 'contact', one) !== null,
      );
      expect(madeOf(landed, 'contact', row)['owner_id']).toBe(
        landed.seen.userId(mailOf(landed, 'contact', row) ?? ''),
      );
    },
  },
];

function edges({ seen }: Parameters<OpexRule['holds']>[0]) {
  return seen.list('relationships').map(({ ownerOrgId, linkedOrgId }) => [ownerOrgId, linkedOrgId]);
}

function currencyOf({ world }: Parameters<OpexRule['holds']>[0], row: number): unknown {
  const at = rowAt(world, 'transactioncurrency', world.value('account', row, 'transactioncurrencyid'));
  return world.value('transactioncurrency', at, 'isocurrencycode');
}

/** The address of the owner of a row, when that is a person who has a user in the account. */
export function mailOf(
  { world, seen }: Parameters<OpexRule['holds']>[0],
  table: string,
  row: number,
): string | null {
  const owner = world.value(table, row, 'ownerid');
  if (!leadsTo(owner, 'systemuser')) return null;
  const mail = world.value('systemuser', rowAt(world, 'systemuser', owner), 'internalemailaddress');
  return seen.list('users').some(({ email }) => email === mail) ? String(mail) : null;
}
