import { type TestClient, testClient } from '../test-client.ts';

const LIVELY = {
  users: [{ name: 'Second Admin', email: 'second@emulated.example', is_admin: true }],
  fields: [
    { entity: 'deal', field_name: 'Visit', field_type: 'timerange' },
    {
      entity: 'deal',
      field_name: 'Colours',
      field_type: 'set',
      options: [{ label: 'Red' }, { label: 'Blue' }],
    },
    { entity: 'organization', field_name: 'Site', field_type: 'address' },
    { entity: 'product', field_name: 'Material', field_type: 'varchar' },
    { entity: 'project', field_name: 'Kind', field_type: 'enum', options: [{ label: 'In' }] },
  ],
  leadLabels: [{ name: 'Fair', color: 'green' }],
  products: [
    {
      name: 'Chair',
      code: 'C-1',
      prices: [{ currency: 'TRY', price: 12.5 }],
      custom_fields: { Material: 'oak' },
    },
  ],
  boards: [{ name: 'Service' }],
  phases: [{ name: 'Plan', board_id: 2 }],
  projectTemplates: [{ title: 'Fit-out', projects_board_id: 2 }],
  deals: [
    {
      title: 'Full',
      person_id: 1,
      label_ids: [2],
      probability: 40,
      custom_fields: { Visit: { value: '10:00', until: '11:30' }, Colours: ['Red', 'Blue'] },
    },
    { title: 'Old', is_archived: true, status: 'lost', lost_reason: 'Price' },
  ],
  organizations: [
    {
      name: 'Site owner',
      website: 'site.example',
      label_ids: [9],
      industry: 14,
      annual_revenue: 5_000,
      linkedin: 'in/site',
      employee_count: 12,
      custom_fields: { Site: { value: 'Main 1', locality: 'Bursa' } },
    },
  ],
  persons: [
    {
      name: 'Synced Person',
      job_title: 'CEO',
      birthday: '1980-01-02',
      visible_to: 1,
      label_ids: [5],
      marketing_status: 'subscribed',
      emails: [{ value: 's@x.example', label: 'home' }],
    },
  ],
  leads: [
    { title: 'Lead one', person_id: 2, value: { amount: 5, currency: 'USD' }, Colours: ['Blue'] },
    { title: 'Lead two', organization_id: 2 },
  ],
  notes: [{ content: 'pinned', deal_id: 1, pinned_to_deal_flag: 1 }],
  activities: [
    { subject: 'Call', attendees: [{ email: 'a@b.example' }], due_time: '10:00', note: '<b>x</b>' },
  ],
};

/** A lived-in company with one of everything that the copy has to carry. */
export async function lively(): Promise<TestClient> {
  const client = testClient({
    world: 'lived-in',
    plan: 'premium',
    seats: 7,
    switches: { contactSync: true },
  });
  client.emulator.control.seed(LIVELY);
  const [lead, other] = (await client.call('GET', '/v1/leads')).body.data;
  const [label] = (await client.call('GET', '/v1/leadLabels')).body.data;
  const change = {
    label_ids: [label.id],
    was_seen: true,
    expected_close_date: '2026-05-01',
    visible_to: '1',
  };
  await client.call('PATCH', `/v1/leads/${other.id}`, change);
  await client.call('PATCH', `/v1/leads/${lead.id}`, { is_archived: true });
  const setting = { setting_key: 'deal_default_visibility', value: 1 };
  await client.call('POST', '/v1/roles/1/settings', setting);
  // Ids of the live account have holes.
  for (const path of ['organizations/5', 'persons/7', 'deals/9', 'activities/11', 'pipelines/2'])
    await client.call('DELETE', `/v2/${path}`);
  return client;
}
