import * as v1 from 'pipedrive/v1';
import * as v2 from 'pipedrive/v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedPipedrive, servePipedrive } from './emulator.ts';

/** What answers of the client have in common. */
interface Answer {
  readonly success?: boolean;
  readonly data?: unknown;
}

/** A record's life through the official client: each step answers what the client makes of the answer. */
interface Life {
  readonly name: string;
  readonly add: () => Promise<Answer>;
  readonly get?: (id: never) => Promise<Answer>;
  readonly list: () => Promise<Answer>;
  readonly update?: (id: never) => Promise<Answer>;
  readonly search?: () => Promise<Answer>;
  readonly remove: (id: never) => Promise<Answer>;
  /** What the record holds once it was updated. */
  readonly after: object;
}

const newest = { sort_direction: 'desc', limit: 10 } as const;

let served: ServedPipedrive;
let lives: readonly Life[];

beforeAll(async () => {
  served = await servePipedrive({
    plan: 'premium',
    limits: 'off',
    world: 'lived-in',
    switches: { searchLagMs: 0 },
  });
  const two = new v2.Configuration({ apiKey: served.token, basePath: `${served.url}/api/v2` });
  const one = new v1.Configuration({ apiKey: served.token, basePath: `${served.url}/api/v1` });
  lives = [...livesOfV2(two), ...livesOfV1(one)];
});
afterAll(() => served.close());

const NAMES = [
  'organization',
  'person',
  'deal',
  'activity',
  'product',
  'pipeline',
  'stage',
  'deal field',
  'note',
  'lead',
  'lead label',
  'filter',
  'webhook',
];

describe('the official client over HTTP', () => {
  test.each(NAMES)('creates, reads, lists, updates, finds and deletes: %s', async (name) => {
    const life = lives.find((each) => each.name === name) as Life;
    const made = await life.add();
    expect(made.success).toBe(true);
    const { data } = made as { data: { id?: never; field_code?: never } };
    const id = (data.id ?? data.field_code) as never;
    expect(rows(await life.list())).toContainEqual(expect.objectContaining(named(data)));
    if (life.update) expect((await life.update(id)).data).toMatchObject(life.after);
    if (life.get) expect((await life.get(id)).data).toMatchObject(life.after);
    if (life.search)
      expect(JSON.stringify((await life.search()).data)).toContain(`"id":${JSON.stringify(id)}`);
    expect((await life.remove(id)).success).toBe(true);
  });

  test('there is a life for every name', () => {
    expect(lives.map(({ name }) => name)).toEqual(NAMES);
  });

  test('uploads a file, reads, renames, downloads and deletes it', async () => {
    const api = new v1.FilesApi(
      new v1.Configuration({ apiKey: served.token, basePath: `${served.url}/api/v1` }),
    );
    const { data } = await api.addFile({ file: new File(['hello'], 'offer.txt'), deal_id: 1 });
    const id = data?.id as number;
    expect(data).toMatchObject({ deal_id: 1, name: 'offer.txt', file_size: 5 });
    expect((await api.updateFile({ id, name: 'Offer' })).data).toMatchObject({ name: 'Offer' });
    expect((await api.getFiles({})).data).toContainEqual(expect.objectContaining({ id }));
    expect(String(await api.downloadFile({ id }))).toBe('hello');
    expect((await api.deleteFile({ id })).success).toBe(true);
  });

  test('throws the body of a refusal', async () => {
    const api = new v2.DealsApi(
      new v2.Configuration({ apiKey: served.token, basePath: `${served.url}/api/v2` }),
    );
    await expect(api.getDeal({ id: 999_999 })).rejects.toMatchObject({
      success: false,
      code: 'ERR_NOT_FOUND',
    });
    const wrong = new v2.DealsApi(new v2.Configuration({ apiKey: 'x', basePath: `${served.url}/api/v2` }));
    await expect(wrong.getDeals()).rejects.toMatchObject({ success: false, errorCode: 401 });
  });

  test('signs in by OAuth: consent, code, token, refresh, revocation', async () => {
    const { clientId, clientSecret, redirectUri } = served.emulator.oauth;
    const oauth = new v2.OAuth2Configuration({ clientId, clientSecret, redirectUri, host: served.url });
    const consent = await fetch(oauth.authorizationUrl, { redirect: 'manual' });
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code');
    const token = await oauth.authorize(code ?? '');
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 3_600, api_domain: served.url });
    const deals = new v2.DealsApi(
      new v2.Configuration({ accessToken: oauth.getAccessToken, basePath: `${served.url}/api/v2` }),
    );
    expect((await deals.getDeals({ limit: 1 })).data).toHaveLength(1);
    const first = await oauth.getAccessToken();
    await oauth.tokenRefresh();
    expect(await oauth.getAccessToken()).not.toBe(first);
    expect((await deals.getDeals({ limit: 1 })).success).toBe(true);
    await oauth.revokeToken('access_token');
    await expect(deals.getDeals({ limit: 1 })).rejects.toMatchObject({ success: false });
    await oauth.revokeToken('refresh_token');
    await expect(oauth.tokenRefresh()).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

function rows(answer: Answer): readonly unknown[] {
  return answer.data as readonly unknown[];
}

function named({ id, field_code }: { id?: unknown; field_code?: unknown }): object {
  return id === undefined ? { field_code } : { id };
}

function livesOfV2(config: v2.Configuration): readonly Life[] {
  const organizations = new v2.OrganizationsApi(config);
  const persons = new v2.PersonsApi(config);
  const deals = new v2.DealsApi(config);
  return [
    {
      name: 'organization',
      add: () =>
        organizations.addOrganization({ AddOrganizationRequest: { name: 'Client Org', employee_count: 7 } }),
      get: (id) => organizations.getOrganization({ id }),
      list: () => organizations.getOrganizations(newest),
      update: (id) =>
        organizations.updateOrganization({ id, UpdateOrganizationRequest: { name: 'Client Org 2' } }),
      search: () => organizations.searchOrganization({ term: 'Client Org 2' }),
      remove: (id) => organizations.deleteOrganization({ id }),
      after: { name: 'Client Org 2' },
    },
    {
      name: 'person',
      add: () =>
        persons.addPerson({ AddPersonRequest: { name: 'Client Ada', emails: [{ value: 'a@client.test' }] } }),
      get: (id) => persons.getPerson({ id }),
      list: () => persons.getPersons(newest),
      update: (id) => persons.updatePerson({ id, UpdatePersonRequest: { name: 'Client Ada 2' } }),
      search: () => persons.searchPersons({ term: 'Client Ada 2', fields: 'name' }),
      remove: (id) => persons.deletePerson({ id }),
      after: { name: 'Client Ada 2', emails: [{ value: 'a@client.test', primary: true, label: 'work' }] },
    },
    {
      name: 'deal',
      add: () => deals.addDeal({ AddDealRequest: { title: 'Client Deal', value: 10.5, currency: 'EUR' } }),
      get: (id) => deals.getDeal({ id }),
      list: () => deals.getDeals(newest),
      update: (id) => deals.updateDeal({ id, UpdateDealRequest: { title: 'Client Deal 2', status: 'won' } }),
      search: () => deals.searchDeals({ term: 'Client Deal 2', status: 'won' }),
      remove: (id) => deals.deleteDeal({ id }),
      after: { title: 'Client Deal 2', status: 'won', value: 10.5 },
    },
    ...livesOfWork(config),
    ...configurationLives(config),
  ];
}

function livesOfWork(config: v2.Configuration): readonly Life[] {
  const activities = new v2.ActivitiesApi(config);
  const products = new v2.ProductsApi(config);
  return [
    {
      name: 'activity',
      add: () =>
        activities.addActivity({ AddActivityRequest: { subject: 'Client call', type: 'call', done: false } }),
      get: (id) => activities.getActivity({ id }),
      list: () => activities.getActivities(newest),
      update: (id) =>
        activities.updateActivity({ id, AddActivityRequest: { subject: 'Client call 2', done: true } }),
      remove: (id) => activities.deleteActivity({ id }),
      after: { subject: 'Client call 2', done: true },
    },
    {
      name: 'product',
      add: () => products.addProduct({ AddProductRequest: { name: 'Client product', code: 'CP-1' } }),
      get: (id) => products.getProduct({ id }),
      list: () => products.getProducts(newest),
      update: (id) => products.updateProduct({ id, UpdateProductRequest: { name: 'Client product 2' } }),
      search: () => products.searchProducts({ term: 'Client product 2' }),
      remove: (id) => products.deleteProduct({ id }),
      after: { name: 'Client product 2', code: 'CP-1' },
    },
  ];
}

function configurationLives(config: v2.Configuration): readonly Life[] {
  const pipelines = new v2.PipelinesApi(config);
  const stages = new v2.StagesApi(config);
  const fields = new v2.DealFieldsApi(config);
  return [
    {
      name: 'pipeline',
      add: () => pipelines.addPipeline({ AddPipelineRequest: { name: 'Client pipeline' } }),
      get: (id) => pipelines.getPipeline({ id }),
      list: () => pipelines.getPipelines(),
      update: (id) => pipelines.updatePipeline({ id, UpdatePipelineRequest: { name: 'Client pipeline 2' } }),
      remove: (id) => pipelines.deletePipeline({ id }),
      after: { name: 'Client pipeline 2' },
    },
    {
      name: 'stage',
      add: () => stages.addStage({ AddStageRequest: { name: 'Client stage', pipeline_id: 1 } }),
      get: (id) => stages.getStage({ id }),
      list: () => stages.getStages({ pipeline_id: 1 }),
      update: (id) => stages.updateStage({ id, UpdateStageRequest: { name: 'Client stage 2' } }),
      remove: (id) => stages.deleteStage({ id }),
      after: { name: 'Client stage 2' },
    },
    {
      name: 'deal field',
      add: () =>
        fields.addDealField({
          AddDealFieldRequest: { field_name: 'Client field', field_type: 'enum', options: [{ label: 'A' }] },
        }),
      get: (field_code) => fields.getDealField({ field_code }),
      list: () => fields.getDealFields({ limit: 500 }),
      update: (field_code) =>
        fields.updateDealField({ field_code, UpdateDealFieldRequest: { field_name: 'Client field 2' } }),
      remove: (field_code) => fields.deleteDealField({ field_code }),
      after: { field_name: 'Client field 2', is_custom_field: true },
    },
  ];
}

function livesOfV1(config: v1.Configuration): readonly Life[] {
  const notes = new v1.NotesApi(config);
  const leads = new v1.LeadsApi(config);
  const labels = new v1.LeadLabelsApi(config);
  const filters = new v1.FiltersApi(config);
  const webhooks = new v1.WebhooksApi(config);
  return [
    {
      name: 'note',
      add: () => notes.addNote({ AddNoteRequest: { content: '<p>By the client</p>', deal_id: 1 } }),
      get: (id) => notes.getNote({ id }),
      list: () => notes.getNotes({ deal_id: 1 }),
      update: (id) => notes.updateNote({ id, NoteRequest: { content: '<p>Twice</p>' } }),
      remove: (id) => notes.deleteNote({ id }),
      after: { content: '<p>Twice</p>', deal_id: 1 },
    },
    {
      name: 'lead',
      add: () => leads.addLead({ AddLeadRequest: { title: 'Client lead', person_id: 1 } }),
      get: (id) => leads.getLead({ id }),
      list: () => leads.getLeads({ limit: 500 }),
      update: (id) => leads.updateLead({ id, UpdateLeadRequest: { title: 'Client lead 2' } }),
      search: () => leads.searchLeads({ term: 'Client lead 2' }),
      remove: (id) => leads.deleteLead({ id }),
      after: { title: 'Client lead 2', person_id: 1 },
    },
    {
      name: 'lead label',
      add: () => labels.addLeadLabel({ AddLeadLabelRequest: { name: 'Client label', color: 'blue' } }),
      list: () => labels.getLeadLabels(),
      update: (id) => labels.updateLeadLabel({ id, UpdateLeadLabelRequest: { name: 'Client label 2' } }),
      remove: (id) => labels.deleteLeadLabel({ id }),
      after: { name: 'Client label 2', color: 'blue' },
    },
    {
      name: 'filter',
      add: () =>
        filters.addFilter({ AddFilterRequest: { name: 'Client filter', type: 'deals', conditions: OPEN } }),
      get: (id) => filters.getFilter({ id }),
      list: () => filters.getFilters(),
      remove: (id) => filters.deleteFilter({ id }),
      after: { name: 'Client filter', type: 'deals' },
    },
    {
      name: 'webhook',
      add: () => webhooks.addWebhook({ AddWebhookRequest: HOOK }),
      list: () => webhooks.getWebhooks(),
      remove: (id) => webhooks.deleteWebhook({ id }),
      after: {},
    },
  ];
}

/** Deals that are open. */
const OPEN = {
  glue: 'and',
  conditions: [
    {
      glue: 'and',
      conditions: [{ object: 'deal', field_id: 'status', operator: '=', value: 'open', extra_value: null }],
    },
    { glue: 'or', conditions: [] },
  ],
};

const HOOK = {
  subscription_url: 'http://127.0.0.1:9/hook',
  event_action: 'create',
  event_object: 'deal',
  name: 'Client hook',
} as const;
