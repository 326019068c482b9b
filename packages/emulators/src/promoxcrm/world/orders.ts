import { createdAt, type Draw, dayOf, daysAfter, type WorldRow } from './chance.ts';
import { CAMPAIGNS, FULFILLMENT, GOODS, SUPPLIERS } from './names.ts';
import { seller } from './people.ts';
import { PIPELINES, type Pipeline } from './pipelines.ts';

/** Projects: promo orders and campaigns of a client. */
export function projects(draw: Draw, count: number, clients: readonly WorldRow[]): WorldRow[] {
  const rows = Array.from({ length: Math.max(23, count) }, (_, at) => project(draw, at, count, clients));
  plantProjects(draw, rows, clients);
  return rows;
}

function project(draw: Draw, at: number, count: number, clients: readonly WorldRow[]): WorldRow {
  const id = 1_001 + at;
  const client = draw.pick(clients);
  const pipeline = draw.pick(PIPELINES);
  const created_at = createdAt(at, count);
  const reached = draw.between(0, pipeline.stages.length - 1);
  const stage_history = historyOf(draw, pipeline, reached, created_at);
  const items = Array.from({ length: draw.between(1, 4) }, () => item(draw));
  const value = items.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
  const campaign_name = draw.pick(CAMPAIGNS);
  const owner_id = seller(draw);
  return {
    id,
    number: `PX-${id}`,
    name: `${campaign_name} ${created_at.slice(0, 4)}`,
    client_id: client.id,
    contact_email: client.email ?? null,
    pipeline_id: pipeline.id,
    stage_id: stage_history.at(-1)?.stage_id ?? null,
    order_value: dollars(value),
    currency: 'USD',
    campaign_name,
    promo_items: items.map(({ cents, ...rest }) => ({ ...rest, unit_price: dollars(cents) })),
    supplier_reference: draw.pick(SUPPLIERS),
    fulfillment_status: draw.pick(FULFILLMENT),
    in_hands_date: dayOf(daysAfter(created_at, draw.between(20, 60))),
    owner_id,
    stage_history: stage_history.map((entry) => ({ ...entry, user_id: owner_id })),
    custom_properties: {
      decoration_method: draw.pick(['Screen print', 'Embroidery', 'Laser', 'Digital']),
      rush: draw.chance(15),
    },
    created_at,
    updated_at: stage_history.at(-1)?.entered_at ?? created_at,
  };
}

interface Item {
  readonly name: string;
  readonly sku: string;
  readonly quantity: number;
  readonly cents: number;
}

function item(draw: Draw): Item {
  const [name, sku, cents] = draw.pick(GOODS);
  return { name, sku, quantity: draw.between(1, 40) * 25, cents };
}

/** Stages are entered one after the other, up to the one reached; a lost order does not pass through the won one. */
function historyOf(
  draw: Draw,
  pipeline: Pipeline,
  reached: number,
  created_at: string,
): { pipeline_id: number; stage_id: number; entered_at: string }[] {
  const last = pipeline.stages[reached];
  const passed = pipeline.stages.filter(({ outcome }, at) => at < reached && outcome === 'open');
  let entered_at = created_at;
  return [...passed, ...(last ? [last] : [])].map(({ id }) => {
    const entry = { pipeline_id: pipeline.id, stage_id: id, entered_at };
    entered_at = daysAfter(entered_at, draw.between(1, 12), draw.between(0, 5));
    return entry;
  });
}

/** `1234.50`: amounts are texts with two decimals. */
function dollars(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

function plantProjects(draw: Draw, rows: WorldRow[], clients: readonly WorldRow[]): void {
  const put = (at: number, rule: string, what: string, values: object): void => {
    const row = rows[at];
    if (row === undefined) return;
    Object.assign(row, values);
    draw.plant(rule, what, 'projects', [row.id]);
  };
  const first = clients[0];
  put(0, 'P-23(a)', 'campaign, two items, supplier and fulfilment', {
    campaign_name: 'Spring Trade Show',
    name: 'Spring Trade Show 2023',
    client_id: first?.id ?? null,
    contact_email: first?.email ?? null,
    promo_items: [
      { name: 'Tote bag, 2-color', sku: 'TB-210', quantity: 500, unit_price: '4.25' },
      { name: 'Gel pen', sku: 'GP-001', quantity: 1_000, unit_price: '0.85' },
    ],
    order_value: '2975.00',
    supplier_reference: 'SAGE-50018 Gemline Mills',
    fulfillment_status: 'In production',
  });
  put(1, 'P-23(b)', 'the client by id alone', {
    client_id: first?.id ?? null,
    contact_email: null,
  });
  put(2, 'P-23(b)', 'the contact by e-mail alone', {
    client_id: null,
    contact_email: 'blake.haas@nimbus.example',
  });
  put(3, 'P-23(c)', 'no value', { order_value: null });
  put(4, 'zero-value', 'a value of 0 that is meant', { order_value: '0.00' });
  put(5, 'orphan-project', 'a client who is not there', { client_id: 999_999, contact_email: null });
  put(6, 'orphan-project', 'no client at all', { client_id: null, contact_email: null });
  put(7, 'P-28(c)', 'owned by somebody who has left', { owner_id: 16 });
  put(8, 'P-23(c)', 'no value and no currency', { order_value: null, currency: null });
  plantStages(draw, rows);
}

/** One project in each stage of each pipeline, so that the smallest world has them all. */
function plantStages(draw: Draw, rows: WorldRow[]): void {
  const stages = PIPELINES.flatMap((pipeline) => pipeline.stages.map((stage) => ({ pipeline, stage })));
  for (const [at, { pipeline, stage }] of stages.entries()) {
    const row = rows[9 + at];
    if (row === undefined) continue;
    const created = String(row.created_at);
    const history = historyOf(draw, pipeline, stage.position - 1, created);
    const updated_at = history.at(-1)?.entered_at ?? created;
    const stage_history = history.map((entry) => ({ ...entry, user_id: row.owner_id }));
    Object.assign(row, { pipeline_id: pipeline.id, stage_id: stage.id, stage_history, updated_at });
    draw.plant('P-22(b)', `in the stage ${stage.name} of ${pipeline.name}`, 'projects', [row.id]);
  }
  draw.plant('P-22(a)', 'a stage name that two pipelines have', 'pipelines', [1, 2]);
  draw.plant('P-22(c)', 'order and probability, and a pipeline without', 'pipelines', [1, 2, 3]);
}

/** Commission records: who earns what of an order. */
export function commissions(draw: Draw, count: number, projects: readonly WorldRow[]): WorldRow[] {
  const rows = plantCommissions(draw, projects);
  for (let at = rows.length; at < count; at += 1) {
    const project = projects[Math.min(projects.length - 1, 10 + (at % projects.length))];
    if (project !== undefined) rows.push(commission(draw, at, project));
  }
  return rows;
}

const REPS: Readonly<Record<number, string>> = {
  11: 'dana.whitfield@promo.example',
  12: 'marcus.tran@promo.example',
  13: 'elena.castillo@promo.example',
  14: 'priya.gupta@promo.example',
  15: 'hector.ibarra@promo.example',
  16: 'noel.abbott@promo.example',
};

function commission(draw: Draw, at: number, project: WorldRow): WorldRow {
  const rate = draw.pick([5, 7.5, 10, 12.5]);
  const cents = Math.round(Number(project.order_value ?? 0) * rate);
  const created_at = daysAfter(String(project.created_at), draw.between(5, 40));
  const isPaid = draw.chance(60);
  return {
    id: 1_001 + at,
    rep_email: REPS[Number(project.owner_id)] ?? null,
    project_id: project.id,
    basis: 'Order value',
    rate,
    amount: dollars(cents),
    currency: 'USD',
    status: isPaid ? 'Paid' : 'Owed',
    paid_date: isPaid ? dayOf(daysAfter(created_at, 30)) : null,
    split_percent: 100,
    tier: null,
    created_at,
    updated_at: created_at,
  };
}

const USUAL = {
  basis: 'Order value',
  currency: 'USD',
  tier: null,
  split_percent: 100,
  status: 'Owed',
  paid_date: null,
  created_at: '2024-02-01T15:00:00Z',
  updated_at: '2024-02-01T15:00:00Z',
};

/** Records with a case in each; `project` is the place of the project among all, null for none. */
const PLANTED: readonly (WorldRow & { readonly project: number | null })[] = [
  {
    ...{ id: 1_001, project: 0, rep_email: REPS[11], ...USUAL, rate: 10, amount: '178.50' },
    ...{ split_percent: 60, status: 'Paid', paid_date: '2024-03-01' },
  },
  { id: 1_002, project: 0, rep_email: REPS[12], ...USUAL, rate: 10, amount: '119.00', split_percent: 40 },
  {
    ...{ id: 1_003, project: 1, rep_email: REPS[13], ...USUAL, rate: '12.5%', amount: '250.00' },
    tier: '10% to $5,000; 12.5% above',
  },
  { id: 1_004, project: 2, rep_email: REPS[14], ...USUAL, rate: 0.125, amount: '99.95' },
  { id: 1_005, project: null, rep_email: REPS[12], ...USUAL, rate: 8, amount: null, status: 'Rate card' },
  { id: 1_006, project: -1, rep_email: REPS[13], ...USUAL, rate: 5, amount: '10.00' },
];

function plantCommissions(draw: Draw, projects: readonly WorldRow[]): WorldRow[] {
  const rows = PLANTED.map(({ project, ...row }) => ({
    ...row,
    project_id: project === null ? null : (projects[project]?.id ?? 999_999),
  }));
  const plant = (rule: string, what: string, ids: readonly number[]) =>
    draw.plant(rule, what, 'commissions', ids);
  plant('P-24(a)', 'rows with every column', [1_001, 1_003]);
  plant('P-24(b)', 'what is owed for one order, and the rate of a rep', [1_004, 1_005]);
  plant('P-24(c)', 'amounts that a person or a deal could carry', [1_001, 1_002, 1_004]);
  plant('P-24(d)', 'split between two reps; a rate in tiers', [1_001, 1_002, 1_003]);
  plant('orphan-commission', 'of an order that is not there', [1_006]);
  return rows;
}
