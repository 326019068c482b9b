/** How records lie in memory: compact, times in whole seconds since 1970, only filled custom fields. */

/** Values of custom fields by field code; a field that is empty is absent. */
export type CustomValues = Readonly<Record<string, unknown>>;

/** What every record of the five core entities has. */
export interface CoreRecord {
  readonly id: number;
  readonly owner_id: number;
  readonly addedSec: number;
  readonly updatedSec: number;
  /** When it was deleted, or null. */
  readonly deletedSec: number | null;
}

/** An address: the text as it was given, and its parts as far as they were given. */
export interface AddressValue {
  readonly value: string | null;
  readonly country?: string | null;
  readonly admin_area_level_1?: string | null;
  readonly admin_area_level_2?: string | null;
  readonly locality?: string | null;
  readonly sublocality?: string | null;
  readonly route?: string | null;
  readonly street_number?: string | null;
  readonly subpremise?: string | null;
  readonly postal_code?: string | null;
}

/** A company. */
export interface OrganizationRecord extends CoreRecord {
  readonly name: string;
  readonly visible_to: number;
  readonly label_ids: readonly number[];
  readonly address: AddressValue | null;
  readonly website: string | null;
  readonly linkedin: string | null;
  readonly industry: number | null;
  readonly annual_revenue: number | null;
  readonly employee_count: number | null;
  readonly custom: CustomValues | null;
}

/** An e-mail, a phone number or an instant-messaging name. */
export interface Reach {
  readonly value: string;
  readonly primary: boolean;
  readonly label: string;
}

/** A contact person; `org_id` is the company they work for. */
export interface PersonRecord extends CoreRecord {
  readonly name: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly org_id: number | null;
  readonly emails: readonly Reach[];
  readonly phones: readonly Reach[];
  readonly visible_to: number;
  readonly label_ids: readonly number[];
  readonly marketing_status: string;
  /** The five Contact Sync fields, where there are any. */
  readonly sync: ContactSync | null;
  readonly custom: CustomValues | null;
}

/** Five person fields that exist only once somebody has set up Contact Sync (see the switch `contactSync`). */
export interface ContactSync {
  readonly postal_address: AddressValue | null;
  readonly notes: string | null;
  readonly im: readonly Reach[];
  readonly birthday: string | null;
  readonly job_title: string | null;
}

/** How a deal stands. Archived and deleted are marks of their own, beside the status. */
export type DealStatus = 'open' | 'won' | 'lost';

/** A deal in a stage. `value` is an amount in `currency`; `probability` is in percent, null for the stage's own. */
export interface DealRecord extends CoreRecord {
  readonly title: string;
  readonly creator_user_id: number;
  readonly person_id: number | null;
  readonly org_id: number | null;
  readonly stage_id: number;
  readonly value: number;
  readonly currency: string;
  readonly status: DealStatus;
  readonly probability: number | null;
  readonly lost_reason: string | null;
  readonly visible_to: number;
  readonly stageChangedSec: number | null;
  readonly closedSec: number | null;
  readonly wonSec: number | null;
  readonly lostSec: number | null;
  /** When it was archived, or null. */
  readonly archivedSec: number | null;
  readonly expected_close_date: string | null;
  readonly label_ids: readonly number[];
  readonly origin: string;
  readonly custom: CustomValues | null;
}

/** A person of an activity; one of them is the primary one. */
export interface Participant {
  readonly person_id: number;
  readonly primary: boolean;
}

/** Somebody invited to an activity, by e-mail address. */
export interface Attendee {
  readonly email: string | null;
  readonly name: string | null;
  readonly status: string | null;
  readonly is_organizer: boolean;
  readonly person_id: number | null;
  readonly user_id: number | null;
}

/** An activity; `due_time` and `duration` are kept with seconds, as the API shows them. */
export interface ActivityRecord extends CoreRecord {
  readonly subject: string;
  readonly type: string;
  readonly creator_user_id: number;
  readonly deal_id: number | null;
  readonly lead_id: string | null;
  readonly org_id: number | null;
  readonly due_date: string | null;
  readonly due_time: string | null;
  readonly duration: string | null;
  readonly busy: boolean;
  readonly done: boolean;
  readonly doneSec: number | null;
  readonly location: AddressValue | null;
  readonly participants: readonly Participant[];
  readonly attendees: readonly Attendee[];
  readonly public_description: string | null;
  readonly priority: number | null;
  readonly outcome: number | null;
  readonly note: string | null;
}

/** A note: HTML on a deal, lead, person or organization. */
export interface NoteRecord {
  readonly id: number;
  readonly content: string;
  readonly user_id: number;
  readonly last_update_user_id: number | null;
  readonly lead_id: string | null;
  readonly deal_id: number | null;
  readonly person_id: number | null;
  readonly org_id: number | null;
  /** Which of deal, lead, person, organization the note is pinned to. */
  readonly pinned: readonly string[];
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** A lead. The API knows it by `uuid`; `id` only keeps the order of creation. */
export interface LeadRecord {
  readonly id: number;
  readonly uuid: string;
  readonly title: string;
  readonly owner_id: number;
  readonly creator_id: number;
  readonly label_ids: readonly string[];
  readonly person_id: number | null;
  readonly organization_id: number | null;
  readonly value: { readonly amount: number; readonly currency: string } | null;
  readonly expected_close_date: string | null;
  readonly visible_to: string;
  readonly was_seen: boolean;
  readonly is_archived: boolean;
  readonly origin_id: string | null;
  readonly channel: number | null;
  readonly channel_id: string | null;
  readonly custom: CustomValues | null;
  readonly addedMs: number;
  readonly updatedMs: number;
  readonly deletedSec: number | null;
}

/** A label of leads. The API knows it by `uuid`. */
export interface LeadLabelRecord {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly color: string;
  readonly addedMs: number;
  readonly updatedMs: number;
  readonly deletedSec: number | null;
}

/** Somebody with a seat. Deactivated users stay in the list and own nothing new (see the switch `inactiveOwner`). */
export interface UserRecord {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly admin: boolean;
  readonly apiToken: string;
  readonly currency: string;
  readonly timezone: string;
  readonly addedSec: number;
}

/** A pipeline; its stages name it. */
export interface PipelineRecord {
  readonly id: number;
  readonly name: string;
  readonly order_nr: number;
  readonly is_deal_probability_enabled: boolean;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** A stage of a pipeline; `deal_probability` is in percent. */
export interface StageRecord {
  readonly id: number;
  readonly name: string;
  readonly pipeline_id: number;
  readonly order_nr: number;
  readonly deal_probability: number;
  readonly is_deal_rot_enabled: boolean;
  readonly days_to_rotten: number | null;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** A type of activities; activities name it by `key_string`, which never changes. */
export interface ActivityTypeRecord {
  readonly id: number;
  readonly name: string;
  readonly key_string: string;
  readonly icon_key: string;
  readonly color: string | null;
  readonly order_nr: number;
  readonly custom: boolean;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** Two organizations and how they belong together; for `parent`, `ownerOrgId` is the parent. */
export interface RelationshipRecord {
  readonly id: number;
  readonly type: 'parent' | 'related';
  readonly ownerOrgId: number;
  readonly linkedOrgId: number;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** What custom fields can be defined for. */
export type FieldEntity = 'deal' | 'person' | 'organization' | 'product' | 'activity';

/** A choice of an option field. Built-in fields have texts for ids, custom fields numbers. */
export interface FieldOption {
  readonly id: number | string;
  readonly label: string;
  readonly color: string | null;
  readonly addedSec: number | null;
  readonly updatedSec: number | null;
}

/** A field definition; `code` is its key in records, 40 hex digits for custom fields. */
export interface FieldRecord {
  readonly id: number;
  readonly entity: FieldEntity;
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly options: readonly FieldOption[] | null;
  readonly custom: boolean;
  /** Left out of answers unless asked for. */
  readonly optional: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly deletedSec: number | null;
}
