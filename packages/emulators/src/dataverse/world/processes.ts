import { type Content, fixed, type Generate, type Value, type World } from './content.ts';

/** Stages of the processes, in the order of their workflows: name and category. */
const STAGES: readonly (readonly (readonly [string, number])[])[] = [
  [
    ['Qualify', 0],
    ['Develop', 1],
    ['Propose', 2],
    ['Close', 3],
  ],
  [
    ['Qualify', 0],
    ['Develop', 1],
    ['Propose', 2],
    ['Close', 3],
  ],
  [
    ['Hazırlık', 0],
    ['Görüşme', 1],
    ['İmza', 3],
  ],
];
const ALL_STAGES = STAGES.flatMap((stages, process) =>
  stages.map(([name, category]) => ({ name, category, process })),
);

/** Share of the opportunities that run in the first process; the others run in the second. */
const FIRST_SHARE = 0.6;
/** One opportunity in so many is in a later stage of its process than its `salesstage` says. */
const CONFLICT = 5;
/** One opportunity in so many has a second, other process. */
const RENEWAL = 8;

function firstCount(opportunities: number): number {
  return Math.ceil(opportunities * FIRST_SHARE);
}

/** The process an opportunity runs in: the workflow's row and the instance's. */
export function inProcess(
  opportunity: number,
  world: World,
): { readonly process: 0 | 1; readonly instance: number } | null {
  const first = firstCount(world.count('opportunity'));
  if (opportunity < first) return { process: 0, instance: opportunity };
  return { process: 1, instance: opportunity - first };
}

function stageRow(opportunity: number, world: World): number {
  const said = world.below(4, opportunity, 'salesstage');
  const stage = opportunity % CONFLICT === 0 ? (said + 1) % 4 : said;
  return (inProcess(opportunity, world)?.process === 1 ? 4 : 0) + stage;
}

/** The id of the stage an opportunity is in, as its process says. */
export function stageOf(opportunity: number, world: World): string {
  return world.id('processstage', stageRow(opportunity, world));
}

const leadOf: Generate = (index, world) => world.ref('lead', (index * 4 + 1) % world.count('lead'));

function instances(process: 0 | 1, count: (records: number) => number): Content {
  const opportunity = (index: number, world: World) =>
    process === 0 ? index : firstCount(world.count('opportunity')) + index;
  const state: Generate = (index, world) =>
    world.value('opportunity', opportunity(index, world), 'statecode') === 0 ? 0 : 1;
  return {
    count,
    columns: {
      name: (index, world) => world.value('opportunity', opportunity(index, world), 'name'),
      opportunityid: (index, world) => world.ref('opportunity', opportunity(index, world)),
      ...(process === 1 ? { leadid: leadOf } : {}),
      activestageid: (index, world) => world.ref('processstage', stageRow(opportunity(index, world), world)),
      processid: (_, world) => world.ref('workflow', process),
      traversedpath: (index, world) => traversed(stageRow(opportunity(index, world), world), world),
      statecode: state,
      statuscode: (index, world) =>
        world.value('opportunity', opportunity(index, world), 'statecode') === 0 ? 1 : index % 2 ? 2 : 3,
    },
  };
}

function traversed(last: number, world: World): string {
  const first = last >= 4 ? 4 : 0;
  return Array.from({ length: last - first + 1 }, (_, at) => world.id('processstage', first + at)).join(',');
}

const opportunities = (records: number) => Math.max(30, Math.round(records * 0.05));

const RENEWALS: Content = {
  count: (records) => Math.floor(opportunities(records) / RENEWAL),
  columns: {
    bpf_name: (index) => `Renewal ${index + 1}`,
    bpf_opportunityid: (index, world) => world.ref('opportunity', index * RENEWAL),
    activestageid: (index, world) => world.ref('processstage', 8 + (index % 3)),
    processid: (_, world) => world.ref('workflow', 2),
    traversedpath: (_, world) => world.id('processstage', 8),
  },
};

interface Automation {
  readonly name: string;
  readonly category: number;
  readonly type: number;
  readonly entity: string;
  readonly state?: number;
  readonly mode?: number;
  readonly trigger?: string;
}

const AUTOMATIONS: readonly Automation[] = [
  { name: 'Opportunity Sales Process', category: 4, type: 1, entity: 'opportunity' },
  { name: 'Lead To Opportunity Sales Process', category: 4, type: 1, entity: 'lead' },
  { name: 'Renewal Process', category: 4, type: 1, entity: 'opportunity' },
  { name: 'Assign by region', category: 0, type: 1, entity: 'account', trigger: 'create' },
  { name: 'Assign by region', category: 0, type: 2, entity: 'account', trigger: 'create' },
  { name: 'Teklif hatırlatma', category: 0, type: 1, entity: 'quote', trigger: 'statuscode' },
  { name: 'Set probability', category: 0, type: 1, entity: 'opportunity', mode: 1, trigger: 'salesstage' },
  { name: 'Require tax number', category: 2, type: 1, entity: 'contact' },
  { name: 'Lock won deals', category: 2, type: 1, entity: 'opportunity', state: 0 },
  { name: 'new_RecalculateRisk', category: 3, type: 1, entity: 'account' },
  { name: 'Old call script', category: 1, type: 1, entity: 'phonecall', state: 0 },
  { name: 'Notify on new lead', category: 5, type: 1, entity: 'lead' },
  { name: 'Sync invoices', category: 5, type: 1, entity: 'invoice', state: 2 },
  { name: 'Welcome mail template', category: 0, type: 3, entity: 'contact' },
];

const WORKFLOWS: Content = {
  count: fixed(AUTOMATIONS.length),
  columns: {
    name: (index) => AUTOMATIONS[index]?.name ?? null,
    uniquename: (index) =>
      ['opportunitysalesprocess', 'leadtoopportunitysalesprocess', 'new_bpf_renewal'][index] ?? null,
    category: (index) => AUTOMATIONS[index]?.category ?? 0,
    type: (index) => AUTOMATIONS[index]?.type ?? 1,
    primaryentity: (index) => AUTOMATIONS[index]?.entity ?? null,
    mode: (index) => AUTOMATIONS[index]?.mode ?? 0,
    scope: () => 4,
    runas: () => 1,
    ondemand: (index) => index % 4 === 1,
    triggeroncreate: (index) => AUTOMATIONS[index]?.trigger === 'create',
    triggeronupdateattributelist: (index): Value => {
      const trigger = AUTOMATIONS[index]?.trigger;
      return trigger === undefined || trigger === 'create' ? null : trigger;
    },
    createstage: (index) => (AUTOMATIONS[index]?.trigger === 'create' ? 40 : null),
    statecode: (index) => AUTOMATIONS[index]?.state ?? 1,
    xaml: (index) => (AUTOMATIONS[index]?.category === 5 ? null : '<Activity x:Class="XrmWorkflow" />'),
    clientdata: (index) =>
      AUTOMATIONS[index]?.category === 5
        ? '{"properties":{"definition":{"triggers":{"When_a_row_is_added":{"type":"OpenApiConnectionWebhook"}},"actions":{}}}}'
        : null,
  },
};

const STEPS = [
  { name: 'Opex.Plugins.AccountNumber: Create of account', stage: 20, mode: 0, filter: 0, attributes: null },
  {
    name: 'Opex.Plugins.DealScore: Update of opportunity',
    stage: 40,
    mode: 1,
    filter: 1,
    attributes: 'estimatedvalue,closeprobability',
  },
  { name: 'Opex.Plugins.Legacy: Delete of contact', stage: 10, mode: 0, filter: 2, attributes: null },
] as const;
const FILTERS = [
  ['account', 0],
  ['opportunity', 1],
  ['contact', 2],
] as const;

/** Process flows, their stages and instances, and what runs by itself: for the inventory. */
export const PROCESSES: Readonly<Record<string, Content>> = {
  workflow: WORKFLOWS,
  processstage: {
    count: fixed(ALL_STAGES.length),
    columns: {
      stagename: (index) => ALL_STAGES[index]?.name ?? null,
      stagecategory: (index) => ALL_STAGES[index]?.category ?? 0,
      primaryentitytypecode: (index) =>
        ALL_STAGES[index]?.process === 1 && index === 4 ? 'lead' : 'opportunity',
      processid: (index, world) => world.ref('workflow', ALL_STAGES[index]?.process ?? 0),
    },
  },
  opportunitysalesprocess: instances(0, (records) => firstCount(opportunities(records))),
  leadtoopportunitysalesprocess: instances(
    1,
    (records) => opportunities(records) - firstCount(opportunities(records)),
  ),
  new_bpf_renewal: RENEWALS,
  sdkmessage: {
    count: fixed(3),
    columns: { name: (index) => ['Create', 'Update', 'Delete'][index] ?? null },
  },
  sdkmessagefilter: {
    count: fixed(FILTERS.length),
    columns: {
      primaryobjecttypecode: (index) => FILTERS[index]?.[0] ?? null,
      sdkmessageid: (index, world) => world.ref('sdkmessage', FILTERS[index]?.[1] ?? 0),
    },
  },
  plugintype: {
    count: fixed(STEPS.length),
    columns: {
      name: (index) => STEPS[index]?.name.split(':')[0] ?? null,
      typename: (index) => STEPS[index]?.name.split(':')[0] ?? null,
      assemblyname: () => 'Opex.Plugins',
    },
  },
  sdkmessageprocessingstep: {
    count: fixed(STEPS.length),
    columns: {
      name: (index) => STEPS[index]?.name ?? null,
      stage: (index) => STEPS[index]?.stage ?? 40,
      mode: (index) => STEPS[index]?.mode ?? 0,
      rank: () => 1,
      filteringattributes: (index) => STEPS[index]?.attributes ?? null,
      sdkmessageid: (index, world) => world.ref('sdkmessage', FILTERS[index]?.[1] ?? 0),
      sdkmessagefilterid: (index, world) => world.ref('sdkmessagefilter', STEPS[index]?.filter ?? 0),
      plugintypeid: (index, world) => world.ref('plugintype', index),
      statecode: (index) => (index === 2 ? 1 : 0),
    },
  },
  savedquery: {
    count: fixed(2),
    columns: {
      name: (index) => ['Active Accounts', 'Açık Fırsatlar'][index] ?? null,
      returnedtypecode: (index) => ['account', 'opportunity'][index] ?? null,
      fetchxml: (index) =>
        `<fetch><entity name="${index ? 'opportunity' : 'account'}"><attribute name="name" /></entity></fetch>`,
      isdefault: (index) => index === 0,
    },
  },
};
