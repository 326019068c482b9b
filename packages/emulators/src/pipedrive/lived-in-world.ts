import { seededRandom } from '../kit/random.ts';

const COMPANIES = [
  'Anadolu',
  'Bosphorus',
  'Northwind',
  'Altin',
  'Ege',
  'Marmara',
  'Delta',
  'Kuzey',
  'Harbour',
  'Vega',
];
const TRADES = ['Tekstil', 'Logistics', 'Foods', 'Makine', 'Medical', 'Energy', 'Yapi', 'Software'];
const FIRST = [
  'Ayşe',
  'Mehmet',
  'Elif',
  'Can',
  'Deniz',
  'John',
  'Maria',
  'İpek',
  'Özgür',
  'Anna',
  'Kerem',
  'Zeynep',
];
const LAST = ['Yılmaz', 'Kaya', 'Demir', 'Şahin', 'Çelik', 'Smith', 'Rossi', 'Öztürk', 'Aydın', 'Novak'];
const CITIES = ['İstanbul', 'Ankara', 'İzmir', 'Bursa', 'London', 'Berlin'];
const SOURCES = ['Web', 'Fair', 'Referral', 'Cold call'];

/** How much there is. */
const SIZE = { organizations: 40, persons: 90, deals: 70, activities: 120, notes: 60 } as const;

const USERS = [
  { name: 'Selin Arslan', email: 'selin@emulated.example' },
  { name: 'Tom Baker', email: 'tom@emulated.example' },
  { name: 'Burak Koç', email: 'burak@emulated.example' },
  { name: 'Left Longago', email: 'left@emulated.example', active_flag: false },
];

const FIELDS = [
  { entity: 'organization', field_name: 'Tax number', field_type: 'varchar' },
  { entity: 'organization', field_name: 'Segment', field_type: 'enum', options: labels(['A', 'B', 'C']) },
  { entity: 'person', field_name: 'Title', field_type: 'varchar' },
  {
    entity: 'person',
    field_name: 'Interests',
    field_type: 'set',
    options: labels(['Golf', 'Sailing', 'Tea']),
  },
  { entity: 'deal', field_name: 'Source', field_type: 'enum', options: labels(SOURCES) },
  { entity: 'deal', field_name: 'Commission', field_type: 'monetary' },
  { entity: 'deal', field_name: 'Handover', field_type: 'date' },
];

/** A company that has worked with its CRM for a while, as a seed body: made from the seed alone. */
export function livedInSeed(seed: number): unknown {
  const random = seededRandom(seed + 7_919);
  const many = <T>(count: number, make: (number: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index + 1));
  const moment = () => {
    const day = `2025-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
    return `${day}T${two(random.between(6, 18))}:${two(random.between(0, 59))}:00Z`;
  };
  const owner = () => random.between(1, 4);
  return {
    users: USERS,
    fields: FIELDS,
    pipelines: [{ name: 'Renewals', is_deal_probability_enabled: true }],
    stages: ['Due', 'Offered', 'Agreed'].map((name) => ({ name, pipeline_id: 2, deal_probability: 50 })),
    organizations: many(SIZE.organizations, (number) => ({
      name: `${random.pick(COMPANIES)} ${random.pick(TRADES)} ${number}`,
      owner_id: owner(),
      add_time: moment(),
      address: { value: `${random.pick(CITIES)}, No ${number}`, locality: random.pick(CITIES) },
      custom_fields: { 'Tax number': String(1_000_000_000 + number), Segment: random.pick(['A', 'B', 'C']) },
    })),
    persons: many(SIZE.persons, (number) => personSeed(number, random, owner(), moment())),
    deals: many(SIZE.deals, (number) => dealSeed(number, random, owner(), moment())),
    activities: many(SIZE.activities, (number) => ({
      subject: `Follow up ${number}`,
      type: random.pick(['call', 'meeting', 'task']),
      owner_id: owner(),
      deal_id: random.between(1, SIZE.deals),
      participants: [{ person_id: random.between(1, SIZE.persons), primary: true }],
      due_date: moment().slice(0, 10),
      done: random.next() < 0.6,
      add_time: moment(),
    })),
    notes: many(SIZE.notes, (number) => ({
      content: `<p>Talked about <b>order ${number}</b>.</p>`,
      deal_id: random.between(1, SIZE.deals),
      add_time: moment(),
    })),
  };
}

type Random = ReturnType<typeof seededRandom>;

function personSeed(number: number, random: Random, owner_id: number, add_time: string): unknown {
  return {
    name: `${random.pick(FIRST)} ${random.pick(LAST)}`,
    owner_id,
    add_time,
    org_id: random.between(1, SIZE.organizations),
    emails: [{ value: `person${number}@company${number % 40}.example`, primary: true, label: 'work' }],
    phones: [{ value: `+9053${random.between(10_000_000, 99_999_999)}` }],
    custom_fields: { Title: random.pick(['Manager', 'Buyer', 'Director']), Interests: ['Tea'] },
  };
}

function dealSeed(number: number, random: Random, owner_id: number, add_time: string): unknown {
  const status = random.pick(['open', 'open', 'won', 'lost']);
  const outcome =
    status === 'won'
      ? { won_time: '2025-12-20T10:00:00Z' }
      : status === 'lost'
        ? { lost_time: '2025-12-21T10:00:00Z', lost_reason: 'Price' }
        : {};
  return {
    title: `Deal ${number}`,
    owner_id,
    add_time,
    org_id: random.between(1, SIZE.organizations),
    person_id: random.between(1, SIZE.persons),
    stage_id: random.between(1, 9),
    value: random.between(1, 500) * 100,
    currency: random.pick(['TRY', 'EUR', 'USD']),
    status,
    ...outcome,
    custom_fields: { Source: random.pick(SOURCES), Commission: { value: number, currency: 'TRY' } },
  };
}

function labels(names: readonly string[]): { label: string }[] {
  return names.map((label) => ({ label }));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
