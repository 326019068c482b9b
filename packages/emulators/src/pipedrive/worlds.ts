import { seededRandom } from '../kit/random.ts';
import type { Account } from './account.ts';
import { createActivityType } from './activity-types.ts';
import {
  ACTIVITY_PRIORITIES,
  BUILTIN_FIELDS,
  type BuiltinRow,
  CONTACT_SYNC_FIELDS,
  DEFAULT_LABELS,
  INDUSTRIES,
} from './builtin-fields.ts';
import { newOption } from './fields.ts';
import { createLeadLabel } from './lead-labels.ts';
import { livedInSeed } from './lived-in-world.ts';
import { createPipeline } from './pipelines.ts';
import { createBoard, createPhase } from './projects/boards.ts';
import type { FieldEntity, FieldOption } from './records.ts';
import { createRole } from './roles.ts';
import { parseSeed, seedRecords } from './seeding.ts';
import { createStage } from './stages.ts';
import { createUser } from './users.ts';

/** The worlds an account can start as. */
export const WORLDS = ['empty', 'lived-in'] as const;

/** Throws when there is no such world. */
export function assertWorld(world: string): void {
  if ((WORLDS as readonly string[]).includes(world)) return;
  throw new Error(`there is no world ${world}; there are ${WORLDS.join(', ')}`);
}

/** Fills a blank account, whose administrator gets this API token. Throws when there is no such world. */
export function furnish(account: Account, world: string, seed: number, adminToken: string): void {
  assertWorld(world);
  account.random = seededRandom(seed);
  account.seeding = true;
  newAccount(account, adminToken);
  account.seeding = false;
  if (world === 'lived-in') seedRecords(account, parseSeed(livedInSeed(seed)));
}

const STAGES = [
  'Qualified',
  'Contact Made',
  'Prospect Qualified',
  'Needs Defined',
  'Proposal Made',
  'Negotiations Started',
];

/** INF: the phases of the first board. */
const PHASES = ['To do', 'In progress', 'Done'];

/** Names of the first activity types; keys and icons are the same in lower case. */
const TYPES = ['Call', 'Meeting', 'Task', 'Deadline', 'Email', 'Lunch'];

/** What every new company has: an administrator, fields, labels, a pipeline of six stages, activity types. */
function newAccount(account: Account, adminToken: string): void {
  createRole(account, { name: '(Unassigned users)' });
  createUser(account, { name: 'Admin User', email: 'admin@emulated.example', is_admin: true }, adminToken);
  for (const entity of Object.keys(BUILTIN_FIELDS) as FieldEntity[]) builtinFields(account, entity);
  const pipeline = createPipeline(account, { name: 'Pipeline', is_deal_probability_enabled: false });
  for (const name of STAGES) createStage(account, { name, pipeline_id: pipeline.id, deal_probability: 100 });
  for (const name of TYPES) createActivityType(account, { name, icon_key: name.toLowerCase() }, false);
  for (const [name, color] of [
    ['Hot', 'red'],
    ['Cold', 'blue'],
    ['Warm', 'yellow'],
  ])
    createLeadLabel(account, { name, color });
  const board = createBoard(account, { name: 'Projects' });
  for (const name of PHASES) createPhase(account, { name, board_id: board.id });
}

function builtinFields(account: Account, entity: FieldEntity): void {
  const sync = entity === 'person' && account.switches.contactSync ? CONTACT_SYNC_FIELDS : [];
  for (const row of [...BUILTIN_FIELDS[entity], ...sync]) builtin(account, entity, row, null);
  if (entity === 'deal' || entity === 'person' || entity === 'organization') {
    const labels = DEFAULT_LABELS.map(([label, color]) => newOption(account, label, color));
    builtin(account, entity, [account.switches.labelFieldCode, 'Label', 'set'], labels);
  }
  if (entity === 'organization') {
    const industries = INDUSTRIES.map((label) => newOption(account, label));
    builtin(account, entity, ['industry', 'Industry', 'enum', '*'], industries);
  }
  if (entity === 'project') builtin(account, entity, [account.switches.labelFieldCode, 'Label', 'set'], []);
  if (entity === 'product') builtin(account, entity, ['category', 'Category', 'enum'], []);
  if (entity === 'activity') {
    const priorities = ACTIVITY_PRIORITIES.map((label) => newOption(account, label));
    builtin(account, entity, ['priority', 'Priority', 'enum'], priorities);
  }
}

function builtin(
  account: Account,
  entity: FieldEntity,
  [code, name, type, optional]: BuiltinRow,
  options: readonly FieldOption[] | null,
): void {
  const { state } = account;
  const id = state.fields.nextId;
  state.keep(state.fields, {
    id,
    entity,
    code,
    name,
    type,
    description: null,
    options,
    custom: false,
    optional: optional === '*',
    settings: {},
    deletedSec: null,
  });
}
