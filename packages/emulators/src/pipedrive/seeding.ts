import { z } from 'zod';
import { type Account, firstAdmin, nowSec } from './account.ts';
import { ACTIVITIES } from './activities.ts';
import { createActivityType } from './activity-types.ts';
import { ATTACHED_SEED, type AttachedAnswer, seedAttached } from './attached-seeds.ts';
import type { CoreEntity } from './core-entity.ts';
import { DEALS } from './deals.ts';
import { createField, parseFieldCreation } from './fields.ts';
import { seedFollower } from './followers.ts';
import { createLeadLabel } from './lead-labels.ts';
import { createLead } from './leads.ts';
import { createNote } from './notes.ts';
import { ORGANIZATIONS } from './organizations.ts';
import { seedParticipant } from './participants.ts';
import { PERSONS } from './persons.ts';
import { createPipeline } from './pipelines.ts';
import { PRODUCT_PART_SEED, type ProductPartAnswer, seedProductParts } from './products/product-seeds.ts';
import { PRODUCTS } from './products/products.ts';
import { createBoard, createPhase } from './projects/boards.ts';
import { createProject } from './projects/projects.ts';
import { createTask } from './projects/tasks.ts';
import { createTemplate } from './projects/templates.ts';
import type { CoreRecord, FieldEntity, UserRecord } from './records.ts';
import { createRelationship } from './relationships.ts';
import { RIGHTS } from './rights-table.ts';
import { createRole } from './roles.ts';
import { each, records } from './seed-items.ts';
import { createStage } from './stages.ts';
import { parseMoment } from './times.ts';
import { createUser } from './users.ts';

const user = z.strictObject({
  name: z.string().min(1),
  email: z.string().min(1),
  active_flag: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  /** The visibility group; groups are seeded before users. */
  role_id: z.int().positive().optional(),
  /** Rights that differ from those of a regular user. */
  rights: z.partialRecord(z.enum(RIGHTS), z.boolean()).optional(),
});

/** What `POST seed` takes: records as in the create bodies, parents before children. */
const body = z.strictObject({
  seed: z.int().optional(),
  world: z.string().optional(),
  users: z.array(user).default([]),
  /** Custom fields: `entity` beside the body of a field creation. */
  fields: records,
  pipelines: records,
  stages: records,
  activityTypes: records,
  leadLabels: records,
  organizations: records,
  relationships: records,
  persons: records,
  deals: records,
  leads: records,
  activities: records,
  notes: records,
  products: records,
  ...PRODUCT_PART_SEED,
  followers: records,
  roles: records,
  dealParticipants: records,
  ...ATTACHED_SEED,
  boards: records,
  phases: records,
  projectTemplates: records,
  projects: records,
  tasks: records,
});

/** What is put into a world past the API: lists of records, each as its creation would take it. */
export type SeedBody = z.infer<typeof body>;

/** Checks the body of a seed call; throws a sentence that names what is wrong. */
export function parseSeed(value: unknown): SeedBody {
  const result = body.safeParse(value);
  if (!result.success) throw new Error(`not a seed: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** The ids of what was put in, in the order it was given. */
export interface SeedAnswer extends AttachedAnswer, ProductPartAnswer {
  readonly users: readonly { readonly id: number; readonly email: string; readonly api_token: string }[];
  readonly fields: readonly { readonly field_code: string; readonly field_name: string }[];
  readonly pipelines: readonly number[];
  readonly stages: readonly number[];
  readonly activityTypes: readonly { readonly id: number; readonly key_string: string }[];
  readonly leadLabels: readonly string[];
  readonly organizations: readonly number[];
  readonly relationships: readonly number[];
  readonly persons: readonly number[];
  readonly deals: readonly number[];
  readonly leads: readonly string[];
  readonly activities: readonly number[];
  readonly notes: readonly number[];
  readonly products: readonly number[];
  readonly followers: readonly number[];
  readonly roles: readonly number[];
  readonly dealParticipants: readonly number[];
  readonly boards: readonly number[];
  readonly phases: readonly number[];
  readonly projectTemplates: readonly number[];
  readonly projects: readonly number[];
  readonly tasks: readonly number[];
}

/**
 * Puts records in, free of tokens and caps; what stands before the first mistake stays in. Beyond the create bodies it takes
 * `add_time` everywhere, and in `custom_fields` the names of fields and the labels of their options.
 */
export function seedRecords(account: Account, given: SeedBody): SeedAnswer {
  account.seeding = true;
  account.state.history.actAs(firstAdmin(account).id, nowSec(account));
  try {
    return inserted(account, given);
  } finally {
    account.seeding = false;
    account.state.flush();
  }
}

function inserted(account: Account, given: SeedBody): SeedAnswer {
  const admin = firstAdmin(account);
  const roles = each('roles', given.roles, (item) => createRole(account, item).id);
  return {
    roles,
    users: given.users.map((item) => {
      const { id, email, apiToken } = createUser(account, item);
      return { id, email, api_token: apiToken };
    }),
    fields: each('fields', given.fields, ({ entity, ...field }) => {
      const made = createField(account, entityOf(entity), parseFieldCreation(field));
      return { field_code: made.code, field_name: made.name };
    }),
    pipelines: each('pipelines', given.pipelines, (item) => createPipeline(account, item).id),
    stages: each('stages', given.stages, (item) => createStage(account, item).id),
    activityTypes: each('activityTypes', given.activityTypes, (item) => {
      const { id, key_string } = createActivityType(account, item);
      return { id, key_string };
    }),
    leadLabels: each('leadLabels', given.leadLabels, (item) => createLeadLabel(account, item).uuid),
    organizations: each('organizations', given.organizations, (item) =>
      core(account, ORGANIZATIONS, item, admin),
    ),
    relationships: each('relationships', given.relationships, (item) => createRelationship(account, item).id),
    persons: each('persons', given.persons, (item) => core(account, PERSONS, item, admin)),
    deals: each('deals', given.deals, (item) => core(account, DEALS, item, admin)),
    leads: each(
      'leads',
      given.leads,
      (item) => createLead(account, byCode(account, 'deal', item), admin).uuid,
    ),
    activities: each('activities', given.activities, (item) => core(account, ACTIVITIES, item, admin)),
    notes: each('notes', given.notes, (item) => createNote(account, item, admin).id),
    products: each('products', given.products, (item) => core(account, PRODUCTS, item, admin)),
    ...seedProductParts(account, given, admin),
    ...seedAttached(account, given, admin),
    followers: each('followers', given.followers, (item) => seedFollower(account, item, admin).id),
    dealParticipants: each(
      'dealParticipants',
      given.dealParticipants,
      (item) => seedParticipant(account, item, admin).id,
    ),
    boards: each('boards', given.boards, (item) => createBoard(account, item).id),
    phases: each('phases', given.phases, (item) => createPhase(account, item).id),
    projectTemplates: each(
      'projectTemplates',
      given.projectTemplates,
      (item) => createTemplate(account, item, admin).id,
    ),
    projects: each('projects', given.projects, (item) => seedProject(account, item, admin)),
    tasks: each('tasks', given.tasks, (item) => createTask(account, item, admin).id),
  };
}

function seedProject(account: Account, item: Record<string, unknown>, admin: UserRecord): number {
  const { custom_fields } = item;
  if (!custom_fields) return createProject(account, item, admin).id;
  const custom = byCode(account, 'project', custom_fields as object);
  return createProject(account, { ...item, custom_fields: custom }, admin).id;
}

function entityOf(entity: unknown): FieldEntity {
  const known = ['deal', 'person', 'organization', 'product', 'project'] as const;
  const found = known.find((each) => each === entity);
  if (!found) throw new Error(`fields: entity must be one of ${known.join(', ')}; got ${String(entity)}`);
  return found;
}

function core<T extends CoreRecord>(
  account: Account,
  entity: CoreEntity<T>,
  item: Record<string, unknown>,
  admin: Parameters<CoreEntity<T>['create']>[2],
): number {
  const { add_time, custom_fields, ...rest } = item;
  const custom = custom_fields
    ? { custom_fields: byCode(account, entity.name, custom_fields as object) }
    : {};
  const made = entity.create(account, { ...rest, ...custom }, admin, 'API');
  if (add_time !== undefined) {
    const addedSec = parseMoment(String(add_time));
    if (addedSec === null)
      throw new Error(`add_time ${String(add_time)} is not a time such as 2025-01-01T10:20:00Z`);
    account.state.keep(entity.table(account.state), { ...made, addedSec });
  }
  return made.id;
}

/** The same values with field names as codes and option labels as ids, where they are no such already. */
function byCode(account: Account, entity: FieldEntity, values: object): Record<string, unknown> {
  const fields = account.state.fieldsByCode.get(entity);
  return Object.fromEntries(
    Object.entries(values).map(([key, value]: [string, unknown]) => {
      const field =
        fields?.get(key) ?? [...(fields?.values() ?? [])].find((each) => each.custom && each.name === key);
      if (!field?.custom) return [key, value];
      const idOf = (label: unknown) => field.options?.find((option) => option.label === label)?.id ?? label;
      return [field.code, field.options ? (Array.isArray(value) ? value.map(idOf) : idOf(value)) : value];
    }),
  );
}
