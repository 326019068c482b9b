import type { Account } from '../account.ts';
import type { WorldRow } from '../world/chance.ts';
import type { Stage } from '../world/pipelines.ts';
import { type ExportTable, usDate, usMoney, usTime, words, yesNo } from './table.ts';

type Cell = (row: WorldRow, account: Account) => string;

/** The columns of one file: header, and the cell of a record. */
export type Columns = readonly (readonly [header: string, cell: Cell])[];

const text =
  (field: string): Cell =>
  (row) =>
    words(row[field]);
const date =
  (field: string): Cell =>
  (row) =>
    usDate(row[field]);
const time =
  (field: string): Cell =>
  (row) =>
    usTime(row[field]);
const money =
  (field: string): Cell =>
  (row) =>
    usMoney(row[field]);

/** Users are named by name and e-mail; the name alone where there is no e-mail. */
const user =
  (field: string): Cell =>
  (row, account) => {
    const found = account.find('users', words(row[field]));
    if (!found) return words(row[field]);
    return found.email ? `${words(found.name)} <${words(found.email)}>` : words(found.name);
  };

const pipeline: Cell = (row, account) => words(account.find('pipelines', words(row.pipeline_id))?.name);
const stage: Cell = (row, account) => stageName(account, row.pipeline_id, row.stage_id);

function stagesOf(pipeline: WorldRow | null): readonly Stage[] {
  return (pipeline?.stages as readonly Stage[] | undefined) ?? [];
}

function stageName(account: Account, pipelineId: unknown, stageId: unknown): string {
  const stages = stagesOf(account.find('pipelines', words(pipelineId)));
  return words(stages.find(({ id }) => id === stageId)?.name);
}

interface Address {
  readonly line1?: string;
  readonly line2?: string | null;
  readonly city?: string;
  readonly state?: string;
  readonly postal_code?: string;
  readonly country?: string;
}

function addressColumns(title: string, field: string): Columns {
  const part =
    (name: keyof Address): Cell =>
    (row) =>
      words((row[field] as readonly Address[] | undefined)?.[0]?.[name]);
  return [
    [`${title} Address Line 1`, part('line1')],
    [`${title} Address Line 2`, part('line2')],
    [`${title} City`, part('city')],
    [`${title} State`, part('state')],
    [`${title} Postal Code`, part('postal_code')],
    [`${title} Country`, part('country')],
  ];
}

interface PromoItem {
  readonly name: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unit_price: string;
}

/** The whole list in one cell: `500 x Tote bag (TB-210) @ $4.25; ...`. */
const promoItems: Cell = (row) =>
  ((row.promo_items as readonly PromoItem[] | undefined) ?? [])
    .map(({ name, sku, quantity, unit_price }) => `${quantity} x ${name} (${sku}) @ ${usMoney(unit_price)}`)
    .join('; ');

const tags: Cell = (row) => ((row.tags as readonly string[] | undefined) ?? []).join('; ');

/** The files of the export by their resource. Order and headers are an assumption, as everything of it. */
export const COLUMNS: Readonly<Record<string, Columns>> = {
  users: [
    ['User ID', text('id')],
    ['User Name', text('name')],
    ['User Email', text('email')],
    ['Active', (row) => yesNo(row.active)],
    ['Team', text('team')],
  ],
  leads: [
    ['Lead ID', text('id')],
    ['First Name', text('first_name')],
    ['Last Name', text('last_name')],
    ['Email', text('email')],
    ['Phone', text('phone')],
    ['Company', text('company')],
    ['Pipeline', pipeline],
    ['Stage', stage],
    ['Lead Score', text('score')],
    ['Source', text('source')],
    ['Owner', user('owner_id')],
    ['Created', time('created_at')],
    ['Updated', time('updated_at')],
  ],
  clients: [
    ['Client ID', text('id')],
    ['Client Name', text('name')],
    ['Contact First Name', text('contact_first_name')],
    ['Contact Last Name', text('contact_last_name')],
    ['Email', text('email')],
    ['Phone', text('phone')],
    ['Company', text('company')],
    ['Website', text('website')],
    ...addressColumns('Billing', 'billing_addresses'),
    ...addressColumns('Shipping', 'shipping_addresses'),
    ['Tags', tags],
    ['Rep', user('owner_id')],
    ['Created', time('created_at')],
    ['Updated', time('updated_at')],
  ],
  projects: [
    ['Project ID', text('id')],
    ['Project #', text('number')],
    ['Project Name', text('name')],
    ['Client ID', text('client_id')],
    ['Contact Email', text('contact_email')],
    ['Pipeline', pipeline],
    ['Stage', stage],
    ['Order Value', money('order_value')],
    ['Currency', text('currency')],
    ['Campaign Name', text('campaign_name')],
    ['Promo Items', promoItems],
    ['Supplier Reference', text('supplier_reference')],
    ['Fulfillment Status', text('fulfillment_status')],
    ['In-Hands Date', date('in_hands_date')],
    ['Owner', user('owner_id')],
    ['Created', time('created_at')],
    ['Updated', time('updated_at')],
  ],
  tasks: [
    ['Task ID', text('id')],
    ['Subject', text('subject')],
    ['Body', text('body')],
    ['Assignee', user('assignee_id')],
    ['Due Date', date('due_date')],
    ['Status', text('status')],
    ['Completed', time('completed_at')],
    ['Project ID', text('project_id')],
    ['Client ID', text('client_id')],
    ['Created By Rule', text('created_by_rule')],
    ['Created', time('created_at')],
  ],
  presentations: [
    ['Presentation ID', text('id')],
    ['Project ID', text('project_id')],
    ['Client ID', text('client_id')],
    ['Title', text('title')],
    ['File Name', text('file_name')],
    ['File URL', (row) => words(row.external_url ?? `https://app.promox.example/files/${row.id}`)],
    ['Status', text('status')],
    ['Created', time('created_at')],
  ],
  commissions: [
    ['Commission ID', text('id')],
    ['Rep Email', text('rep_email')],
    ['Project ID', text('project_id')],
    ['Basis', text('basis')],
    ['Rate %', text('rate')],
    ['Amount', money('amount')],
    ['Currency', text('currency')],
    ['Status', text('status')],
    ['Paid Date', date('paid_date')],
    ['Split %', text('split_percent')],
    ['Tier', text('tier')],
    ['Created', time('created_at')],
  ],
};

/** Custom properties become columns of their own, titled as people would title them. */
export function customColumns(rows: readonly WorldRow[]): Columns {
  const names = Object.keys((rows[0]?.custom_properties as object | undefined) ?? {});
  return names.map((name) => [
    HEADERS[name] ?? titled(name),
    (row) => propertyText(name, (row.custom_properties as Record<string, unknown> | undefined)?.[name]),
  ]);
}

/** Two properties go by shorter headers in the export than in the API. */
const HEADERS: Readonly<Record<string, string>> = {
  preferred_supplier_tier: 'Supplier Tier',
  artwork_format_preference: 'Artwork Format',
};

function propertyText(name: string, value: unknown): string {
  if (typeof value === 'boolean') return yesNo(value);
  if (name.endsWith('_on')) return usDate(value);
  return name === 'credit_limit' ? usMoney(value) : words(value);
}

function titled(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** Pipelines stage by stage. */
export function stageRows(pipelines: readonly WorldRow[]): ExportTable {
  return {
    header: ['Pipeline', 'Team', 'Stage', 'Position', 'Probability %', 'Outcome'],
    rows: pipelines.flatMap((one) =>
      stagesOf(one).map(({ name, position, probability, outcome }) => [
        words(one.name),
        words(one.team),
        name,
        String(position),
        words(probability),
        outcome,
      ]),
    ),
  };
}

interface HistoryEntry {
  readonly pipeline_id: number;
  readonly stage_id: number;
  readonly entered_at: string;
  readonly user_id: number;
}

/** Stage histories entry by entry. */
export function historyRows(account: Account, projects: readonly WorldRow[]): ExportTable {
  return {
    header: ['Project ID', 'Pipeline', 'Stage', 'Entered At', 'User'],
    rows: projects.flatMap((project) =>
      ((project.stage_history as readonly HistoryEntry[] | undefined) ?? []).map((entry) => [
        words(project.id),
        words(account.find('pipelines', String(entry.pipeline_id))?.name),
        stageName(account, entry.pipeline_id, entry.stage_id),
        usTime(entry.entered_at),
        words(account.find('users', String(entry.user_id))?.name),
      ]),
    ),
  };
}
