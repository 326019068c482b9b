import { type Account, nowSec } from './account.ts';
import { done, type Exchange, type Handler, pathId } from './exchange-context.ts';
import { accessOf } from './permission-sets.ts';
import type { UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { v1Time } from './times.ts';

/** What a user to be seeded needs. */
export interface UserCreation {
  readonly name: string;
  readonly email: string;
  readonly active_flag?: boolean | undefined;
  readonly is_admin?: boolean | undefined;
  readonly role_id?: number | undefined;
  readonly rights?: Readonly<Record<string, boolean | undefined>> | undefined;
}

/** Adds a user with an API token of their own. The API itself cannot do this here: seats cost money. */
export function createUser(
  account: Account,
  given: UserCreation,
  apiToken = account.random.hex(40),
): UserRecord {
  const { users } = account.state;
  return account.state.keep(users, {
    id: users.nextId,
    name: given.name,
    email: given.email,
    active: given.active_flag ?? true,
    admin: given.is_admin ?? false,
    apiToken,
    currency: 'EUR',
    timezone: 'Europe/Istanbul',
    addedSec: nowSec(account),
    ...(given.role_id === undefined ? {} : { roleId: given.role_id }),
    ...(given.rights === undefined ? {} : { rights: given.rights }),
  });
}

/** A user as v1 shows them to `me`. */
export function view(user: UserRecord, me: UserRecord): Record<string, unknown> {
  return {
    id: user.id,
    name: user.name,
    default_currency: user.currency,
    locale: 'en_US',
    lang: 1,
    email: user.email,
    phone: null,
    activated: user.active,
    last_login: v1Time(user.addedSec),
    created: v1Time(user.addedSec),
    modified: v1Time(user.addedSec),
    has_created_company: user.id === 1,
    access: accessOf(user),
    active_flag: user.active,
    timezone_name: user.timezone,
    timezone_offset: '+03:00',
    role_id: user.roleId ?? 1,
    icon_url: null,
    is_deleted: false,
    ...user.shown,
    is_you: user.id === me.id,
  };
}

function one(exchange: Exchange): UserRecord {
  const user = exchange.account.state.users.get(pathId(exchange));
  if (!user) throw new Refusal(404, 'User not found');
  return user;
}

/** The operations on users; they only read. */
export const USER_HANDLERS: Readonly<Record<'list' | 'get' | 'me' | 'find', Handler>> = {
  list: ({ account, user }) => done([...account.state.users.all()].map((each) => view(each, user))),
  get: (exchange) => done(view(one(exchange), exchange.user)),
  me({ account, user }) {
    const company = {
      company_id: 7_000_001,
      company_name: 'Emulated Company',
      company_domain: 'emulated',
      company_country: 'TR',
      company_industry: 'IT Services',
      language: { language_code: 'en', country_code: 'US' },
    };
    return done({ ...view(user, user), ...(account.state.companies.get(1)?.shown ?? company) });
  },
  find({ account, call, user }) {
    const term = call.query.get('term')?.toLowerCase();
    if (!term) throw new Refusal(400, 'term must be given');
    const byEmail = call.query.get('search_by_email') === '1';
    const found = [...account.state.users.all()].filter((each) =>
      (byEmail ? each.email : each.name).toLowerCase().includes(term),
    );
    return done(found.map((each) => view(each, user)));
  },
};
