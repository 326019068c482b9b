import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { blockOf } from '../account-view.ts';
import { linesOf, type Moved, moved, report, takenBack } from './promoxcrm-landed.ts';

// Two whole journeys in one process: on a busy machine they take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let api: Moved;
let files: Moved;

beforeAll(async () => {
  api = await moved({ ways: ['api'] });
  files = await moved({ ways: ['export'] }, { 'pair:commissions-on': 'person' });
});

afterAll(async () => {
  await api?.move.close();
  await files?.move.close();
});

const users = {
  dana: 'dana.whitfield@promo.example',
  marcus: 'marcus.tran@promo.example',
  elena: 'elena.castillo@promo.example',
};

describe('leads become leads (P-20)', () => {
  const maya = () => {
    const lead = api.seen.list('leads').find(({ title }) => title === 'Maya Quintero');
    if (lead === undefined) throw new Error('no lead Maya Quintero');
    return lead;
  };
  const custom = (name: string) => {
    const { field_code } = api.seen.field('deal', name);
    return (maya()['custom_fields'] as Record<string, unknown>)[field_code];
  };

  it('P-20(a): name, e-mail, phone, company, stage and owner', () => {
    const person = api.seen.all('person').find(({ id }) => id === maya()['person_id']);
    expect(person).toMatchObject({
      name: 'Maya Quintero',
      emails: [expect.objectContaining({ value: 'maya.quintero@lakeside.example' })],
      phones: [expect.objectContaining({ value: '+16085550177' })],
    });
    expect(custom('Lead company')).toBe('Lakeside Robotics LLC');
    expect(api.seen.options('deal', 'Lead pipeline')).toContain('Corporate Orders');
    expect(maya()['owner_id']).toBe(api.seen.userId(users.marcus));
  });

  it('P-20(b): score and routing fields are custom fields that were made before the leads', () => {
    expect(custom('Lead score')).toBe(87);
    expect(api.seen.options('deal', 'Routing Region')).toContain('Midwest');
    expect(custom('Expected Quantity')).toBe(1_200);
    const paths = api.move.account.log().map(({ method, path }) => `${method} ${path}`);
    const field = paths.findLastIndex((one) => one.startsWith('POST') && one.includes('dealFields'));
    expect(field).toBeLessThan(paths.findIndex((one) => one.startsWith('POST') && one.endsWith('/leads')));
  });

  it('P-20(c): the stage becomes the lead’s label, as leads have no status', () => {
    const label = api.seen.list('leadLabels').find(({ id }) => id === (maya()['label_ids'] as string[])[0]);
    expect(label?.['name']).toBe('Quote Sent');
  });

  it('a lead that is a company only lands on an organization', () => {
    const lead = api.seen.list('leads').find(({ title }) => title === 'Harbor Fitness Co.');
    const organization = api.seen.all('organization').find(({ id }) => id === lead?.['organization_id']);
    expect(organization?.['name']).toBe('Harbor Fitness Co.');
  });
});

describe('clients become persons, and organizations where they are companies (P-06, P-21)', () => {
  it('P-21(a): a company is split into an organization and its contact', () => {
    const person = api.seen.made('person', 'clients:1001');
    const organization = api.seen.made('organization', 'clients:1001#company');
    expect(person).toMatchObject({
      name: "Sofía O'Neil",
      emails: expect.arrayContaining([expect.objectContaining({ value: 'sofia.oneil@nimbus.example' })]),
      org_id: organization.id,
      owner_id: api.seen.userId(users.dana),
    });
    expect(organization).toMatchObject({ name: 'Nimbus US Limited', website: 'https://www.nimbus.example' });
    expect(organization.custom['All shipping addresses']).toMatch(/Dock: .*\nFront desk: /);
  });

  it('P-21(a): a client who is a person stays one, a company without a contact makes none', () => {
    expect(api.seen.made('person', 'clients:1002')).toMatchObject({ name: 'Felix Stone', org_id: null });
    expect(api.seen.has('organization', 'clients:1002#company')).toBe(false);
    const school = api.seen.made('organization', 'clients:1003#company');
    expect([school['name'], school.custom['Email']]).toEqual([
      'Riverbend School District',
      'office@riverbend.example',
    ]);
    expect(api.seen.has('person', 'clients:1003')).toBe(false);
  });

  it('P-06: further contacts of a company belong to the one organization, and so do their deals', () => {
    const organization = api.seen.made('organization', 'clients:1001#company');
    expect(api.seen.made('person', 'clients:1004')['org_id']).toBe(organization.id);
    expect(api.seen.has('organization', 'clients:1004#company')).toBe(false);
    expect(api.seen.made('deal', 'projects:1003')['org_id']).toBe(organization.id);
  });

  it('P-21(b): supplier tier and artwork format are dropdowns made beforehand', () => {
    const { custom } = api.seen.made('person', 'clients:1001');
    expect([custom['Supplier tier'], custom['Artwork format']]).toEqual(['Gold', 'AI']);
    expect(custom['Net Terms Days']).toBe(30);
  });

  it('P-21(c): discovery documents name, type and sample of each property', () => {
    const clients = api.catalog.entities.find(({ name }) => name === 'clients');
    const property = (name: string) => clients?.fields.find((field) => field.name === name);
    expect(property('preferred_supplier_tier')).toMatchObject({
      type: 'choice',
      samples: expect.arrayContaining(['Gold']),
    });
    expect(property('net_terms_days')).toMatchObject({ type: 'number', label: 'Net Terms Days' });
    expect(property('tax_exempt')).toMatchObject({ type: 'boolean' });
    expect(report(api, 'custom-fields.csv')).toContain('Net Terms Days');
  });
});

describe('pipelines (P-22)', () => {
  it('P-22(a), P-22(b): each pipeline of a team with its own stage names, also where two share one', () => {
    const names = (pipeline: string) => api.seen.stages(pipeline).map(({ name }) => name);
    expect(names('Corporate Orders')).toEqual(['Quote Sent', 'Artwork Approved', 'Order Confirmed']);
    expect(names('School Programs')).toEqual(['Quote Sent', 'Board Approval', 'Sizes Collected']);
  });

  it('P-22(c): order and probability are those of the source, and only what it says', () => {
    expect(api.seen.stages('Corporate Orders').map(({ probability }) => probability)).toEqual([25, 50, 90]);
    expect(api.seen.stages('Webstores').at(-1)).toEqual({ name: 'Live', probability: 80 });
    const deal = api.seen.made('deal', 'projects:1011');
    expect(api.seen.stageOf(deal)).toMatchObject({ pipeline: 'Corporate Orders', stage: 'Artwork Approved' });
  });

  it('P-22(c): stages that mean an outcome set the status, and the time of it', () => {
    expect(api.seen.made('deal', 'projects:1013')).toMatchObject({ status: 'won' });
    expect(api.seen.made('deal', 'projects:1013')['won_time']).not.toBeNull();
    expect(api.seen.made('deal', 'projects:1014')).toMatchObject({ status: 'lost' });
  });

  it('P-22(d): colours are not read, and nothing is asked about them', () => {
    expect(JSON.stringify(api.catalog.pipelines)).not.toMatch(/colou?r/i);
  });
});

describe('projects become deals (P-23)', () => {
  it('P-23(a): campaign, items, supplier and fulfilment are custom fields', () => {
    const { custom } = api.seen.made('deal', 'projects:1001');
    expect(custom).toMatchObject({
      'Campaign name': 'Spring Trade Show',
      'Promo items': '500 x Tote bag, 2-color (TB-210) @ 4.25; 1000 x Gel pen (GP-001) @ 0.85',
      'Supplier reference': 'SAGE-50018 Gemline Mills',
      'Fulfillment status': 'In production',
      'Project number': 'PX-1001',
    });
  });

  it('P-23(b): the contact by the client’s id, or by e-mail alone', () => {
    const by = (id: string) => api.seen.made('deal', id)['person_id'];
    expect(by('projects:1002')).toBe(api.seen.made('person', 'clients:1001').id);
    expect(by('projects:1003')).toBe(api.seen.made('person', 'clients:1004').id);
  });

  it('P-23(c): no value is a zero that is flagged; a zero that is meant is not', () => {
    const missing = api.seen.made('deal', 'projects:1004');
    const meant = api.seen.made('deal', 'projects:1005');
    expect([missing['value'], missing.labels]).toEqual([0, ['Value missing']]);
    expect([meant['value'], meant.labels]).toEqual([0, []]);
  });

  it('Q-15: a project without a client that can be found is asked about, one of a person is not', () => {
    const asked = api.asked.find(({ kind }) => kind === 'unlinked-deals');
    expect(asked?.records).toEqual(['1006', '1007']);
  });

  it('P-05: the way through the stages is a note on the deal', () => {
    const deal = api.seen.made('deal', 'projects:1011');
    const note = api.seen
      .list('notes')
      .find((one) => one['deal_id'] === deal.id && String(one['content']).includes('Stage history of'));
    expect(note?.['content']).toMatch(/Corporate Orders · Quote Sent .*<br \/>.*Artwork Approved/s);
  });
});

describe('commission records (P-24)', () => {
  it('P-24(a): stand in a table of their own, row by row', () => {
    const [header, ...rows] = linesOf(api, 'commissions.csv');
    expect(header?.slice(0, 3)).toEqual(['Commission ID', 'Rep Email', 'Project ID']);
    expect(rows).toHaveLength(28);
    expect(rows.find(([id]) => id === '1005')).toContain('Rate card');
  });

  it('P-07, P-24(b): what an order earns is a money field of the deal, split records added up', () => {
    const { custom } = api.seen.made('deal', 'projects:1001');
    expect(custom['Commission owed']).toEqual({ value: 297.5, currency: 'USD' });
    expect(custom['Commission rates']).toBe('10');
    expect(api.seen.field('deal', 'Commission owed').field_type).toBe('monetary');
  });

  it('P-23(b): deals of clients who are persons lack nothing: they are not listed as lost', () => {
    for (const { move } of [api, files]) {
      const lost = linesOf({ ...api, move }, 'rejects.csv').filter(([, entity]) => entity === 'deal');
      expect(lost.filter((row) => row.includes('link-missing') && row.includes('org_id'))).toEqual([]);
    }
  });

  it('P-24(c): asked about, and placed on the person as answered, amounts with a dollar sign too', () => {
    const question = files.asked.find(({ id }) => id === 'pair:commissions-on');
    expect(question).toMatchObject({ blocks: 'mapping', recordCount: 28 });
    expect(question?.choices.filter((choice) => choice.default).map(({ id }) => id)).toEqual(['deal']);
    const person = files.seen.made('person', 'clients:1001');
    const { value, currency } = person.custom['Commission owed'] as { value: number; currency: string };
    expect(currency).toBe('USD');
    expect(value).toBeGreaterThanOrEqual(547.5);
    expect(files.seen.made('deal', 'projects:1001').custom).not.toHaveProperty('Commission owed');
  });

  it('P-24(d): splits and tiers are documented line by line', () => {
    const terms = api.seen.made('deal', 'projects:1001').custom['Commission terms'];
    expect(String(terms).split('\n')).toHaveLength(2);
    expect(terms).toContain('Split: 60');
    expect(api.seen.made('deal', 'projects:1002').custom['Commission terms']).toContain(
      'Tiers: 10% to $5,000; 12.5% above',
    );
  });
});

describe('tasks (P-25)', () => {
  it('P-25(a): assignee, due day, status and body', () => {
    const task = api.seen.activity('Call about the deposit');
    expect(task).toMatchObject({
      type: 'task',
      due_date: '2024-03-08',
      done: true,
      owner_id: api.seen.userId(users.marcus),
      deal_id: api.seen.made('deal', 'projects:1001').id,
    });
    expect(task['note']).toContain('Half is due before the press runs.');
    expect(blockOf(task)).toMatchObject({ Status: 'Completed', 'Completed at': '2024-03-07T16:20:00Z' });
  });

  it('P-25(b): a rule that made a task does not move; which one it was stays readable', () => {
    const made = api.seen.list('activities').filter((one) => blockOf(one)['Created by rule'] === '1');
    expect(made.length).toBeGreaterThan(0);
  });

  it('P-25(c), P-08: each rule and integration stands in the inventory with what replaces it', () => {
    const names = linesOf(api, 'automations.csv').map(([name]) => name);
    for (const name of [
      'Rule: Proof after the quote',
      'Integration: Xero',
      'Integration: Stripe',
      'Integration: Mailchimp',
    ])
      expect(names).toContain(name);
    const told = linesOf(files, 'automations.csv');
    expect(told.find(([name]) => name === 'Integration: Xero')?.[1]).toBe('no');
    expect(told.find(([name]) => name === 'Task after a new project')?.[2]).toContain(
      '"Send artwork proof" comes 2 day(s)',
    );
  });
});

describe('presentations (P-26)', () => {
  it('P-26(a), P-26(b): bytes that can be had are files on the deal, or on person and organization', () => {
    const seen = api.seen.list('files');
    const onDeal = seen.find(({ name }) => name === 'spring-show-ideas.pdf');
    expect(onDeal).toMatchObject({ deal_id: api.seen.made('deal', 'projects:1001').id });
    const onPerson = seen.find(({ name }) => String(name).startsWith('brand guide'));
    expect(onPerson).toMatchObject({ person_id: api.seen.made('person', 'clients:1001').id, deal_id: null });
  });

  it('P-26(a): what cannot be had is linked again by a note', () => {
    const note = api.seen.text('notes', 'files.example/deck-77');
    expect(note['deal_id']).not.toBeNull();
    expect(blockOf(note)).toMatchObject({ File: 'outside' });
    expect(files.seen.list('files')).toEqual([]);
    expect(
      files.seen.list('notes').filter((one) => String(one['content']).includes('<b>File:</b> missing'))
        .length,
    ).toBe(16);
  });

  it('P-26(c): the way files move is told after the probe', () => {
    const issue = (of: Moved) => of.catalog.issues.filter(({ code }) => code === 'file-transfer');
    expect(issue(api)).toMatchObject([{ message: expect.stringContaining('bytes over the API') }]);
  });
});

describe('custom objects (P-27)', () => {
  it('P-27(a), P-27(d): definitions with types and relations are documented before anything moves', () => {
    const issue = api.catalog.issues.find(
      ({ code, at }) => code === 'object-definition' && at === 'webstores',
    );
    expect(issue?.message).toBe(
      'Webstore: Client (lookup, leads to clients), Store URL (url), Launched On (date), Monthly Orders (number), Store Plan (choice).',
    );
    const entity = api.catalog.entities.find(({ name }) => name === 'artwork-proof');
    expect(entity).toMatchObject({ custom: true });
    expect(entity?.fields.find(({ name }) => name === 'Project ID')).toMatchObject({
      references: ['projects'],
      mostForOne: 2,
    });
  });

  it.each(['api', 'export'] as const)(
    'P-27(b), P-27(c): one for each client becomes fields, several become notes (%s)',
    (way) => {
      const { seen } = way === 'api' ? api : files;
      expect(seen.made('person', 'clients:1001').custom).toMatchObject({
        'Webstore Store URL': expect.stringContaining('store1.promo.example'),
      });
      const deal = seen.made('deal', 'projects:1001');
      const proofs = seen
        .list('notes')
        .filter((one) => one['deal_id'] === deal.id && String(one['content']).includes('Proof Version'));
      expect(proofs).toHaveLength(2);
    },
  );
});

describe('owners (P-28)', () => {
  it('P-28(a), P-28(b): distinct owners of all records, matched by e-mail', () => {
    const owners = linesOf(api, 'owners.csv');
    expect(owners.find((row) => row.includes(`Dana Whitfield <${users.dana}>`))).toContain(
      'resolves cleanly',
    );
    expect(api.seen.made('deal', 'projects:1008')['owner_id']).toBeDefined();
  });

  it('P-28(c): those without a user are asked about before anything is written', () => {
    const asked = api.asked.filter(({ kind }) => kind === 'owner').map(({ subject }) => subject);
    expect(asked).toEqual([
      'Hector Ibarra <hector.ibarra@promo.example>',
      'House Account',
      'Noel Abbott <noel.abbott@promo.example>',
    ]);
  });
});

describe('reports (P-29)', () => {
  it('P-29(a): nothing of reports and dashboards is asked for', () => {
    expect(api.move.source.emulator.control.log().some(({ path }) => /reports|dashboards/.test(path))).toBe(
      false,
    );
  });

  it('P-29(b), P-29(c), P-29(d): the four data sets behind them are tables to build on', () => {
    expect(linesOf(api, 'deal-history.csv')[0]).toEqual([
      'Project ID',
      'Pipeline',
      'Stage',
      'Entered At',
      'User',
    ]);
    const stages = linesOf(api, 'stage-counts.csv').slice(1);
    expect(stages.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(40);
    const tasks = linesOf(api, 'task-completion.csv').slice(1);
    expect(tasks.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(48);
    expect(tasks[0]?.[3]).toMatch(/^\d+\.\d %$/);
    expect(
      linesOf(api, 'lead-sources.csv')
        .slice(1)
        .reduce((sum, [, count]) => sum + Number(count), 0),
    ).toBe(24);
  });
});

describe('probe and fall back (P-02, P-03)', () => {
  it('P-02, P-03: the method and its evidence stand in the scope, entity by entity', () => {
    const scope = report(api, 'scope.md');
    expect(scope).toContain('GET clients answered 200');
    expect(scope).toContain('signing in: bearer token was let in');
    expect(report(files, 'scope.md')).toContain('read from the export');
  });

  it('everything that was written is verified, and nothing differs', () => {
    for (const { move } of [api, files]) {
      const books = linesOf({ ...api, move }, 'verification.csv').slice(1);
      expect(books.filter((row) => /missing|different/.test(row.join(' ')))).toEqual([]);
    }
  });
});

describe('taking it back', () => {
  it.each([
    ['over the API', () => api],
    ['from the export', () => files],
  ])('RB-01, RB-02: what came %s is gone again, the account is what it was', async (_, of) => {
    const { did, left } = await takenBack(of());
    expect([did.kept, did.errored, left]).toEqual([[], 0, []]);
    expect(did.reversed).toBeGreaterThan(100);
  });
});
