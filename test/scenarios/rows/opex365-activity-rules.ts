import { expect } from 'vitest';
import { blockOf } from '../account-view.ts';
import type { SnapshotRecord } from '../support/emulator.ts';
import { mailOf } from './opex365-customer-rules.ts';
import {
  leadsTo,
  madeOf,
  type OpexLanded,
  type OpexRule,
  rowAt,
  rowsOf,
  rowWhere,
} from './opex365-landed.ts';

const kinds = { phonecall: 'call', email: 'email', task: 'task', appointment: 'meeting' } as const;
type Kind = keyof typeof kinds;
const tables = Object.keys(kinds) as readonly Kind[];

/** O-24: four kinds of activities become one. */
export const activityRules: readonly OpexRule[] = [
  {
    rule: 'O-24(a)',
    says: 'every phone call, e-mail, task and appointment is an activity',
    holds: (landed) => {
      for (const table of tables)
        for (const row of rowsOf(landed.world, table)) expect(activityOf(landed, table, row)).toBeDefined();
    },
  },
  {
    rule: 'O-24(b)',
    says: 'the type tells the four kinds apart',
    holds: (landed) => {
      for (const table of tables) expect(activityOf(landed, table, 9)['type'], table).toBe(kinds[table]);
    },
  },
  {
    rule: 'O-24(c)',
    says: 'original times: the day and time of an activity, and each time of the source to the second',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(world, 'phonecall', (one) => world.value('phonecall', one, 'statecode') === 1);
      const call = activityOf(landed, 'phonecall', row);
      const start = stamp(Number(world.value('phonecall', row, 'actualstart')));
      expect(`${call['due_date']}T${call['due_time']}`.slice(0, 16)).toBe(start.slice(0, 16));
      expect(call['done']).toBe(true);
      expect(blockOf(call)).toMatchObject({
        'Actual start': start,
        'Actual end': stamp(Number(world.value('phonecall', row, 'actualend'))),
        'Original created': stamp(world.createdMs('phonecall', row)),
      });
      expect(call['duration']).toBe('00:22:00');
    },
  },
  {
    rule: 'O-24(c)',
    says: 'owners by e-mail',
    holds: (landed) => {
      for (const table of tables) {
        const row = rowWhere(landed.world, table, (one) => mailOf(landed, table, one) !== null);
        expect(activityOf(landed, table, row)['owner_id'], table).toBe(
          landed.seen.userId(mailOf(landed, table, row) ?? ''),
        );
      }
    },
  },
  {
    rule: 'O-24(c)',
    says: 'regarding links to accounts, contacts, opportunities and leads; other records are told in the text',
    holds: (landed) => {
      const { world } = landed;
      const about = (type: string) => {
        const table = tables.find((one) => rowsOf(world, one).some((row) => isAbout(landed, one, row, type)));
        if (table === undefined) throw new Error(`nothing is about a ${type}`);
        const row = rowWhere(world, table, (one) => isAbout(landed, table, one, type));
        return { activity: activityOf(landed, table, row), on: world.value(table, row, 'regardingobjectid') };
      };
      const account = about('account');
      expect(account.activity['org_id']).toBe(
        madeOf(landed, 'account', rowAt(world, 'account', account.on)).id,
      );
      const contact = about('contact');
      expect(contact.activity['participants']).toContainEqual({
        person_id: madeOf(landed, 'contact', rowAt(world, 'contact', contact.on)).id,
        primary: true,
      });
      const deal = about('opportunity');
      expect(deal.activity['deal_id']).toBe(
        madeOf(landed, 'opportunity', rowAt(world, 'opportunity', deal.on)).id,
      );
      expect(about('lead').activity['lead_id']).toEqual(expect.any(String));
      const project = about('new_project');
      const name = world.value('new_project', rowAt(world, 'new_project', project.on), 'new_name');
      expect(blockOf(project.activity)['Regarding']).toContain(name);
    },
  },
  {
    rule: 'O-24',
    says: 'who took part: people with an address attend, the first contact is linked, roles 8 and 9 are nobody',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(world, 'email', (one) =>
        partiesOf(landed, 'email', one).every(({ mask }) => mask !== 8),
      );
      const mail = activityOf(landed, 'email', row);
      const attendees = mail['attendees'] as readonly { readonly email: string }[];
      const addresses = partiesOf(landed, 'email', row).map(({ address }) => address);
      expect(attendees.map(({ email }) => email).toSorted()).toEqual([...new Set(addresses)].toSorted());
      const tasks = rowsOf(world, 'task').map((one) => activityOf(landed, 'task', one));
      expect(tasks.every(({ attendees: people }) => (people as readonly unknown[]).length === 0)).toBe(true);
    },
  },
  {
    rule: 'O-24',
    says: 'parties that the source could not resolve are text',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(world, 'email', (one) =>
        partiesOf(landed, 'email', one).some(({ party }) => party === null),
      );
      const [lost] = partiesOf(landed, 'email', row).filter(({ party }) => party === null);
      expect(blockOf(activityOf(landed, 'email', row))['Unresolved parties']).toContain(lost?.address);
    },
  },
  {
    rule: 'O-24',
    says: 'direction and how a call went are lines of the block',
    holds: (landed) => {
      const { world } = landed;
      const voice = rowWhere(
        world,
        'phonecall',
        (one) => world.value('phonecall', one, 'leftvoicemail') === true,
      );
      expect(blockOf(activityOf(landed, 'phonecall', voice))).toMatchObject({
        Disposition: 'Left voice mail',
      });
      expect(blockOf(activityOf(landed, 'phonecall', 1))['Direction']).toBe('Outgoing');
      expect(blockOf(activityOf(landed, 'phonecall', 3))['Direction']).toBe('Incoming');
      expect(blockOf(activityOf(landed, 'email', 1))['Direction']).toBe('Incoming');
    },
  },
  {
    rule: 'O-24',
    says: 'a series: each instance, and the rule itself for those that do not exist yet',
    holds: (landed) => {
      const { seen } = landed;
      const weekly = seen.list('activities').filter(({ subject }) => subject === 'Weekly review');
      expect(weekly).toHaveLength(9);
      const [rule] = weekly.filter((one) => blockOf(one)['Repeats'] !== undefined);
      expect(blockOf(rule ?? {})['Repeats']).toMatch(/Daily|Weekly/);
      expect(blockOf(rule ?? {})['Deleted instances']).toBe('2024-05-06,2024-05-13');
      expect(weekly.filter((one) => blockOf(one)['Series'] !== undefined)).toHaveLength(8);
    },
  },
  {
    rule: 'O-24',
    says: 'the body of a mail keeps its formatting; a picture in it is a file of the activity',
    holds: (landed) => {
      const mail = activityOf(landed, 'email', 0);
      expect(mail['note']).toContain('<b>Mail 1</b> &amp; more');
      expect(mail['note']).not.toContain('cid:');
      const files = landed.seen.list('files').filter(({ activity_id }) => activity_id === mail['id']);
      expect(files.length).toBeGreaterThan(0);
      expect(blockOf(mail)['Attachments']).toContain(files[0]?.['name']);
    },
  },
];

/** O-28: notes and files. */
export const noteRules: readonly OpexRule[] = [
  {
    rule: 'O-28(a)',
    says: 'a note with text is a done activity of type Note on the record it is about, with author and time',
    holds: (landed) => {
      const { world, seen } = landed;
      const type = seen.list('activityTypes').find(({ name }) => name === 'Note');
      const row = rowWhere(
        world,
        'annotation',
        (one) => world.value('annotation', one, 'notetext') !== null && isNoteOn(landed, one, 'contact'),
      );
      const note = noteOf(landed, row);
      expect(note).toMatchObject({ type: type?.['key_string'], done: true });
      expect(String(note['note'])).toContain(`Görüşme notu ${row + 1}`);
      expect(String(note['note'])).toContain('&lt;b&gt;not html&lt;/b&gt;');
      const contact = rowAt(world, 'contact', world.value('annotation', row, 'objectid'));
      expect(note['participants']).toContainEqual({
        person_id: madeOf(landed, 'contact', contact).id,
        primary: true,
      });
      expect(blockOf(note)).toMatchObject({ Author: expect.stringContaining('@opex.example') });
    },
  },
  {
    rule: 'O-28(a)',
    says: 'on accounts and opportunities too; one about a record without a place in Pipedrive says which',
    holds: (landed) => {
      const { world } = landed;
      const on = (type: string) =>
        rowWhere(
          world,
          'annotation',
          (one) => world.value('annotation', one, 'notetext') !== null && isNoteOn(landed, one, type),
        );
      const account = rowAt(world, 'account', world.value('annotation', on('account'), 'objectid'));
      expect(noteOf(landed, on('account'))['org_id']).toBe(madeOf(landed, 'account', account).id);
      const deal = rowAt(world, 'opportunity', world.value('annotation', on('opportunity'), 'objectid'));
      expect(noteOf(landed, on('opportunity'))['deal_id']).toBe(madeOf(landed, 'opportunity', deal).id);
      const project = rowAt(world, 'new_project', world.value('annotation', on('new_project'), 'objectid'));
      expect(blockOf(noteOf(landed, on('new_project')))['Regarding']).toContain(
        world.value('new_project', project, 'new_name'),
      );
    },
  },
  {
    rule: 'O-28(b)',
    says: 'files are downloaded and uploaded to the matching record, byte by byte',
    holds: (landed) => {
      const { world, seen } = landed;
      const row = rowWhere(
        world,
        'annotation',
        (one) =>
          one > 3 &&
          world.value('annotation', one, 'filename') !== null &&
          isNoteOn(landed, one, 'opportunity'),
      );
      const file = seen.list('files').find(({ name }) => name === world.value('annotation', row, 'filename'));
      const deal = rowAt(world, 'opportunity', world.value('annotation', row, 'objectid'));
      expect(file).toMatchObject({
        deal_id: madeOf(landed, 'opportunity', deal).id,
        size: world.value('annotation', row, 'filesize'),
      });
    },
  },
  {
    rule: 'O-28(b)',
    says: 'attachments of mails and files in columns of a record too',
    holds: (landed) => {
      const { world, seen } = landed;
      const contracts = seen.list('files').filter(({ name }) => String(name).startsWith('sözleşme-'));
      expect(contracts.map(({ org_id, size }) => [org_id, size]).toSorted()).toEqual([
        [madeOf(landed, 'account', 0).id, 8_388_608],
        [madeOf(landed, 'account', 1).id, 70_000],
      ]);
      const attached = seen.list('files').filter(({ name }) => String(name).startsWith('ek-'));
      expect(attached).toHaveLength(world.count('activitymimeattachment'));
      expect(attached.every(({ activity_id }) => activity_id !== null)).toBe(true);
    },
  },
  {
    rule: 'O-28(c)',
    says: 'a file above the limit is flagged for a person, and its note still moves',
    holds: (landed) => {
      const { world, seen, rejects } = landed;
      const name = String(world.value('annotation', 1, 'filename'));
      expect(seen.list('files').some((file) => file['name'] === name)).toBe(false);
      expect(rejects.find(({ code }) => code === 'too-large')?.reason).toContain(name);
      expect(landed.report('attachments.csv')).toContain(name);
      expect(noteOf(landed, 1)).toBeDefined();
    },
  },
];

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** The activity made of a row: its block tells when the source made it, to the second. */
function activityOf({ world, seen }: OpexLanded, table: string, row: number): SnapshotRecord {
  const created = `<b>Original created:</b> ${stamp(world.createdMs(table, row))}`;
  const subject = world.value(table, row, 'subject') ?? '(no subject)';
  const found = seen
    .list('activities')
    .filter((one) => one['subject'] === subject && String(one['note']).includes(created));
  const [only, ...others] = found;
  if (only === undefined || others.length > 0)
    throw new Error(`${found.length} activities of ${table} ${row}`);
  return only;
}

function noteOf({ world, seen }: OpexLanded, row: number): SnapshotRecord {
  const created = `<b>Original created:</b> ${stamp(world.createdMs('annotation', row))}`;
  const found = seen.list('activities').filter((one) => String(one['note']).includes(created));
  const [only] = found;
  if (only === undefined) throw new Error(`no note of row ${row}`);
  return only;
}

function isAbout({ world }: OpexLanded, table: string, row: number, type: string): boolean {
  const about = world.value(table, row, 'regardingobjectid');
  if (!leadsTo(about, type)) return false;
  return type !== 'lead' || world.value('lead', rowAt(world, 'lead', about), 'statecode') !== 1;
}

function isNoteOn({ world }: OpexLanded, row: number, type: string): boolean {
  return leadsTo(world.value('annotation', row, 'objectid'), type);
}

function partiesOf({ world }: OpexLanded, table: string, row: number) {
  const id = world.id(table, row);
  return rowsOf(world, 'activityparty').flatMap((one) => {
    const activity = world.value('activityparty', one, 'activityid');
    if (!leadsTo(activity, 'activitypointer') || activity.id !== id) return [];
    const of = (column: string) => world.value('activityparty', one, column);
    return [{ mask: of('participationtypemask'), party: of('partyid'), address: String(of('addressused')) }];
  });
}
