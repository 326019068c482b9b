import { type Content, fixed, type Generate, isRef, type Ref, share, type World } from './content.ts';
import { userAt } from './people.ts';
import { LAST_MS } from './span.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Appointments at the beginning that belong to the first series. */
const SERIES = 8;
/** An exception among them. */
const MOVED = 5;

/** What an activity is about, ten chances; behind the last one it is about nothing. */
const ABOUT = ['account', 'account', 'account', 'contact', 'contact', 'opportunity', 'opportunity', 'lead'];
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  new_visit: ['account', 'account', 'account', 'account', 'account', 'contact', 'contact'],
};

const regarding =
  (table: string): Generate =>
  (index, world) => {
    const about = (TARGETS[table] ?? [...ABOUT, 'new_project'])[world.below(10, index, `${table}.regarding`)];
    return about === undefined ? null : near(about, index, world);
  };

function near(table: string, index: number, world: World): Ref | null {
  return world.ref(table, world.below(world.count(table), index, `near.${table}`));
}

const timed = (table: string, minutes: number): Record<string, Generate> => ({
  scheduledstart: (index, world) => startMs(table, index, world),
  scheduledend: (index, world) => startMs(table, index, world) + minutes * MINUTE_MS,
  scheduleddurationminutes: () => minutes,
  actualend: (index, world) =>
    world.value(table, index, 'statecode') === 1
      ? startMs(table, index, world) + (minutes + 7) * MINUTE_MS
      : null,
  actualstart: (index, world) =>
    world.value(table, index, 'statecode') === 1 ? startMs(table, index, world) : null,
  actualdurationminutes: (index, world) =>
    world.value(table, index, 'statecode') === 1 ? minutes + 7 : null,
  instancetypecode: () => 0,
});

function startMs(table: string, index: number, world: World): number {
  return world.createdMs(table, index) + (1 + (index % 9)) * DAY_MS;
}

const PHONE_CALLS: Content = {
  count: share(0.04, 24),
  columns: {
    ...timed('phonecall', 15),
    subject: (index) => (index % 6 === 0 ? `Arama: teklif ${index}` : `Call ${index + 1}`),
    description: (index) => (index % 3 === 0 ? 'Asked for a new offer.' : null),
    phonenumber: (index) => `+90 216 555 ${String(index).padStart(4, '0')}`,
    directioncode: (index) => index % 3 !== 0,
    leftvoicemail: (index) => index % 10 === 9,
    statecode: (index) => (index % 3 === 0 ? 0 : index % 10 === 7 ? 2 : 1),
    statuscode: (index) => (index % 3 === 0 ? 1 : index % 10 === 7 ? 3 : index % 2 ? 2 : 4),
    regardingobjectid: regarding('phonecall'),
  },
};

/** Whether a mail shows an image that is attached to it. */
export function hasInlineImage(email: number, world: World): boolean {
  return email % 2 === 0 && (email / 2) % 3 === 0 && email / 2 < world.count('activitymimeattachment');
}

const FILLER =
  '<p style="margin:0;font-family:Segoe UI">Sehr geehrte Damen und Herren, sayın ilgili, dear all;</p>\r\n';

function html(email: number, world: World): string {
  const image = hasInlineImage(email, world) ? `<img src="cid:image001.png@${email}" alt="logo">` : '';
  const repeats = email % 9 === 0 ? 280 : 3 + (email % 7);
  return `<html><body><div>${image}<b>Mail ${email + 1}</b> &amp; more</div>${FILLER.repeat(repeats)}</body></html>`;
}

const EMAILS: Content = {
  count: share(0.06, 36),
  columns: {
    ...timed('email', 0),
    subject: (index) =>
      index % 5 === 4 ? `Re: Teklif ${index - 1}` : index % 12 === 11 ? null : `Teklif ${index + 1}`,
    description: html,
    sender: (index) => `kisi.${index}@mail.example`,
    torecipients: (index) => `info@company-${index}.example;`,
    messageid: (index) => `<${index}.opex@mail.example>`,
    inreplyto: (index) => (index % 5 === 4 ? `<${index - 1}.opex@mail.example>` : null),
    parentactivityid: (index, world) => (index % 5 === 4 ? world.ref('email', index - 1) : null),
    directioncode: (index) => index % 2 === 0,
    statecode: (index) => (index % 11 === 10 ? 0 : 1),
    statuscode: (index) => (index % 11 === 10 ? (index % 2 ? 8 : 1) : index % 2 ? 4 : 3),
    senton: (index, world) => (index % 11 === 10 ? null : startMs('email', index, world)),
    attachmentcount: (index, world) => (hasInlineImage(index, world) ? 1 : 0),
    mimetype: () => 'text/html',
    regardingobjectid: regarding('email'),
  },
};

const TASKS: Content = {
  count: share(0.05, 30),
  columns: {
    ...timed('task', 30),
    subject: (index) => (index % 4 === 0 ? `Görev ${index + 1}` : `Task ${index + 1}`),
    description: (index) => (index % 4 === 0 ? '• first\r\n• second' : null),
    scheduledend: (index, world) => (index % 8 === 7 ? null : startMs('task', index, world)),
    percentcomplete: (index) => (index % 3 === 1 ? 100 : 0),
    statecode: (index) => (index % 3 === 1 ? 1 : index % 9 === 8 ? 2 : 0),
    statuscode: (index) => (index % 3 === 1 ? 5 : index % 9 === 8 ? 6 : 2 + (index % 3)),
    regardingobjectid: regarding('task'),
  },
};

const inSeries = (index: number): boolean => index < SERIES;

const APPOINTMENTS: Content = {
  count: share(0.03, 20),
  columns: {
    ...timed('appointment', 60),
    subject: (index) => (inSeries(index) ? 'Weekly review' : `Toplantı ${index + 1}`),
    location: (index) => (index % 2 ? 'İzmir ofisi' : 'Teams'),
    description: (index) => (index % 5 === 0 ? 'Agenda:\n1. Prices' : null),
    isalldayevent: (index) => index % 10 === 9,
    seriesid: (index, world) => (inSeries(index) ? world.id('recurringappointmentmaster', 0) : null),
    instancetypecode: (index) => (!inSeries(index) ? 0 : index === MOVED ? 3 : 2),
    originalstartdate: (index, world) => (inSeries(index) ? weekMs(index, world) : null),
    scheduledstart: (index, world) =>
      inSeries(index) ? movedMs(index, world) : startMs('appointment', index, world),
    scheduledend: (index, world) =>
      (inSeries(index) ? movedMs(index, world) : startMs('appointment', index, world)) + 60 * MINUTE_MS,
    statecode: (index) => (index % 4 === 0 ? 1 : index % 9 === 8 ? 2 : 3),
    statuscode: (index) => (index % 4 === 0 ? 3 : index % 9 === 8 ? 4 : 5),
    regardingobjectid: regarding('appointment'),
  },
};

function weekMs(index: number, world: World): number {
  return world.createdMs('recurringappointmentmaster', 0) + (1 + index) * 7 * DAY_MS;
}

function movedMs(index: number, world: World): number {
  return weekMs(index, world) + (index === MOVED ? 3 * DAY_MS : 0);
}

const MASTERS: Content = {
  count: fixed(3),
  columns: {
    subject: (index) => ['Weekly review', 'Aylık rapor', 'Jahresgespräch'][index] ?? null,
    recurrencepatterntype: (index) => [0, 2, 3][index === 0 ? 0 : index] ?? 0,
    interval: () => 1,
    daysofweekmask: (index) => (index === 0 ? 2 : null),
    dayofmonth: (index) => (index === 0 ? null : 15),
    monthofyear: (index) => (index === 2 ? 6 : null),
    patternstartdate: (index, world) => world.createdMs('recurringappointmentmaster', index),
    patternenddate: (index) => (index === 0 ? LAST_MS + 900 * DAY_MS : null),
    patternendtype: (index) => [3, 1, 2][index] ?? 1,
    occurrences: (index) => (index === 2 ? 10 : null),
    expansionstatecode: (index) => (index === 0 ? 1 : 0),
    instancetypecode: () => 1,
    deletedexceptionslist: (index) => (index === 0 ? '2024-05-06,2024-05-13' : null),
    starttime: (index, world) => world.createdMs('recurringappointmentmaster', index),
    endtime: (index, world) => world.createdMs('recurringappointmentmaster', index) + 60 * MINUTE_MS,
    statecode: () => 3,
    statuscode: () => 5,
  },
};

/** Parties of one activity, by table: what takes part, with which mask. */
const ROLES = {
  email: ['from', 'to', 'copy', 'about'],
  phonecall: ['caller', 'to'],
  appointment: ['organizer', 'attendee'],
  task: ['owner'],
} as const;
type Kind = keyof typeof ROLES;
const KINDS: readonly Kind[] = ['email', 'phonecall', 'appointment', 'task'];
const MASKS: Readonly<Record<string, number>> = {
  ...{ from: 1, caller: 1, to: 2, copy: 3, organizer: 7, attendee: 5, owner: 9 },
};

function seatOf(
  index: number,
  world: World,
): { readonly table: Kind; readonly row: number; readonly role: string } {
  let rest = index;
  for (const table of KINDS) {
    const roles = ROLES[table];
    const seats = world.count(table) * roles.length;
    if (rest < seats)
      return { table, row: Math.floor(rest / roles.length), role: roles[rest % roles.length] ?? 'to' };
    rest -= seats;
  }
  return { table: 'task', row: 0, role: 'owner' };
}

/** Whether a party names nobody: an address alone. */
const isUnresolved = (index: number): boolean => index % 7 === 2;
/** Whether the record a party named was deleted since. */
const isGone = (index: number): boolean => index % 29 === 28;

/** What the activity of a party is about, where that can be a party; null: it can not, or there is nothing. */
function aboutOf(index: number, world: World): Ref | null {
  const { table, row, role } = seatOf(index, world);
  const about = role === 'about' ? world.value(table, row, 'regardingobjectid') : null;
  return isRef(about) && about.table !== 'new_project' ? about : null;
}

function partyOf(index: number, world: World): Ref | null {
  if (isUnresolved(index)) return null;
  if (isGone(index))
    return { table: 'contact', id: `dead0000-0000-4000-8000-${String(index).padStart(12, '0')}` };
  const { role } = seatOf(index, world);
  if (['from', 'caller', 'organizer', 'owner'].includes(role)) return userAt(world, index, 'party.user');
  const kind = world.below(8, index, 'party.kind');
  const other = near(
    kind < 5 ? 'contact' : kind < 6 ? 'account' : kind < 7 ? 'lead' : 'contact',
    index,
    world,
  );
  return aboutOf(index, world) ?? other;
}

/** 8 says again what the activity is about, 9 who owns it: neither took part. */
function maskOf(index: number, world: World): number {
  const { role } = seatOf(index, world);
  if (role === 'about') return aboutOf(index, world) === null ? 2 : 8;
  return MASKS[role] ?? 2;
}

const PARTIES: Content = {
  count: (records) =>
    KINDS.reduce((sum, kind) => sum + (ACTIVITIES[kind]?.count(records) ?? 0) * ROLES[kind].length, 0),
  columns: {
    activityid: (index, world) => {
      const { table, row } = seatOf(index, world);
      return { table: 'activitypointer', id: world.id(table, row) };
    },
    partyid: partyOf,
    participationtypemask: maskOf,
    addressused: (index, world) =>
      seatOf(index, world).table === 'email' ? `kisi.${index}@mail.example` : null,
    addressusedemailcolumnnumber: (index, world) => (seatOf(index, world).table === 'email' ? 42 : null),
    ispartydeleted: isGone,
    instancetypecode: () => 0,
  },
};

const CLOSES: Content = {
  count: share(0.01, 6),
  columns: {
    subject: (index) => (index % 2 ? 'Opportunity Won' : 'Fırsat kaybedildi'),
    opportunityid: (index, world) =>
      world.ref('opportunity', (index * 5 + (index % 2 ? 1 : 3)) % world.count('opportunity')),
    description: (index) => (index % 2 ? null : 'Fiyat yüksek bulundu'),
    statecode: () => 1,
    statuscode: () => 2,
  },
};

/** Everything people did, and who took part. */
export const ACTIVITIES: Readonly<Record<string, Content>> = {
  phonecall: PHONE_CALLS,
  email: EMAILS,
  task: TASKS,
  appointment: APPOINTMENTS,
  recurringappointmentmaster: MASTERS,
  opportunityclose: CLOSES,
  activityparty: PARTIES,
  new_visit: {
    count: share(0.005, 6),
    columns: {
      ...timed('new_visit', 90),
      subject: (index) => `Ziyaret ${index + 1}`,
      new_mileage: (index) => BigInt(1_250 + index * 10),
      regardingobjectid: regarding('new_visit'),
      statecode: (index) => (index % 2 ? 1 : 0),
    },
  },
};
