import { parseScaled } from '../decimal.ts';
import { pictureBody } from './bodies.ts';
import {
  always,
  type Content,
  type Generate,
  type Ref,
  share,
  units,
  type Value,
  type World,
} from './content.ts';
import {
  CITIES,
  COMPANY_KINDS,
  COMPANY_WORDS,
  FAMILY_NAMES,
  GIVEN_NAMES,
  JOBS,
  plainLetters,
} from './names.ts';
import { THUMBNAIL } from './pictures.ts';

/** Values of options that were deleted while records still carry them: no label is left. */
const DELETED_TIER = 9;
const DELETED_INDUSTRY = 77;

/** One contact in so many belongs to the first account, so that in big worlds it has more than 5,000. */
const CROWD = 8;
/** One contact in so many has no company; one in so many hangs on another contact. */
const ALONE = 17;
const BELOW_CONTACT = 23;

const address: Readonly<Record<string, Generate>> = {
  address1_line1: (index, world) => `${world.pick(FAMILY_NAMES, index, 'street')} Cad. ${1 + (index % 120)}`,
  address1_city: (index, world) => world.pick(CITIES, index, 'city')[0],
  address1_country: (index, world) => world.pick(CITIES, index, 'city')[1],
  address1_postalcode: (index) => String(10_000 + ((index * 7) % 80_000)),
  address1_composite: (index, world) => {
    const [city, country] = world.pick(CITIES, index, 'city');
    return `${world.pick(FAMILY_NAMES, index, 'street')} Cad. ${1 + (index % 120)}\r\n${10_000 + ((index * 7) % 80_000)} ${city}\r\n${country}`;
  },
};

function companyName(index: number, world: World): string {
  const word = world.pick(COMPANY_WORDS, index, 'company.word');
  const kind = world.pick(COMPANY_KINDS, index, 'company.kind');
  return `${word} ${kind} ${1 + Math.floor(index / 7)}`;
}

function phone(index: number): string {
  return index % 5 === 0
    ? `(0212) 555 ${String(index % 10_000).padStart(4, '0')}`
    : `+90 216 555 ${String(index % 10_000).padStart(4, '0')}`;
}

const other =
  (index: number, column: string): Generate =>
  (_, world) =>
    world.ref(column, index);

const ACCOUNTS: Content = {
  count: share(0.06, 40),
  columns: {
    ...address,
    name: companyName,
    accountnumber: (index) => `A-${String(index + 1).padStart(6, '0')}`,
    telephone1: phone,
    websiteurl: (index) => (index % 6 === 0 ? null : `https://www.company-${index}.example`),
    emailaddress1: (index) => `info@company-${index}.example`,
    industrycode: (index, world) => 1 + world.below(33, index, 'industry'),
    numberofemployees: (index, world) => world.below(5_000, index, 'employees'),
    revenue: (index, world): Value =>
      index % 4 === 0 ? null : units(world.below(90_000_000, index, 'revenue') / 100, 4),
    description: (index) =>
      index % 9 === 0 ? 'Line one\r\nLine two\twith a tab; "quoted", and an emoji 🚢' : null,
    parentaccountid: (index, world) =>
      index >= 12 && index % 5 === 0 ? world.ref('account', Math.floor(index / 5)) : null,
    primarycontactid: (index, world) => (index % 2 === 0 ? primaryContact(index, world) : null),
    entityimage: (index) => (pictureBody(index) === null ? null : THUMBNAIL.toString('base64')),
    entityimageid: (index, world) => (pictureBody(index) === null ? null : world.id('account', index)),
    new_tier: (index, world) =>
      index % 40 === 8 ? DELETED_TIER : index % 3 === 0 ? null : 1 + world.below(4, index, 'tier'),
    new_segments: (index) => (index % 4 === 1 ? '100000000,100000003' : index % 4 === 2 ? '100000001' : null),
    new_creditscore: (index, world): Value => BigInt(world.below(10_000_000, index, 'score')),
    new_externalnumber: (index) => 9_007_199_254_740_993n + BigInt(index),
    new_exportedat: (index) => (index % 2 ? '2024-03-01T10:00:00+03:00' : '2024-03-01T07:00:00Z'),
    territorycode: () => 1,
  },
  special: {
    1: { parentaccountid: other(2, 'account') },
    2: { parentaccountid: other(1, 'account') },
    3: { parentaccountid: other(4, 'account') },
    4: { parentaccountid: other(5, 'account') },
    5: { parentaccountid: other(3, 'account') },
    6: { parentaccountid: other(6, 'account'), ownerid: other(3, 'systemuser') },
    7: {
      merged: true,
      masterid: other(0, 'account'),
      statecode: 1,
      statuscode: 2,
      ownerid: other(1, 'team'),
    },
    8: { name: (_, world) => companyName(0, world), ownerid: other(5, 'systemuser') },
    9: { websiteurl: 'htp:/broken url', numberofemployees: -5, industrycode: DELETED_INDUSTRY },
    10: { revenue: parseScaled('922337203685477.5807', 4), new_externalnumber: 9_223_372_036_854_775_807n },
    11: { name: '  ', revenue: parseScaled('0.0001', 4), emailaddress1: 'not an address' },
  },
};

/** The loop that no order of loading avoids: the contact's company is the account it is the primary contact of. */
function primaryContact(account: number, world: World): Ref | null {
  return world.ref('contact', contactOfAccount(account, world));
}

function accountOfContact(index: number, world: World): number {
  return index % CROWD === 0 ? 0 : index % world.count('account');
}

function contactOfAccount(account: number, world: World): number {
  const step = world.count('account');
  for (let index = account; index < world.count('contact'); index += step)
    if (accountOfContact(index, world) === account && hasCompany(index)) return index;
  return 0;
}

function hasCompany(index: number): boolean {
  return index % ALONE !== ALONE - 1 && index % BELOW_CONTACT !== BELOW_CONTACT - 1;
}

function parentCustomer(index: number, world: World): Ref | null {
  if (index % ALONE === ALONE - 1) return null;
  if (index % BELOW_CONTACT === BELOW_CONTACT - 1) return world.ref('contact', index - 1);
  return world.ref('account', accountOfContact(index, world));
}

const given: Generate = (index, world) => world.pick(GIVEN_NAMES, index, 'given');
const family: Generate = (index, world) => world.pick(FAMILY_NAMES, index, 'family');
const fullName: Generate = (index, world) => `${given(index, world)} ${family(index, world)}`;
const mail: Generate = (index, world) =>
  `${plainLetters(String(given(index, world))) || 'kisi'}.${index}@mail.example`;

const CONTACTS: Content = {
  count: share(0.12, 80),
  columns: {
    ...address,
    firstname: given,
    lastname: family,
    fullname: fullName,
    emailaddress1: (index, world) => (index % 13 === 12 ? null : mail(index, world)),
    emailaddress2: (index) => (index % 7 === 0 ? `second.${index}@mail.example` : null),
    telephone1: phone,
    mobilephone: (index) =>
      index % 3 === 0 ? `+90 532 555 ${String(index % 10_000).padStart(4, '0')}` : null,
    jobtitle: (index, world) => world.pick(JOBS, index, 'job'),
    birthdate: (index) =>
      index % 4 === 0 ? `19${50 + (index % 49)}-0${1 + (index % 9)}-1${index % 9}` : null,
    parentcustomerid: parentCustomer,
    new_vergino: (index) => (index % 5 === 0 ? String(1_000_000_000 + index) : null),
    new_segments: (index) => (index % 6 === 1 ? '100000002' : null),
  },
  special: {
    5: { statecode: 1, statuscode: 2, merged: true, masterid: other(4, 'contact') },
    9: { lastname: null, fullname: given },
    10: { firstname: null, lastname: null, fullname: null },
  },
};

const LEADS: Content = {
  count: share(0.04, 24),
  columns: {
    firstname: given,
    lastname: family,
    fullname: fullName,
    subject: (index) => `Inquiry ${index + 1}`,
    companyname: companyName,
    emailaddress1: mail,
    telephone1: phone,
    leadsourcecode: (index) => 1 + (index % 10),
    statecode: (index) => (index % 4 === 1 ? 1 : index % 4 === 3 ? 2 : 0),
    statuscode: (index) => (index % 4 === 1 ? 3 : index % 4 === 3 ? 4 + (index % 3) : 1 + (index % 2)),
    salesstage: always(0),
    salesstagecode: always(1),
    estimatedamount: (index, world): Value => units(world.below(500_000, index, 'lead.amount'), 4),
    qualifyingopportunityid: always(null),
    customerid: (index, world) =>
      index % 4 === 1 ? world.ref(index % 8 === 1 ? 'account' : 'contact', index) : null,
    parentaccountid: (index, world) => (index % 4 === 1 ? world.ref('account', index % 40) : null),
    parentcontactid: (index, world) => (index % 4 === 1 ? world.ref('contact', index % 80) : null),
  },
};

/** Companies, people and leads with the traps of real data. */
export const CUSTOMERS: Readonly<Record<string, Content>> = {
  account: ACCOUNTS,
  contact: CONTACTS,
  lead: LEADS,
  accountleads: {
    count: share(0.004, 6),
    columns: {
      accountid: (index, world) => world.id('account', index % world.count('account')),
      leadid: (index, world) => world.id('lead', (index * 4 + 1) % world.count('lead')),
    },
  },
  contactleads: {
    count: share(0.004, 6),
    columns: {
      contactid: (index, world) => world.id('contact', index % world.count('contact')),
      leadid: (index, world) => world.id('lead', (index * 4 + 1) % world.count('lead')),
    },
  },
  customeraddress: {
    count: share(0.02, 12),
    columns: {
      addressnumber: (index) => 1 + (index % 2),
      name: (index) => (index % 2 ? 'Depo' : 'Merkez'),
      line1: (index) => `Liman Sok. ${index}`,
      city: (index, world) => world.pick(CITIES, index, 'addr.city')[0],
      parentid: (index, world) =>
        world.ref(index % 4 < 2 ? 'account' : 'contact', Math.floor(index / 2) % 40),
      objecttypecode: (index) => (index % 4 < 2 ? 'account' : 'contact'),
    },
  },
  connection: {
    count: share(0.004, 8),
    columns: {
      ismaster: (index) => index % 2 === 0,
      record1id: (index, world) => world.ref('account', index),
      record2id: (index, world) => world.ref('account', index % 2 === 0 ? index + 1 : index - 1),
    },
  },
};
