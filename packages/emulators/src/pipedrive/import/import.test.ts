import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import type { ImportReport } from './import-run.ts';

let client: TestClient;
beforeEach(() => {
  client = testClient({ world: 'lived-in' });
});
const run = (csv: string, more: object = {}) =>
  client.emulator.control.extra('import', { csv, ...more }) as ImportReport;
const data = async (path: string) => (await client.call('GET', path)).body.data;

describe('an import makes', () => {
  test('one record of each kind of one row, linked to each other, for no tokens and past the log', async () => {
    const before = client.emulator.control.extra('budget');
    const report = run(
      [
        'Organization - Name,Person - Name,Person - Email - Home,Deal - Title,Deal - Stage,Activity - Subject,Note - Content',
        'Acme,Ada Lovelace,ada@acme.example,Engine,Offered,Call Ada,<b>hello</b>',
      ].join('\n'),
    );
    expect(report).toMatchObject({
      id: 1,
      rows: 1,
      created: { organization: 1, person: 1, deal: 1, activity: 1, note: 1 },
      updated: {},
      merged: {},
      skipped: [],
      unmapped: [],
      skipFile: null,
    });
    expect(client.emulator.control.extra('budget')).toEqual(before);
    expect(client.emulator.control.log()).toEqual([]);
    expect(await data('/v2/persons/91')).toMatchObject({
      name: 'Ada Lovelace',
      org_id: 41,
      emails: [{ value: 'ada@acme.example', label: 'home', primary: true }],
    });
    expect(await data('/v2/deals/71')).toMatchObject({
      title: 'Engine',
      org_id: 41,
      person_id: 91,
      stage_id: 8,
      pipeline_id: 2,
      origin: 'Import',
    });
    expect(await data('/v2/activities/121')).toMatchObject({ deal_id: 71, org_id: 41, person_id: 91 });
    expect(await data('/v1/notes/61')).toMatchObject({ deal_id: 71, org_id: 41, person_id: 91 });
  });

  test('times that the API does not take: creation of a deal, creation and doing of an activity', async () => {
    run(
      [
        'Organization - Name,Deal - Title,Deal - Creation date,Deal - Status,Deal - Won time,Activity - Creation date,Activity - Marked as done time',
        'Acme,Old,2019-05-06,Won,2019-07-08 09:10:11,2019-05-07 08:00:00,2019-05-08 09:00:00',
      ].join('\n'),
    );
    expect(await data('/v2/deals/71')).toMatchObject({
      add_time: '2019-05-06T00:00:00Z',
      status: 'won',
      won_time: '2019-07-08T09:10:11Z',
    });
    expect(await data('/v2/activities/121')).toMatchObject({
      add_time: '2019-05-07T08:00:00Z',
      done: true,
      marked_as_done_time: '2019-05-08T09:00:00Z',
    });
  });

  test.each([
    ['an owner by name', 'Owner', 'selin arslan', { owner_id: 2 }],
    ['an owner by e-mail', 'Owner', 'tom@emulated.example', { owner_id: 3 }],
    ['a label by name', 'Label', 'Hot lead, Customer', { label_ids: expect.any(Array) }],
    ['a visibility in words', 'Visible to', 'Owner only', { visible_to: 1 }],
    ['a creation date', 'Creation date', '2018-01-02', { add_time: '2018-01-02T00:00:00Z' }],
    ['a creation date as an Excel serial', 'Creation date', '43102.5', { add_time: '2018-01-02T12:00:00Z' }],
    ['the header in any case', 'visible TO', '3', { visible_to: 3 }],
  ])('%s', async (_, field, text, holds) => {
    const report = run(`Organization - Name;Organization - ${field}\nAcme;${text}`);
    expect(report.skipped).toEqual([]);
    expect(await data('/v2/organizations/41')).toMatchObject(holds);
  });

  test('custom fields by their label, with parts, and creates those and the options it is told to', async () => {
    const report = run(
      [
        'Organization - Name;Organization - Segment;Deal - Title;Deal - Commission;Deal - Currency of Commission;Deal - Source;Deal - Colours;Organization - Guarantee;Organization - End date of Guarantee',
        'Acme;b;Engine;12,5;usd;Podcast;Red, Blue;2026-01-01;2026-12-31',
      ].join('\n'),
      {
        fields: [
          { entity: 'deal', field_name: 'Colours', field_type: 'set', options: [{ label: 'Red' }] },
          { entity: 'organization', field_name: 'Guarantee', field_type: 'daterange' },
        ],
      },
    );
    expect(report.skipped).toEqual([]);
    const byName = async (entity: string) => {
      const fields = await data(`/v2/${entity}Fields?limit=500`);
      const values = (await data(`/v2/${entity}s/${entity === 'deal' ? 71 : 41}?include_option_labels=true`))
        .custom_fields;
      return Object.fromEntries(
        fields
          .filter((field: { is_custom_field: boolean }) => field.is_custom_field)
          .map((field: { field_name: string; field_code: string }) => [
            field.field_name,
            values[field.field_code],
          ]),
      );
    };
    expect(await byName('deal')).toMatchObject({
      Commission: { value: 12.5, currency: 'USD' },
      Source: { label: 'Podcast' },
      Colours: [{ label: 'Red' }, { label: 'Blue' }],
    });
    expect(await byName('organization')).toMatchObject({
      Segment: { label: 'B' },
      Guarantee: { value: '2026-01-01', until: '2026-12-31' },
    });
  });

  test('leads, with labels of their own and the custom fields of deals', async () => {
    const report = run(
      'Person - Name,Lead - Title,Lead - Value,Lead - Currency,Lead - Label,Lead - Source\nAda,Fair,100,TRY,Hot,Web',
    );
    expect(report).toMatchObject({ created: { person: 1, lead: 1 }, skipped: [] });
    const [lead] = await data('/v1/leads');
    expect(lead).toMatchObject({ title: 'Fair', person_id: 91, value: { amount: 100, currency: 'TRY' } });
    expect(lead.label_ids).toHaveLength(1);
    expect(Object.values(lead)).toContainEqual(expect.any(Number));
  });

  test.each([
    ['a title of the organization', 'Organization - Name,Deal - Value\nAcme,5', 'Acme deal'],
    ['a title of the person', 'Person - Name,Deal - Value\nAda,5', 'Ada deal'],
  ])('up %s where a deal has none', async (_, csv, title) => {
    expect(run(csv).skipped).toEqual([]);
    expect(await data('/v2/deals/71')).toMatchObject({ title, value: 5 });
  });

  test('what a person maps by hand, and leaves out what they leave out', async () => {
    const report = run('Company,City,Secret\nAcme,Bursa,x', {
      mapping: { Company: 'Organization - Name', City: 'Organization - City/town of Address', Secret: null },
    });
    expect(report).toMatchObject({ created: { organization: 1 }, unmapped: ['Secret'] });
    expect((await data('/v2/organizations/41')).address).toMatchObject({ value: 'Bursa', locality: 'Bursa' });
  });

  test.each([
    ['dmy', '03/04/2020', '2020-04-03'],
    ['mdy', '03/04/2020', '2020-03-04'],
    ['ymd', '2020-04-03', '2020-04-03'],
  ])('days written %s', async (dateOrder, text, day) => {
    const csv = `Organization - Name,Deal - Expected close date\nAcme,${text}`;
    expect(run(csv, { dateOrder }).skipped).toEqual([]);
    expect((await data('/v2/deals/71')).expected_close_date).toBe(day);
  });
});

describe('a row is skipped with its reason', () => {
  test.each([
    [
      'no organization name',
      'Organization - Name,Organization - Website\n,a.example',
      'Organization name must be given',
    ],
    ['no person name', 'Person - Name,Person - Email\n,a@b.example', 'Name must be given'],
    ['no deal title and no contact', 'Deal - Title,Deal - Value\n,5', 'Deal title must be given'],
    [
      'a deal without contact',
      'Deal - Title\nEngine',
      'A deal must be linked to a person or an organization',
    ],
    ['a note alone', 'Note - Content\nhello', 'A note must be linked to another item of its row'],
    ['a wrong id of an organization', 'Organization - Pipedrive System ID\n999', 'Organization not found'],
    ['a wrong id of a person', 'Person - Pipedrive System ID\nabc', 'Person not found'],
    ['a wrong id of a deal', 'Deal - System ID,Deal - Title\n999,x', 'Deal not found'],
    [
      'a day that is none',
      'Person - Name,Deal - Creation date\nAda,2020-02-30',
      'Invalid date format in Deal - Creation date',
    ],
    ['a number with a symbol', 'Person - Name,Deal - Value\nAda,$5', 'Invalid number format in Deal - Value'],
    [
      'an owner who is not there',
      'Person - Name,Person - Owner\nAda,Nobody',
      'User "Nobody" was not found for Person - Owner',
    ],
    ['an owner who left', 'Person - Name,Person - Owner\nAda,Left Longago', 'User 5 is not active'],
    ['a stage that is not there', 'Person - Name,Deal - Stage\nAda,Signed', 'Stage "Signed" does not exist'],
    [
      'a stage of another pipeline',
      'Person - Name,Deal - Pipeline,Deal - Stage\nAda,Renewals,Qualified',
      'Stage "Qualified" does not exist',
    ],
    [
      'a status that is none',
      'Person - Name,Deal - Status\nAda,Sleeping',
      'Deal - Status must be one of open, won, lost',
    ],
    [
      'a won time of an open deal',
      'Person - Name,Deal - Won time\nAda,2020-01-01',
      'Won time needs the status won',
    ],
    [
      'a reason of an open deal',
      'Person - Name,Deal - Lost reason\nAda,Price',
      'Lost reason needs the status lost',
    ],
    ['a currency that is none', 'Person - Name,Deal - Currency\nAda,XXX', 'Currency "XXX" does not exist'],
    [
      'a type that is none',
      'Activity - Subject,Activity - Type\nCall,Fax',
      'Activity type "Fax" does not exist',
    ],
    [
      'a visibility of another plan',
      'Person - Name,Person - Visible to\nAda,7',
      'Visibility "7" is not available',
    ],
    [
      'a text that is too long',
      `Person - Name\n${'x'.repeat(256)}`,
      'Person - Name is longer than 255 characters',
    ],
    [
      'half a range',
      'Organization - Name,Organization - End date of Guarantee\nAcme,2026-01-01',
      'Invalid date format in Organization - End date of Guarantee',
    ],
  ])('%s, and nothing of it is made', (_, csv, reason) => {
    client.emulator.control.seed({
      fields: [{ entity: 'organization', field_name: 'Guarantee', field_type: 'daterange' }],
    });
    const before = JSON.stringify(client.emulator.control.snapshot());
    const report = run(csv);
    expect(report.skipped).toEqual([{ line: 2, reason }]);
    expect(report.created).toEqual({});
    expect(JSON.stringify(client.emulator.control.snapshot())).toBe(before);
  });

  test('a missing option, where they are not to be created', () => {
    const csv = 'Organization - Name,Organization - Segment\nAcme,Z\nBeta,A';
    const report = run(csv, { missingOptions: 'skip' });
    expect(report.skipped).toEqual([
      { line: 2, reason: 'Option "Z" does not exist in Organization - Segment' },
    ]);
    expect(report.created).toEqual({ organization: 1 });
  });

  test('the plan has no room for another deal', () => {
    client.emulator.control.extra('switches', { openDealsCap: 71 });
    const report = run('Organization - Name,Deal - Title\nAcme,One\nBeta,Two');
    expect(report.skipped).toEqual([{ line: 3, reason: "Couldn't add the deal. Open deals limit reached." }]);
    expect(report.created).toEqual({ organization: 1, deal: 1 });
  });

  test('and the skip file holds the rows with their reasons, ready to be mended', () => {
    const report = run('Person - Name,Person - Owner\n"Ada, L",Nobody\nBob,\n');
    expect(report.skipFile).toBe(
      'Skip reason,Person - Name,Person - Owner\n"User ""Nobody"" was not found for Person - Owner","Ada, L",Nobody\n',
    );
    expect(client.emulator.control.extra('import-skips', { id: 1 })).toEqual({ skipFile: report.skipFile });
  });
});

describe('duplicates', () => {
  const people = [
    'Organization - Name,Organization - Address,Person - Name,Person - Email,Person - Phone,Deal - Title',
    'Acme,Main 1,Ada,ada@a.example,1,One',
    'acme,main 1,ada,new@a.example,2,One',
    'Acme,Other 2,Ada,ADA@a.example,3,One',
    'Acme,Other 2,Ada,x@a.example,9,One',
    'Gamma,,Ada,y@a.example,8,One',
  ].join('\n');

  test('are merged: an organization by name and address, a person by name and organization, e-mail or phone', async () => {
    const report = run(people);
    expect(report).toMatchObject({
      created: { organization: 3, person: 2, deal: 5 },
      merged: { organization: 2, person: 3 },
      skipped: [],
    });
    const ada = await data('/v2/persons/91');
    expect(ada.emails.map(({ value }: { value: string }) => value)).toEqual([
      'ada@a.example',
      'new@a.example',
      'x@a.example',
    ]);
    expect(ada.org_id).toBe(42);
  });

  test('are all added where the wizard is told so', () => {
    expect(run(people, { duplicates: 'add' }).created).toEqual({ organization: 5, person: 5, deal: 5 });
  });

  test.each([
    ['file', { website: 'new.example', owner_id: 3 }],
    ['account', { website: 'old.example', owner_id: 2 }],
  ] as const)('keep the value of the %s (switch)', async (importMergeWins, holds) => {
    client.emulator.control.extra('switches', { importMergeWins });
    const row = (website: string, owner: string) =>
      `Organization - Name,Organization - Website,Organization - Owner\nAcme,${website},${owner}`;
    run(row('old.example', 'Selin Arslan'));
    expect(run(row('new.example', 'Tom Baker')).merged).toEqual({ organization: 1 });
    expect(await data('/v2/organizations/41?include_fields=website')).toMatchObject(holds);
  });
});

describe('a System ID', () => {
  test('changes that record, with its times, and makes none', async () => {
    const report = run(
      'Deal - Pipedrive System ID,Deal - Title,Deal - Creation date,Person - System ID,Person - Phone\n3,Renamed,2015-01-01,4,+90 1',
    );
    expect(report).toMatchObject({ created: {}, updated: { deal: 1, person: 1 }, skipped: [] });
    expect(await data('/v2/deals/3')).toMatchObject({
      title: 'Renamed',
      add_time: '2015-01-01T00:00:00Z',
      person_id: 4,
    });
    expect((await data('/v2/persons/4')).phones).toHaveLength(2);
  });

  test('of an archived deal is skipped', async () => {
    await client.call('PATCH', '/v2/deals/3', { is_archived: true });
    const report = run('Deal - System ID,Deal - Title\n3,Renamed');
    expect(report.skipped).toEqual([{ line: 2, reason: 'Archived deals cannot be updated' }]);
  });
});
