import type { BoardRecord, PhaseRecord, ProjectTemplateRecord } from '../projects/records.ts';
import type {
  ActivityTypeRecord,
  FieldEntity,
  FieldOption,
  FieldRecord,
  LeadLabelRecord,
  PipelineRecord,
  RoleRecord,
  StageRecord,
  UserRecord,
} from '../records.ts';
import {
  flagOf,
  idOf,
  listOf,
  msTimesOf,
  numberOf,
  objectOf,
  type Raw,
  secOf,
  textOf,
  timesOf,
} from './raw.ts';
import type { CurrencyRecord } from './records.ts';

/** Keys of a user that the emulator tells by itself, or that differ by who asks. */
const OWN_KEYS = new Set([
  'id',
  'name',
  'email',
  'active_flag',
  'activated',
  'default_currency',
  'role_id',
  'is_you',
]);

/** A user, without a token of theirs: no API hands out tokens. Everything else is shown as it was. */
export function userCopy(raw: Raw): UserRecord {
  const admin =
    flagOf(raw, 'is_admin') ||
    listOf(raw, 'access').some((each) => each.app === 'global' && flagOf(each, 'admin'));
  const roleId = numberOf(raw, 'role_id');
  return {
    id: idOf(raw, 'user'),
    name: textOf(raw, 'name') ?? '',
    email: textOf(raw, 'email') ?? '',
    active: flagOf(raw, 'active_flag'),
    admin,
    apiToken: '',
    currency: textOf(raw, 'default_currency') ?? 'USD',
    timezone: textOf(raw, 'timezone_name') ?? 'UTC',
    addedSec: secOf(raw, 'created') ?? 0,
    ...(roleId === null ? {} : { roleId }),
    shown: Object.fromEntries(Object.entries(raw).filter(([key]) => !OWN_KEYS.has(key))),
  };
}

/** A visibility group, with what it gives to new records. */
export function roleCopy(raw: Raw, settings: Raw): RoleRecord {
  return {
    id: idOf(raw, 'role'),
    name: textOf(raw, 'name') ?? '',
    parentId: numberOf(raw, 'parent_role_id'),
    defaults: numbersIn(settings),
    addedSec: 0,
    deletedSec: flagOf(raw, 'active_flag') ? null : 0,
  };
}

function numbersIn(raw: Raw): Readonly<Record<string, number>> {
  const entries = Object.entries(raw).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(entries);
}

/** A field with its code and the ids of its options; `id` is the place it gets in the twin. */
export function fieldCopy(raw: Raw, entity: FieldEntity, id: number): FieldRecord {
  const settings: Record<string, unknown> = {};
  for (const space of ['ui_visibility', 'important_fields', 'required_fields'])
    if (raw[space] !== undefined) settings[space] = raw[space];
  return {
    id,
    entity,
    code: textOf(raw, 'field_code') ?? '',
    name: textOf(raw, 'field_name') ?? '',
    type: textOf(raw, 'field_type') ?? 'varchar',
    description: textOf(raw, 'description'),
    options: Array.isArray(raw.options) ? listOf(raw, 'options').map(optionCopy) : null,
    custom: flagOf(raw, 'is_custom_field'),
    optional: flagOf(raw, 'is_optional_response_field'),
    settings,
    deletedSec: null,
  };
}

function optionCopy(raw: Raw): FieldOption {
  return {
    id: typeof raw.id === 'number' ? raw.id : String(raw.id),
    label: textOf(raw, 'label') ?? '',
    color: textOf(raw, 'color'),
    addedSec: secOf(raw, 'add_time'),
    updatedSec: secOf(raw, 'update_time'),
  };
}

/** A pipeline. */
export function pipelineCopy(raw: Raw): PipelineRecord {
  return {
    id: idOf(raw, 'pipeline'),
    name: textOf(raw, 'name') ?? '',
    order_nr: numberOf(raw, 'order_nr') ?? 0,
    is_deal_probability_enabled: flagOf(raw, 'is_deal_probability_enabled'),
    ...timesOf(raw),
  };
}

/** A stage of a pipeline. */
export function stageCopy(raw: Raw): StageRecord {
  return {
    id: idOf(raw, 'stage'),
    name: textOf(raw, 'name') ?? '',
    pipeline_id: numberOf(raw, 'pipeline_id') ?? 0,
    order_nr: numberOf(raw, 'order_nr') ?? 0,
    deal_probability: numberOf(raw, 'deal_probability') ?? 100,
    is_deal_rot_enabled: flagOf(raw, 'is_deal_rot_enabled'),
    days_to_rotten: numberOf(raw, 'days_to_rotten'),
    ...timesOf(raw),
  };
}

/** A stage that is deleted: the API names it only where a deal is in it. */
export function deletedStage(id: number, pipeline_id: number): StageRecord {
  const raw = { id, pipeline_id, name: 'Deleted stage' };
  return { ...stageCopy(raw), deletedSec: 0 };
}

/** An activity type; one that is not active counts as deleted. */
export function activityTypeCopy(raw: Raw): ActivityTypeRecord {
  const times = timesOf(raw);
  return {
    id: idOf(raw, 'activity type'),
    name: textOf(raw, 'name') ?? '',
    key_string: textOf(raw, 'key_string') ?? '',
    icon_key: textOf(raw, 'icon_key') ?? 'task',
    color: textOf(raw, 'color'),
    order_nr: numberOf(raw, 'order_nr') ?? 0,
    custom: flagOf(raw, 'is_custom_flag'),
    ...times,
    deletedSec: flagOf(raw, 'active_flag') ? null : times.updatedSec,
  };
}

/** A lead label; `id` is its place in the list. */
export function leadLabelCopy(raw: Raw, id: number): LeadLabelRecord {
  const uuid = textOf(raw, 'id') ?? '';
  return {
    id,
    uuid,
    name: textOf(raw, 'name') ?? '',
    color: textOf(raw, 'color') ?? 'gray',
    ...msTimesOf(raw),
  };
}

/** A currency, custom ones too. */
export function currencyCopy(raw: Raw): CurrencyRecord {
  return {
    id: idOf(raw, 'currency'),
    code: textOf(raw, 'code') ?? '',
    name: textOf(raw, 'name') ?? '',
    decimal_points: numberOf(raw, 'decimal_points') ?? 2,
    symbol: textOf(raw, 'symbol') ?? '',
    active_flag: flagOf(raw, 'active_flag'),
    is_custom_flag: flagOf(raw, 'is_custom_flag'),
  };
}

/** A board of projects. */
export function boardCopy(raw: Raw): BoardRecord {
  return {
    id: idOf(raw, 'board'),
    name: textOf(raw, 'name') ?? '',
    order_nr: numberOf(raw, 'order_nr') ?? 0,
    ...msTimesOf(raw),
  };
}

/** A phase of a board. */
export function phaseCopy(raw: Raw): PhaseRecord {
  return { ...boardCopy(raw), board_id: numberOf(raw, 'board_id') ?? 0 };
}

/** A template of projects; what it holds the API does not say. */
export function templateCopy(raw: Raw): ProjectTemplateRecord {
  return {
    id: idOf(raw, 'project template'),
    title: textOf(raw, 'title') ?? '',
    description: textOf(raw, 'description'),
    projects_board_id: numberOf(raw, 'projects_board_id') ?? 0,
    owner_id: numberOf(raw, 'owner_id') ?? 0,
    tasks: [],
    groups: [],
    ...msTimesOf(raw),
  };
}

/** What `GET /v1/users/me` says of the company. */
export function companyKeys(me: Raw): Raw {
  const { language } = me;
  const keys = Object.entries(me).filter(([key]) => key.startsWith('company_'));
  return { ...Object.fromEntries(keys), ...(objectOf(me, 'language') ? { language } : {}) };
}
