import { createdAt, type Draw, daysAfter, type WorldRow } from './chance.ts';
import {
  ARTWORK_FORMATS,
  CITIES,
  COMPANY_KINDS,
  COMPANY_WORDS,
  FAMILY_NAMES,
  GIVEN_NAMES,
  LEAD_SOURCES,
  LEGAL_FORMS,
  REGIONS,
  STREETS,
  SUPPLIER_TIERS,
} from './names.ts';
import { PIPELINES } from './pipelines.ts';

/** Who works at the distributor. One has left, one has no address, one nobody knows in any other system. */
export const USERS: readonly WorldRow[] = [
  { id: 11, name: 'Dana Whitfield', email: 'dana.whitfield@promo.example', active: true, team: 'Corporate' },
  { id: 12, name: 'Marcus Tran', email: 'marcus.tran@promo.example', active: true, team: 'Corporate' },
  { id: 13, name: 'Elena Castillo', email: 'elena.castillo@promo.example', active: true, team: 'Schools' },
  { id: 14, name: 'Priya Gupta', email: 'priya.gupta@promo.example', active: true, team: 'Webstores' },
  { id: 15, name: 'Hector Ibarra', email: 'hector.ibarra@promo.example', active: true, team: 'Schools' },
  { id: 16, name: 'Noel Abbott', email: 'noel.abbott@promo.example', active: false, team: 'Corporate' },
  { id: 17, name: 'Rosa Jensen', email: 'rosa.jensen@promo.example', active: true, team: 'Webstores' },
  { id: 18, name: 'House Account', email: null, active: true, team: null },
];

/** The users who sell: the last of them has no user in the usual destination. */
const SELLERS = [11, 12, 13, 14, 15] as const;

/** Someone who sells. */
export function seller(draw: Draw): number {
  return draw.pick(SELLERS);
}

/** A phone number of the range that is kept for fiction. */
function phone(draw: Draw): string {
  const area = draw.pick(['503', '512', '608', '813']);
  return `(${area}) 555-01${String(draw.between(0, 99)).padStart(2, '0')}`;
}

function mailbox(first: string, last: string, domain: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
  return `${plain(first)}.${plain(last)}@${domain}`;
}

function companyName(draw: Draw): string {
  return `${draw.pick(COMPANY_WORDS)} ${draw.pick(COMPANY_KINDS)} ${draw.pick(LEGAL_FORMS)}`;
}

function domainOf(company: string, at: number): string {
  const words = company.split(' ').slice(0, -1).join('');
  return `${words.replace(/[^A-Za-z]/g, '').toLowerCase()}${at}.example`;
}

function address(draw: Draw, label: string): object {
  const [city, state, postal_code] = draw.pick(CITIES);
  return {
    label,
    line1: `${draw.between(10, 990)} ${draw.pick(STREETS)}`,
    line2: draw.chance(20) ? `Suite ${draw.between(100, 900)}` : null,
    city,
    state,
    postal_code,
    country: 'US',
  };
}

function properties(draw: Draw): object {
  return {
    preferred_supplier_tier: draw.chance(85) ? draw.pick(SUPPLIER_TIERS) : null,
    artwork_format_preference: draw.chance(80) ? draw.pick(ARTWORK_FORMATS) : null,
    net_terms_days: draw.chance(60) ? draw.pick([15, 30, 45]) : null,
    tax_exempt: draw.chance(30),
    first_order_on: draw.chance(50) ? `202${draw.between(0, 5)}-0${draw.between(1, 9)}-15` : null,
    credit_limit: draw.chance(40) ? `${draw.between(1, 50) * 500}.00` : null,
  };
}

/** Clients: companies with a contact, companies without one, people without a company. */
export function clients(draw: Draw, count: number): WorldRow[] {
  const rows = Array.from({ length: Math.max(8, count) }, (_, at) => client(draw, at, count));
  plantClients(draw, rows);
  return rows;
}

function client(draw: Draw, at: number, count: number): WorldRow {
  const id = 1_001 + at;
  const first = draw.pick(GIVEN_NAMES);
  const last = draw.pick(FAMILY_NAMES);
  const isCompany = draw.chance(80);
  const company = companyName(draw);
  const domain = isCompany ? domainOf(company, id) : 'gmail.com';
  const created_at = createdAt(at, count);
  return {
    id,
    name: isCompany ? company : `${first} ${last}`,
    contact_first_name: isCompany ? first : null,
    contact_last_name: isCompany ? last : null,
    email: isCompany ? mailbox(first, last, domain) : mailbox(first, `${last}${id}`, domain),
    phone: phone(draw),
    company: isCompany ? company : null,
    website: isCompany && draw.chance(60) ? `https://www.${domain}` : null,
    billing_addresses: [address(draw, 'Main')],
    shipping_addresses: draw.chance(40) ? [address(draw, 'Dock'), address(draw, 'Front desk')] : [],
    owner_id: seller(draw),
    tags: draw.chance(25) ? [draw.pick(['VIP', 'Nonprofit', 'Reorder'])] : [],
    custom_properties: properties(draw),
    created_at,
    updated_at: daysAfter(created_at, draw.between(0, 60)),
  };
}

type Planting = readonly [at: number, rule: string, what: string, values: object];

const PLANTED_CLIENTS: readonly Planting[] = [
  [
    0,
    'P-21(b)',
    'the two properties of the trade are filled',
    {
      custom_properties: {
        preferred_supplier_tier: 'Gold',
        artwork_format_preference: 'AI',
        net_terms_days: 30,
        tax_exempt: true,
        first_order_on: '2021-03-15',
        credit_limit: '12500.00',
      },
    },
  ],
  [
    1,
    'P-21(a)',
    'a person who buys for himself',
    {
      name: 'Felix Stone',
      contact_first_name: null,
      contact_last_name: null,
      company: null,
      email: 'felix.stone@gmail.com',
      website: null,
    },
  ],
  [
    2,
    'P-21(a)',
    'a company without a contact',
    {
      name: 'Riverbend School District',
      contact_first_name: null,
      contact_last_name: null,
      company: 'Riverbend School District',
      email: 'office@riverbend.example',
      owner_id: 13,
    },
  ],
  [
    3,
    'P-21(a)',
    'another contact of the first company, by the name of the company only',
    {
      name: 'Nimbus US Limited',
      contact_first_name: 'Blake',
      contact_last_name: 'Haas',
      email: 'blake.haas@nimbus.example',
      company: 'Nimbus US Limited',
      website: null,
    },
  ],
  [
    4,
    'duplicate-email',
    'the same address as the first client',
    {
      name: 'Nimbus US Ltd',
      contact_first_name: 'Sofia',
      contact_last_name: 'ONeil',
      email: 'Sofia.ONeil@nimbus.example',
      company: 'Nimbus US Ltd',
    },
  ],
  [5, 'P-28(c)', 'owned by somebody who has left', { owner_id: 16 }],
  [6, 'P-28(c)', 'owned by a user without an e-mail', { owner_id: 18 }],
  [7, 'missing-email', 'no e-mail at all', { email: null }],
];

function plantClients(draw: Draw, rows: WorldRow[]): void {
  const first: Planting = [
    0,
    'P-21(a)',
    'a company with its contact, address and several shipping addresses',
    {
      name: 'Nimbus US Limited',
      contact_first_name: 'Sofía',
      contact_last_name: "O'Neil",
      email: 'sofia.oneil@nimbus.example',
      phone: '(503) 555-0142 x7',
      company: 'Nimbus US Limited',
      website: 'https://www.nimbus.example',
      shipping_addresses: [address(draw, 'Dock'), address(draw, 'Front desk')],
      owner_id: 11,
    },
  ];
  for (const [at, rule, what, values] of [first, ...PLANTED_CLIENTS]) {
    const row = rows[at];
    if (row === undefined) continue;
    Object.assign(row, structuredClone(values));
    draw.plant(rule, what, 'clients', [row.id]);
  }
  draw.plant('P-21(c)', 'custom properties of five types', 'clients', [rows[0]?.id ?? 0]);
}

/** Leads: what came in and is no client yet. */
export function leads(draw: Draw, count: number): WorldRow[] {
  const rows = Array.from({ length: Math.max(6, count) }, (_, at) => lead(draw, at, count));
  plantLeads(draw, rows);
  return rows;
}

function lead(draw: Draw, at: number, count: number): WorldRow {
  const id = 1_001 + at;
  const first_name = draw.pick(GIVEN_NAMES);
  const last_name = draw.pick(FAMILY_NAMES);
  const company = draw.chance(70) ? companyName(draw) : null;
  const pipeline = draw.pick(PIPELINES);
  const open = pipeline.stages.filter(({ outcome }) => outcome === 'open');
  const created_at = createdAt(at, count);
  return {
    id,
    first_name,
    last_name,
    email: mailbox(first_name, last_name, company === null ? `lead${id}.example` : domainOf(company, id)),
    phone: draw.chance(70) ? phone(draw) : null,
    company,
    pipeline_id: pipeline.id,
    stage_id: draw.pick(open).id,
    score: draw.between(0, 100),
    source: draw.chance(90) ? draw.pick(LEAD_SOURCES) : null,
    owner_id: seller(draw),
    custom_properties: {
      routing_region: draw.pick(REGIONS),
      routing_queue: draw.chance(50) ? 'Inbound' : null,
      expected_quantity: draw.chance(60) ? draw.between(50, 5_000) : null,
    },
    created_at,
    updated_at: daysAfter(created_at, draw.between(0, 30)),
  };
}

function plantLeads(draw: Draw, rows: WorldRow[]): void {
  const put = (at: number, rule: string, what: string, values: object): void => {
    const row = rows[at];
    if (row === undefined) return;
    Object.assign(row, values);
    draw.plant(rule, what, 'leads', [row.id]);
  };
  put(0, 'P-20(a)', 'every standard field', {
    first_name: 'Maya',
    last_name: 'Quintero',
    email: 'maya.quintero@lakeside.example',
    phone: '(608) 555-0177',
    company: 'Lakeside Robotics LLC',
    pipeline_id: 1,
    stage_id: 101,
    owner_id: 12,
    source: 'Trade show',
  });
  put(0, 'P-20(b)', 'a score and the fields of the routing', {
    score: 87,
    custom_properties: { routing_region: 'Midwest', routing_queue: 'Inbound', expected_quantity: 1_200 },
  });
  put(1, 'P-20(c)', 'in a stage that another pipeline has too', { pipeline_id: 2, stage_id: 201 });
  put(2, 'lead-without-name', 'a company and nothing else', {
    first_name: null,
    last_name: null,
    email: null,
    phone: null,
    company: 'Harbor Fitness Co.',
  });
  put(3, 'lead-without-name', 'an e-mail and nothing else', {
    first_name: null,
    last_name: null,
    company: null,
    email: 'walk.in@quarry.example',
  });
  put(4, 'P-28(c)', 'owned by somebody with no user elsewhere', { owner_id: 15 });
  put(5, 'shared-mailbox', 'the mailbox of a whole company', { email: 'info@harbor.example' });
}
