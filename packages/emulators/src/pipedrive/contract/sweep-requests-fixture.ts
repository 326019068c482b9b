/** What earlier operations of a sweep answered, by their key. */
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export type Made = Readonly<Record<string, any>>;

/** What a request of the sweep carries beyond what its description makes plain. */
export interface SweepRequest {
  /** Values of the path's `{...}` parts. */
  readonly at?: Readonly<Record<string, unknown>>;
  readonly query?: string;
  readonly json?: unknown;
  /** Parts of a form; the value `file` sends a small file. */
  readonly form?: Readonly<Record<string, string>>;
}

const FIELD = { field_name: 'Sweep', field_type: 'enum', options: [{ label: 'A' }, { label: 'B' }] };
const LINE = { object: 'deal', field_id: 'title', operator: "LIKE '%$%'", value: 'A', extra_value: null };
/** A filter over deals. */
export const FILTER = {
  name: 'Sweep',
  type: 'deals',
  conditions: {
    glue: 'and',
    conditions: [
      { glue: 'and', conditions: [LINE] },
      { glue: 'or', conditions: [] },
    ],
  },
};
const TIMELINE = 'start_date=2026-01-01&interval=month&amount=2&field_key=add_time';
const PROVIDER = '1e3943c9-6395-462b-b432-1f252c017f3d';
const RECORDING = { name: 'call.mp3' };
const ENTITIES = ['deal', 'person', 'organization', 'product', 'project'] as const;
const FOLLOWED = ['deals', 'persons', 'organizations', 'products'] as const;

type Rows = Readonly<Record<string, (made: Made) => SweepRequest>>;

const FIELD_ROWS: Rows = Object.fromEntries(
  ENTITIES.flatMap((entity) => {
    const add = `v2 POST /${entity}Fields`;
    const options = `/${entity}Fields/{field_code}/options`;
    return [
      [add, () => ({ json: FIELD })],
      [`v2 PATCH ${options}`, (made: Made) => ({ json: [{ id: made[add].options[0].id, label: 'Z' }] })],
      [`v2 DELETE ${options}`, (made: Made) => ({ json: [{ id: made[add].options[1].id }] })],
    ];
  }),
);

/** Many at once: the first custom field, which no other row is about. */
const MANY_FIELDS_ROWS: Rows = Object.fromEntries(
  ['dealFields', 'personFields', 'organizationFields', 'productFields'].map((path) => [
    `v1 DELETE /${path}`,
    (made: Made) => {
      const fields = made[`v1 GET /${path}`] as readonly { readonly id: number; readonly key: string }[];
      return { query: `ids=${fields.find(({ key }) => key.length === 40)?.id}` };
    },
  ]),
);

const FOLLOWER_ROWS: Rows = Object.fromEntries(
  FOLLOWED.flatMap((path) => [
    [`v2 POST /${path}/{id}/followers`, () => ({ at: { id: 1 }, json: { user_id: 2 } })],
    [`v2 DELETE /${path}/{id}/followers/{follower_id}`, () => ({ at: { id: 1, follower_id: 2 } })],
    [`v1 POST /${path}/{id}/followers`, () => ({ at: { id: 1 }, json: { user_id: 3 } })],
    [
      `v1 DELETE /${path}/{id}/followers/{follower_id}`,
      (made: Made) => ({ at: { id: 1, follower_id: made[`v1 POST /${path}/{id}/followers`].id } }),
    ],
  ]),
);

const MERGE_ROWS: Rows = Object.fromEntries(
  ['deals', 'persons', 'organizations'].map((path) => [
    `v1 PUT /${path}/{id}/merge`,
    () => ({ at: { id: 30 }, json: { merge_with_id: 31 } }),
  ]),
);

/** Requests that the description alone does not make; the rest is made from parameters and bodies it names. */
export const SWEEP_REQUESTS: Rows = {
  ...FIELD_ROWS,
  ...MANY_FIELDS_ROWS,
  ...FOLLOWER_ROWS,
  ...MERGE_ROWS,
  'v1 POST /files': () => ({ form: { file: 'file', deal_id: '1' } }),
  'v1 PUT /files/{id}': () => ({ json: { name: 'Renamed' } }),
  'v1 POST /files/remote': () => ({
    form: { file_type: 'gdoc', title: 'A', item_type: 'deal', item_id: '1', remote_location: 'googledrive' },
  }),
  'v1 POST /files/remoteLink': () => ({
    form: { item_type: 'deal', item_id: '1', remote_id: 'abc', remote_location: 'googledrive' },
  }),
  'v1 POST /callLogs/{id}/recordings': () => ({ form: { file: RECORDING.name } }),
  'v1 POST /persons/{id}/picture': () => ({ at: { id: 1 }, form: { file: 'picture.png' } }),
  'v2 GET /persons/{id}/picture': () => ({ at: { id: 1 } }),
  'v1 DELETE /persons/{id}/picture': () => ({ at: { id: 1 } }),
  'v2 POST /products/{id}/images': () => ({ at: { id: 1 }, form: { data: 'picture.png' } }),
  'v2 PUT /products/{id}/images': () => ({ at: { id: 1 }, form: { data: 'picture.png' } }),
  'v2 GET /products/{id}/images': () => ({ at: { id: 1 } }),
  'v2 DELETE /products/{id}/images': () => ({ at: { id: 1 } }),
  'v1 POST /filters': () => ({ json: FILTER }),
  'v1 PUT /filters/{id}': () => ({ json: { name: 'Swept', conditions: FILTER.conditions } }),
  'v1 DELETE /filters': () => ({ query: 'ids=1' }),
  'v1 POST /leads': () => ({ json: { title: 'Sweep', person_id: 1 } }),
  'v1 POST /notes': () => ({ json: { content: 'Sweep', deal_id: 1 } }),
  'v1 POST /organizationRelationships': () => ({
    json: { type: 'parent', rel_owner_org_id: 5, rel_linked_org_id: 6 },
  }),
  'v1 PUT /organizationRelationships/{id}': () => ({ json: { type: 'related' } }),
  'v1 POST /meetings/userProviderLinks': () => ({
    json: {
      user_provider_id: PROVIDER,
      user_id: 1,
      company_id: 7_000_001,
      marketplace_client_id: '57da5c3c55a82bb4',
    },
  }),
  'v1 DELETE /meetings/userProviderLinks/{id}': () => ({ at: { id: PROVIDER } }),
  'v1 POST /channels': () => ({ json: { name: 'Chat', provider_channel_id: 'chat-1' } }),
  'v1 POST /channels/messages/receive': () => ({
    json: {
      id: 'm1',
      channel_id: 'chat-1',
      sender_id: 's1',
      conversation_id: 'c1',
      message: 'Hello',
      status: 'sent',
      created_at: '2026-03-01T12:00:00.000Z',
    },
  }),
  'v1 DELETE /channels/{channel-id}/conversations/{conversation-id}': () => ({
    at: { 'channel-id': 'chat-1', 'conversation-id': 'c1' },
  }),
  'v1 DELETE /channels/{id}': () => ({ at: { id: 'chat-1' } }),
  'v2 POST /deals/{id}/products': () => ({
    at: { id: 1 },
    json: { product_id: 1, item_price: 1, quantity: 1 },
  }),
  'v2 POST /deals/{id}/installments': () => ({
    at: { id: 1 },
    json: { description: 'Sweep', amount: 1, billing_date: '2026-03-02' },
  }),
  'v2 PATCH /deals/{id}/products/{product_attachment_id}': () => ({ at: { id: 1 }, json: { quantity: 2 } }),
  'v2 DELETE /deals/{id}/products/{product_attachment_id}': () => ({ at: { id: 1 } }),
  'v2 PATCH /deals/{id}/installments/{installment_id}': () => ({ at: { id: 1 }, json: { amount: 2 } }),
  'v2 DELETE /deals/{id}/installments/{installment_id}': () => ({ at: { id: 1 } }),
  'v1 POST /projects': () => ({ json: { title: 'Sweep', board_id: 1, phase_id: 1 } }),
  'v2 POST /projects': () => ({ json: { title: 'Sweep', board_id: 1, phase_id: 1 } }),
  'v1 DELETE /projects/{id}': () => ({ at: { id: 2 } }),
  'v2 DELETE /projects/{id}': () => ({ at: { id: 3 } }),
  'v2 DELETE /deals/{id}/products': (made) => ({
    at: { id: 2 },
    query: `ids=${made['v2 POST /deals/{id}/products/bulk'][0].id}`,
  }),
  'v2 POST /deals/{id}/products/bulk': () => ({
    at: { id: 2 },
    json: { data: [{ product_id: 1, item_price: 1, quantity: 1 }] },
  }),
  'v1 GET /deals/timeline': () => ({ query: TIMELINE }),
  'v1 GET /deals/timeline/archived': () => ({ query: TIMELINE }),
  'v2 GET /activityFields/{field_code}': () => ({ at: { field_code: 'subject' } }),
  'v2 POST /deals/{id}/convert/lead': () => ({ at: { id: 20 }, json: {} }),
  'v2 GET /deals/{id}/convert/status/{conversion_id}': (made) => ({
    at: { id: 20, conversion_id: made['v2 POST /deals/{id}/convert/lead'].conversion_id },
  }),
  'v2 POST /leads/{id}/convert/deal': (made) => ({
    at: { id: made['seed'].leads[0] },
    json: { stage_id: 1 },
  }),
  'v2 GET /leads/{id}/convert/status/{conversion_id}': (made) => ({
    at: {
      id: made['seed'].leads[0],
      conversion_id: made['v2 POST /leads/{id}/convert/deal'].conversion_id,
    },
  }),
  'v1 POST /notes/{id}/comments': () => ({ at: { id: 1 }, json: { content: 'Sweep' } }),
  'v1 GET /notes/{id}/comments/{commentId}': (made) => ({ at: { id: 1, commentId: commentOf(made) } }),
  'v1 PUT /notes/{id}/comments/{commentId}': (made) => ({
    at: { id: 1, commentId: commentOf(made) },
    json: { content: 'Swept' },
  }),
  'v1 DELETE /notes/{id}/comments/{commentId}': (made) => ({ at: { id: 1, commentId: commentOf(made) } }),
  'v1 GET /permissionSets/{id}': (made) => ({ at: { id: made['v1 GET /permissionSets'][0].id } }),
  'v1 GET /permissionSets/{id}/assignments': (made) => ({ at: { id: made['v1 GET /permissionSets'][0].id } }),
  'v2 POST /projects/{id}/archive': () => ({ at: { id: 2 } }),
  'v1 POST /projects/{id}/archive': () => ({ at: { id: 3 } }),
  'v1 PUT /projects/{id}/plan/activities/{activityId}': () => ({
    at: { id: 1, activityId: 121 },
    json: { phase_id: 1 },
  }),
  'v1 PUT /projects/{id}/plan/tasks/{taskId}': () => ({ at: { id: 1, taskId: 1 }, json: { phase_id: 1 } }),
  'v1 PUT /mailbox/mailThreads/{id}': () => ({ form: { read_flag: '1' } }),
  'v1 POST /users': () => ({ json: { email: 'sweep@emulated.example' } }),
};

function commentOf(made: Made): string {
  const { uuid, id } = made['v1 POST /notes/{id}/comments'];
  return uuid ?? id;
}
