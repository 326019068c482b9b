import { type Content, fixed, type Ref, share, type Value, type World } from './content.ts';
import { CURRENCIES, todaysRate } from './currencies.ts';
import { FAMILY_NAMES, GIVEN_NAMES, plainLetters } from './names.ts';

/** Users that are not like the others. The application user is the last of them. */
const DISABLED: readonly number[] = [3, 7];
const UNLICENSED = 5;
const APPLICATION = 6;
const ADMINISTRATOR = 0;

/** The row of the user that the connector signs in as. */
export const APPLICATION_USER = APPLICATION;

/** A user, chosen by row; never the application. */
export function userAt(world: World, index: number, word: string): Ref | null {
  const at = world.below(world.count('systemuser'), index, word);
  return world.ref('systemuser', at === APPLICATION ? ADMINISTRATOR : at);
}

/** The owner of a row: mostly a user (disabled ones too), one in eight a team. */
export function ownerOf(world: World, table: string, index: number): Ref | null {
  if (world.below(8, index, `${table}.team`) === 0) return world.ref('team', index % world.count('team'));
  return userAt(world, index, `${table}.owner`);
}

function given(index: number, world: World): string {
  return world.pick(GIVEN_NAMES, index, 'user.given');
}

function family(index: number): string {
  return FAMILY_NAMES[index % FAMILY_NAMES.length] ?? 'Yılmaz';
}

function address(index: number, world: World): string {
  const turn = Math.floor(index / FAMILY_NAMES.length);
  return `${plainLetters(given(index, world)) || 'user'}.${plainLetters(family(index)) || `n${index}`}${turn || ''}@opex.example`;
}

const USERS: Content = {
  count: (records) => Math.min(60, Math.max(12, Math.round(records / 2_000))),
  columns: {
    firstname: given,
    lastname: (index) => family(index),
    fullname: (index, world) => `${given(index, world)} ${family(index)}`,
    internalemailaddress: address,
    domainname: address,
    isdisabled: (index) => DISABLED.includes(index) || index % 17 === 16,
    islicensed: (index) => index !== UNLICENSED && index !== APPLICATION,
    accessmode: (index) => (index === APPLICATION ? 4 : index === ADMINISTRATOR ? 1 : 0),
    azureactivedirectoryobjectid: (index, world) => world.id('systemuser', index).replace('ef11', '4a11'),
    businessunitid: (index, world) => world.ref('businessunit', index % 3),
    parentsystemuserid: (index, world) => (index === 0 ? null : world.ref('systemuser', 0)),
    transactioncurrencyid: (_, world) => world.ref('transactioncurrency', 0),
    title: (index) => (index % 3 === 0 ? 'Sales Manager' : 'Sales'),
  },
  special: {
    3: { disabledreason: 'Left the company' },
    [APPLICATION]: {
      ...{ firstname: '#', lastname: 'Migration', fullname: '# Migration' },
      applicationid: '5b0c7d1e-3f6a-4b2c-9d8e-7a6b5c4d3e2f',
      ...{ internalemailaddress: 'migration@opex.example', domainname: 'migration@opex.example' },
    },
  },
};

const TEAMS: Content = {
  count: fixed(5),
  columns: {
    name: (index) =>
      ['OPEX', 'Satış Ekibi', 'Key Accounts', 'AAD Sales Group', 'Access Team'][index] ?? 'Team',
    teamtype: (index) => [0, 0, 0, 2, 1][index] ?? 0,
    isdefault: (index) => index === 0,
    administratorid: (_, world) => world.ref('systemuser', 0),
    businessunitid: (index, world) => world.ref('businessunit', index % 3),
  },
};

const UNITS: Content = {
  count: fixed(3),
  columns: {
    name: (index) => ['OPEX', 'OPEX Türkiye', 'OPEX Deutschland'][index] ?? 'OPEX',
    parentbusinessunitid: (index, world) => (index === 0 ? null : world.ref('businessunit', 0)),
  },
};

const MONEY: Content = {
  count: fixed(CURRENCIES.length),
  columns: {
    currencyname: (index) => CURRENCIES[index]?.name ?? null,
    isocurrencycode: (index) => CURRENCIES[index]?.code ?? null,
    currencysymbol: (index) => CURRENCIES[index]?.symbol ?? null,
    currencyprecision: (index) => CURRENCIES[index]?.precision ?? 2,
    exchangerate: (index): Value => todaysRate(index),
  },
};

const ORGANIZATION: Content = {
  count: fixed(1),
  columns: {
    name: () => 'OPEX 365',
    basecurrencyid: (_, world) => world.ref('transactioncurrency', 0),
    expirechangetrackingindays: () => 30,
    maxuploadfilesize: () => 131_072_000,
    languagecode: () => 1033,
    localeid: () => 1033,
  },
};

/** Users, teams, business units, currencies, the organisation, and who is in which team. */
export const PEOPLE: Readonly<Record<string, Content>> = {
  systemuser: USERS,
  team: TEAMS,
  businessunit: UNITS,
  transactioncurrency: MONEY,
  organization: ORGANIZATION,
  queue: { count: fixed(2), columns: { name: (index) => ['Support', 'Info'][index] ?? null } },
  teammembership: {
    count: share(0, 20),
    columns: {
      systemuserid: (index, world) => world.id('systemuser', index % world.count('systemuser')),
      teamid: (index, world) => world.id('team', (index * 3 + Math.floor(index / 12)) % world.count('team')),
    },
  },
};
