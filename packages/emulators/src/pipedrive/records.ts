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
  readonly project_id: number | null;
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

/** A note: HTML on a deal, lead, person, organization, project or task. */
export interface NoteRecord {
  readonly id: number;
  readonly content: string;
  readonly user_id: number;
  readonly last_update_user_id: number | null;
  readonly lead_id: string | null;
  readonly deal_id: number | null;
  readonly person_id: number | null;
  readonly org_id: number | null;
  readonly project_id: number | null;
  readonly task_id: number | null;
  /** Which of deal, lead, person, organization, project, task the note is pinned to. */
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
  /** The visibility group; absent: the first one, in which everybody starts. */
  readonly roleId?: number;
  /** Rights that differ from those of a regular user; an administrator has all. */
  readonly rights?: Readonly<Record<string, boolean | undefined>>;
  /** In a twin: what the live account shows of them beyond this. */
  readonly shown?: Readonly<Record<string, unknown>>;
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

/** How often somebody is billed for a product. */
export type BillingFrequency = 'one-time' | 'annually' | 'semi-annually' | 'quarterly' | 'monthly' | 'weekly';

/** A price of a product or of one of its variations; there is at most one in each currency. */
export interface PriceRecord {
  readonly price: number;
  readonly currency: string;
  readonly cost: number;
  readonly direct_cost: number | null;
  readonly notes: string;
}

/** A product of the catalogue; `tax` is in percent, `category` an option of the product field of that name. */
export interface ProductRecord extends CoreRecord {
  readonly name: string;
  readonly code: string | null;
  readonly unit: string;
  readonly tax: number;
  readonly description: string | null;
  readonly category: number | null;
  readonly is_linkable: boolean;
  readonly visible_to: number;
  readonly billing_frequency: BillingFrequency;
  readonly billing_frequency_cycles: number | null;
  readonly prices: readonly PriceRecord[];
  readonly custom: CustomValues | null;
}

/** A variation of a product, with prices of its own. */
export interface ProductVariationRecord {
  readonly id: number;
  readonly product_id: number;
  readonly name: string;
  readonly prices: readonly PriceRecord[];
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** The image of a product; its bytes lie in the state's blobs. */
export interface ProductImageRecord {
  readonly id: number;
  readonly product_id: number;
  readonly name: string;
  readonly mime_type: string;
  readonly size: number;
  readonly sha256: string;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** How the tax of a line stands to its price; all lines of a deal share it. */
export type TaxMethod = 'exclusive' | 'inclusive' | 'none';

/** What a discount is: a share in percent, or an amount in the deal's currency. */
export type DiscountType = 'percentage' | 'amount';

/** A product attached to a deal: a line. Its currency is the deal's; `item_price` is an amount, `tax` in percent. */
export interface DealProductRecord {
  readonly id: number;
  readonly deal_id: number;
  readonly product_id: number;
  readonly product_variation_id: number | null;
  readonly item_price: number;
  readonly quantity: number;
  readonly tax: number;
  readonly tax_method: TaxMethod;
  readonly discount: number;
  readonly discount_type: DiscountType;
  readonly comments: string;
  readonly is_enabled: boolean;
  readonly billing_frequency: BillingFrequency;
  readonly billing_frequency_cycles: number | null;
  readonly billing_start_date: string | null;
  readonly order_nr: number;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** A discount on a whole deal. The API knows it by `uuid`. */
export interface DealDiscountRecord {
  readonly id: number;
  readonly uuid: string;
  readonly deal_id: number;
  readonly description: string;
  readonly amount: number;
  readonly type: DiscountType;
  readonly created_by: number;
  readonly updated_by: number;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** A part of a deal's one-time amount that is billed on a day of its own. */
export interface DealInstallmentRecord {
  readonly id: number;
  readonly deal_id: number;
  readonly description: string;
  readonly amount: number;
  readonly billing_date: string;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** What can be followed. */
export type FollowedEntity = 'deal' | 'person' | 'organization' | 'product';

/** That a user follows a record, or did: following again makes a new one. */
export interface FollowerRecord {
  readonly id: number;
  readonly entity: FollowedEntity;
  readonly recordId: number;
  readonly userId: number;
  readonly addedByUserId: number;
  readonly removedByUserId: number | null;
  readonly addedSec: number;
  readonly deletedSec: number | null;
}

/** A person who takes part in a deal beside its own person. Who was removed and comes back is a new one. */
export interface DealParticipantRecord {
  readonly id: number;
  readonly dealId: number;
  readonly personId: number;
  /** False for the deal's own person: shown as long as the deal names them, and no part of what was added. */
  readonly added: boolean;
  readonly addedByUserId: number;
  readonly removedByUserId: number | null;
  readonly addedSec: number;
  readonly deletedSec: number | null;
}

/** Somebody who wants to be told of changes by HTTP. */
export interface WebhookRecord {
  readonly id: number;
  readonly name: string;
  /** Who made it, and whose rights decide what it is told. */
  readonly ownerId: number;
  readonly userId: number;
  readonly action: string;
  readonly entity: string;
  readonly url: string;
  readonly version: '1.0' | '2.0';
  readonly authUser: string | null;
  readonly authPassword: string | null;
  readonly addedSec: number;
  readonly deletedSec: number | null;
  readonly removeReason: string | null;
}

/** How the deliveries of a webhook went. `failures` counts failed first attempts in a row. */
export interface DeliveryStatus {
  readonly lastMs: number | null;
  /** Null: no answer in time. */
  readonly lastStatus: number | null;
  readonly failures: number;
  readonly failingSinceMs: number | null;
  readonly bannedUntilMs: number;
}

/** A visibility group: the API calls it a role. Its sub-groups name it. */
export interface RoleRecord {
  readonly id: number;
  readonly name: string;
  readonly parentId: number | null;
  /** `visible_to` of new records by entity, where the group has its own. */
  readonly defaults: Readonly<Record<string, number>>;
  readonly addedSec: number;
  readonly deletedSec: number | null;
}

/** What a file, a mail or a call hangs on; each null where there is none. */
export interface FileLinks {
  readonly deal_id: number | null;
  readonly person_id: number | null;
  readonly org_id: number | null;
  readonly product_id: number | null;
  readonly activity_id: number | null;
  readonly lead_id: string | null;
  readonly project_id: number | null;
}

/** An uploaded file, or (`sha256` null) a link to one in another service. `size` is in bytes. */
export interface FileRecord extends FileLinks {
  readonly id: number;
  readonly user_id: number;
  readonly name: string;
  readonly file_name: string;
  readonly file_type: string;
  readonly contentType: string;
  readonly description: string;
  readonly size: number;
  readonly sha256: string | null;
  readonly remote_location: string;
  readonly remote_id: string;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** A person's picture; a new one takes the place of the old. */
export interface PictureRecord {
  readonly id: number;
  readonly person_id: number;
  readonly user_id: number;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
  readonly addedSec: number;
  readonly deletedSec: number | null;
}

/** A comment on a note. The API knows it by `uuid`. */
export interface NoteCommentRecord {
  readonly id: number;
  readonly uuid: string;
  readonly note_id: number;
  readonly content: string;
  readonly user_id: number;
  readonly updater_id: number;
  readonly addedMs: number;
  readonly updatedMs: number;
  readonly deletedSec: number | null;
}

/** A phone call. The API knows it by `code`; `sha256` is that of its recording. */
export interface CallLogRecord {
  readonly id: number;
  readonly code: string;
  readonly user_id: number;
  readonly activity_id: number | null;
  readonly person_id: number | null;
  readonly org_id: number | null;
  readonly deal_id: number | null;
  readonly lead_id: string | null;
  readonly subject: string | null;
  readonly duration: string;
  readonly outcome: string;
  readonly from_phone_number: string | null;
  readonly to_phone_number: string;
  readonly startSec: number;
  readonly endSec: number;
  readonly note: string | null;
  readonly sha256: string | null;
  readonly deletedSec: number | null;
}

/** One line of a filter, as it was given. */
export interface FilterCondition {
  readonly object: string;
  readonly field_id: string;
  readonly operator: string;
  readonly value: string | null;
  readonly extra_value: string | null;
}

/** Lines that must all hold (`and`), or of which one must (`or`). */
export interface FilterGroup {
  readonly glue: 'and' | 'or';
  readonly conditions: readonly FilterCondition[];
}

/** What a filter can be for. */
export type FilterType = 'deals' | 'leads' | 'org' | 'people' | 'products' | 'activity' | 'projects';

/** A saved filter: both groups must hold. */
export interface FilterRecord {
  readonly id: number;
  readonly name: string;
  readonly type: FilterType;
  readonly user_id: number;
  readonly groups: readonly FilterGroup[];
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** One address of a mail. */
export interface MailParty {
  readonly email: string;
  readonly name: string;
}

/** A conversation by mail. Its times, parties and flags follow from its messages. */
export interface MailThreadRecord {
  readonly id: number;
  readonly user_id: number;
  readonly subject: string;
  readonly deal_id: number | null;
  readonly lead_id: string | null;
  readonly shared: boolean;
  readonly read: boolean;
  readonly archived: boolean;
  readonly version: number;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** One mail of a thread. */
export interface MailMessageRecord {
  readonly id: number;
  readonly thread_id: number;
  readonly user_id: number;
  readonly subject: string;
  readonly snippet: string;
  /** Of its body; null where it has none. */
  readonly sha256: string | null;
  readonly from: readonly MailParty[];
  readonly to: readonly MailParty[];
  readonly cc: readonly MailParty[];
  readonly bcc: readonly MailParty[];
  readonly sent: boolean;
  readonly draft: boolean;
  readonly hasAttachments: boolean;
  readonly messageSec: number;
  readonly addedSec: number;
}

/** A messaging channel. The API knows it by `uuid`, its provider by `provider_channel_id`. */
export interface ChannelRecord {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly provider_channel_id: string;
  readonly avatar_url: string | null;
  readonly template_support: boolean;
  readonly provider_type: string;
  readonly user_id: number;
  readonly addedSec: number;
  readonly deletedSec: number | null;
}

/** A message of a channel's conversation, as its provider sent it. */
export interface ChannelMessageRecord {
  readonly id: number;
  readonly channelId: number;
  readonly conversation_id: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly deletedSec: number | null;
}

/** That a user has installed a video-call integration. */
export interface ProviderLinkRecord {
  readonly id: number;
  readonly user_provider_id: string;
  readonly user_id: number;
  readonly marketplace_client_id: string;
  readonly deletedSec: number | null;
}

/** What custom fields can be defined for. */
export type FieldEntity = 'deal' | 'person' | 'organization' | 'product' | 'activity' | 'project';

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
