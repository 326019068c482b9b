import type { Account } from './account.ts';
import { done, type Exchange, type Handler } from './exchange-context.ts';
import { offsetPage } from './offset.ts';
import type { UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { REGULAR_RIGHTS, RIGHTS } from './rights-table.ts';

/** A set of rights in one app; users get one for each app they may use. */
interface PermissionSet {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly app: 'sales' | 'global' | 'account_settings';
  readonly type: 'admin' | 'regular';
  readonly contents: readonly string[];
}

/** The sets of a new company; names and descriptions as published, ids made up. */
const SETS: readonly PermissionSet[] = [
  {
    id: '00000000-0000-4000-8000-000000000011',
    name: 'Deals admin',
    description:
      'See and edit all sales data (deals, leads), manage company-level sales setup (such as lost reasons and pipelines)',
    app: 'sales',
    type: 'admin',
    contents: RIGHTS,
  },
  {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Deals regular user',
    description:
      'Access to sales data (deals, leads) and available actions may be limited depending on the custom permission setup. This set is the default for new users.',
    app: 'sales',
    type: 'regular',
    contents: REGULAR_RIGHTS,
  },
  {
    id: '00000000-0000-4000-8000-000000000012',
    name: 'Global admin',
    description:
      'See and edit all cross-product data (such as contacts, activities, reports) and access related features',
    app: 'global',
    type: 'admin',
    contents: RIGHTS,
  },
  {
    id: '00000000-0000-4000-8000-000000000002',
    name: 'Global regular user',
    description:
      'Access to cross-product data (such as contacts, activities, reports) and available actions may be limited depending on the custom permission setup. This set is the default for new users.',
    app: 'global',
    type: 'regular',
    contents: REGULAR_RIGHTS,
  },
  {
    id: '00000000-0000-4000-8000-000000000003',
    name: 'Account settings',
    description:
      'Access company account level features and setup (billing, security center, company settings, user management)',
    app: 'account_settings',
    type: 'admin',
    contents: [],
  },
];

function isAssigned({ type }: PermissionSet, user: UserRecord): boolean {
  return (type === 'admin') === user.admin;
}

/** Which apps a user may use, and by which set. */
export function accessOf(user: UserRecord): readonly Record<string, unknown>[] {
  return SETS.filter((set) => isAssigned(set, user)).map(({ app, id }) => ({
    app,
    admin: user.admin,
    permission_set_id: id,
  }));
}

/** Whether a set is there, by its id. */
export function isPermissionSet(id: string): boolean {
  return SETS.some((set) => set.id === id);
}

function assigned({ state }: Account, set: PermissionSet): readonly UserRecord[] {
  return [...state.users.all()].filter((user) => isAssigned(set, user));
}

function view(account: Account, set: PermissionSet): Record<string, unknown> {
  const { contents: _contents, ...rest } = set;
  return { ...rest, assignment_count: assigned(account, set).length };
}

function one({ params }: Exchange): PermissionSet {
  const set = SETS.find(({ id }) => id === params.id);
  if (!set) throw new Refusal(404, 'Permission set not found');
  return set;
}

const APPS = ['sales', 'projects', 'campaigns', 'global', 'account_settings', 'partnership', 'nova'];

/** The operations on permission sets; they only read. */
export const PERMISSION_SET_HANDLERS: Readonly<Record<'list' | 'get' | 'assignments', Handler>> = {
  list({ account, call }) {
    const app = call.query.get('app');
    if (app !== null && !APPS.includes(app)) throw new Refusal(400, `Unknown app ${app}`);
    return done(SETS.filter((set) => app === null || set.app === app).map((set) => view(account, set)));
  },
  // The published schema has the set at the root of the answer, the published example a list in `data`.
  get(exchange) {
    const set = one(exchange);
    const { contents } = set;
    return { status: 200, value: { success: true, ...view(exchange.account, set), contents } };
  },
  assignments(exchange) {
    const { account, call } = exchange;
    const set = one(exchange);
    const found = offsetPage(account, call, assigned(account, set));
    return done(found.items.map((user) => ({ user_id: user.id, permission_set_id: set.id, name: set.name })));
  },
};
