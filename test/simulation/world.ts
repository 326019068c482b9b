import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';
import type { PipedriveOptions } from 'landfall-emulators/pipedrive/emulator.ts';
import type { Policies } from '../../packages/landfall/src/model/policy.ts';
import { defaultPolicies } from '../../packages/landfall/src/model/policy-table.ts';
import { type Drawn, drawRemark, drawTask } from './child-rows.ts';
import { drawExisting, type ExistingSeed } from './existing-records.ts';
import { drawFiles, type SourceFile } from './files.ts';
import { drawShop, type Shop } from './lines.ts';
import { users } from './people.ts';
import {
  type Child,
  type Company,
  type Contact,
  drawCompany,
  drawContact,
  drawDeal,
  type SourceRow,
} from './source-rows.ts';
import { tellTruth } from './telling.ts';
import type { Truth } from './truth.ts';

/** One company about to move, everything about it decided by the seed. */
export interface World {
  readonly seed: number;
  readonly rows: readonly SourceRow[];
  /** Rows that name an id a second time: they must not be moved. */
  readonly repeated: number;
  /** Files of its records; none when their troubles (F27) are not drawn. */
  readonly files: readonly SourceFile[];
  /** Products and the lines of deals; null when no batches (F18) are drawn. */
  readonly shop: Shop | null;
  readonly policies: Policies;
  readonly plan: NonNullable<PipedriveOptions['plan']>;
  readonly seats: number;
  readonly account: PipedriveOptions;
  /** `off`: the account has no limits and the migration keeps none. */
  readonly pace: 'plan' | 'off';
  readonly existing: ExistingSeed;
  readonly truth: Truth;
}

function many<T>(count: number, draw: (number: number, before: readonly T[]) => T): readonly T[] {
  const drawn: T[] = [];
  for (let number = 1; number <= count; number += 1) drawn.push(draw(number, [...drawn]));
  return drawn;
}

function drawRecords(random: SeededRandom, scale: number): Drawn {
  const size = (usual: number) => Math.max(0, Math.round(usual * scale * (0.6 + 0.8 * random.next())));
  const companies = many<Company>(Math.max(1, size(11)), (number, before) =>
    drawCompany(random, number, before),
  );
  const contacts = many<Contact>(size(16), (number, before) =>
    drawContact(random, number, companies, before),
  );
  const deals = many<Child>(size(14), (number) => drawDeal(random, number, companies, contacts));
  const parents = { companies, contacts, deals };
  const tasks = many<Child>(size(11), (number, before) => drawTask(random, number, parents, before.at(-1)));
  const remarks = many<Child>(size(9), (number, before) =>
    drawRemark(random, number, parents, before.at(-1)),
  );
  return { ...parents, tasks, remarks };
}

function rowsOf(
  drawn: Drawn,
  files: readonly SourceFile[],
  shop: Shop | null,
  random: SeededRandom,
): { rows: readonly SourceRow[]; repeated: number } {
  const tables = {
    companies: drawn.companies,
    contacts: drawn.contacts,
    deals: drawn.deals,
    tasks: drawn.tasks,
    remarks: drawn.remarks,
    files: files.map((file) => ({ ...file, later: null })),
    products: (shop?.products ?? []).map((product) => ({ ...product, later: null })),
    lines: (shop?.lines ?? []).map((line) => ({ ...line, later: null })),
  };
  let repeated = 0;
  const rows = Object.entries(tables).flatMap(([entity, list]) =>
    list.flatMap(({ id, fields, later }): SourceRow[] => {
      const row = { entity: entity as SourceRow['entity'], id, fields, later: later?.fields ?? null };
      if (random.next() >= 0.02) return [row];
      repeated += 1;
      return [row, { ...row, fields: { ...fields, Title: 'again', Subject: 'again' } }];
    }),
  );
  return { rows, repeated };
}

function drawPolicies(random: SeededRandom, paced: boolean): Policies {
  return {
    ...defaultPolicies,
    unmatchedOwners: 'fallback',
    unlinkedDeals: random.pick(['leave', 'placeholder']),
    contactsWithoutCompany: random.pick(['leave', 'placeholder']),
    duplicates: random.pick(['merge', 'keep']),
    existing: random.pick(['review', 'update-empty', 'skip', 'create']),
    budgetShare: paced ? random.pick([0.5, 0.8, 1]) : 1,
    inDoubtQuietSeconds: random.pick([5, 30, 120]),
    noValues: random.next() < 0.2,
  };
}

/** Makes the world of a seed. `scale` 1: about 60 records. `has`: what not every company has. */
export function makeWorld(
  seed: number,
  scale = 1,
  has: { readonly files: boolean; readonly shop: boolean } = { files: false, shop: false },
): World {
  const random = seededRandom(seed * 2_654_435 + 17);
  const records = drawRecords(random, scale);
  const shop = has.shop ? drawShop(seed, records.deals) : null;
  const drawn = shop === null ? records : { ...records, deals: shop.deals };
  const files = has.files ? drawFiles(seed, drawn) : [];
  const { rows, repeated } = rowsOf(drawn, files, shop, random);
  const paced = random.next() < 0.6;
  const policies = drawPolicies(random, paced);
  const existing = drawExisting(random, drawn);
  const bought = random.pick(['lite', 'growth', 'premium', 'ultimate'] as const);
  // the smallest plan knows nothing of when a line begins
  const plan = shop !== null && bought === 'lite' ? 'growth' : bought;
  const seats = random.between(1, 5);
  const account: PipedriveOptions = {
    plan,
    seats,
    seed: random.between(1, 1_000_000),
    limits: paced ? 'on' : 'off',
    switches: {
      deletedV2Get: random.pick(['flag', '404']),
      deletedV1Get: random.pick(['flag', '410']),
      missingLinkStatus: random.pick([400, 404]),
      searchUsesGeneralBurst: random.next() < 0.5,
      omitDailyHeaders: random.pick([0, 0, 0.2]),
      contactSync: random.next() < 0.2,
      noteSanitiser: random.pick(['whitelist', 'off']),
      listLagMs: 0,
    },
  };
  const truth = tellTruth(drawn, policies, existing, files, shop);
  return {
    seed,
    rows,
    repeated,
    files,
    shop,
    policies,
    plan,
    seats,
    account,
    pace: paced ? 'plan' : 'off',
    existing,
    truth,
  };
}

/** What is in the account before the migration begins. */
export function seedOf(world: World): unknown {
  const { organizations, persons, others } = world.existing;
  return {
    users,
    organizations: organizations.map(({ body }) => body),
    persons: persons.map(({ body }) => body),
    ...others,
  };
}
