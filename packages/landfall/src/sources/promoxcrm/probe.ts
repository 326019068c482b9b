import { fileFields } from '../shared/export-files/export-catalog.ts';
import type { ProbePlan } from '../shared/probed-api/probe-plan.ts';
import type { RowRules } from '../shared/probed-api/row-rules.ts';
import type { RuleList } from '../shared/probed-api/rule-list.ts';

// Nothing about the API is published (P-10): paths, ways to sign in and parameters are guesses [A] of sources.md 4.3.

/** What PromoXcrm's API is asked, the likeliest first. */
export const probePlan: ProbePlan = {
  label: 'PromoXcrm',
  basePath: '/api/v1',
  lists: [
    { name: 'clients', path: 'clients' },
    { name: 'leads', path: 'leads' },
    { name: 'users', path: 'users' },
    { name: 'pipelines', path: 'pipelines' },
    { name: 'projects', path: 'projects' },
    { name: 'tasks', path: 'tasks' },
    { name: 'presentations', path: 'presentations' },
    { name: 'commissions', path: 'commissions' },
    { name: 'custom-objects', path: 'custom-objects' },
    { name: 'automations', path: 'automations' },
    { name: 'integrations', path: 'integrations' },
  ],
  auth: [
    { name: 'bearer token', headers: { authorization: 'Bearer {token}' } },
    { name: 'X-API-Key header', headers: { 'x-api-key': '{token}' } },
    { name: 'basic authorization', basic: true },
    // last: a key in an address may be written into logs on its way
    { name: 'api_key parameter', query: { api_key: '{token}' } },
  ],
  paging: [
    { kind: 'cursor', cursor: 'cursor', size: 'limit', pageRecords: 100 },
    { kind: 'page', page: 'page', size: 'per_page', first: 1, pageRecords: 100 },
    { kind: 'offset', offset: 'offset', size: 'limit', pageRecords: 100 },
  ],
  items: ['data', 'results', 'items', 'records', ''],
  total: ['meta.total', 'total', 'total_count', 'count'],
  next: ['meta.next_cursor', 'next_cursor', 'next'],
  limitHeaders: ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'],
  since: 'updated_since',
  objects: {
    list: 'custom-objects',
    key: 'key',
    label: 'label',
    fields: 'fields',
    records: 'custom-objects/{key}/records',
  },
  files: { list: 'presentations', url: 'file_url' },
};

const address = {
  pattern: '{label}: {line1}, {line2}, {city}, {state}, {postal_code}, {country}',
  between: '\n',
};

const addressMembers = ['line1', 'line2', 'city', 'state', 'postal_code', 'country'];

/** How its records become rows of the tables that `catalog.ts` knows. */
export const rowRules: readonly RowRules[] = [
  { entity: 'users', list: 'users' },
  {
    entity: 'pipelines',
    list: 'pipelines',
    each: {
      list: 'stages',
      own: { id: 'pipeline_id', name: 'pipeline', team: 'team' },
      item: { id: 'stage_id', name: 'stage' },
    },
  },
  {
    entity: 'clients',
    list: 'clients',
    open: ['custom_properties'],
    first: {
      billing_addresses: { prefix: 'billing', members: addressMembers },
      shipping_addresses: { prefix: 'shipping', members: addressMembers },
    },
    texts: { shipping_addresses: address },
    omit: ['billing_addresses'],
  },
  { entity: 'leads', list: 'leads', open: ['custom_properties'] },
  {
    entity: 'projects',
    list: 'projects',
    open: ['custom_properties'],
    texts: { promo_items: { pattern: '{quantity} x {name} ({sku}) @ {unit_price}', between: '; ' } },
    omit: ['stage_history'],
  },
  {
    entity: 'stage-changes',
    list: 'projects',
    each: { list: 'stage_history', own: { id: 'project_id' }, item: {} },
  },
  { entity: 'commissions', list: 'commissions' },
  { entity: 'tasks', list: 'tasks' },
  {
    entity: 'presentations',
    list: 'presentations',
    file: {
      url: 'file_url',
      size: 'size_bytes',
      reference: fileFields.reference,
      state: fileFields.state,
    },
  },
];

const workflow = 'Automation with the same trigger and action.';

/** Where the API may tell rules and connected systems (P-08, P-25(c)), and what would do the same. */
export const ruleLists: readonly RuleList[] = [
  {
    list: 'automations',
    title: 'Rule',
    name: 'name',
    active: 'active',
    evidence: ['kind', 'trigger', 'action'],
    by: 'kind',
    equivalents: {
      'task-rule':
        'Automation: trigger "deal stage changed", action "create activity" with the same subject and due date.',
    },
    otherwise: workflow,
    usual: [],
  },
  {
    list: 'integrations',
    title: 'Integration',
    name: 'name',
    active: 'active',
    evidence: ['direction', 'settings'],
    by: 'name',
    equivalents: {
      Xero: 'The Xero integration (invoices from deals); connect it anew.',
      Stripe: 'A Stripe app of the marketplace, or an automation with a webhook.',
      Mailchimp: 'Campaigns (an add-on), or a Mailchimp app of the marketplace.',
      QuickBooks: 'The QuickBooks integration (invoices from deals); connect it anew.',
    },
    otherwise: 'An app of the marketplace, or an automation with a webhook.',
    usual: ['Xero', 'Stripe', 'Mailchimp'],
  },
];
