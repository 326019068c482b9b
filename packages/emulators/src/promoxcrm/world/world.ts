import { Draw, type PlantedCase, type WorldRow } from './chance.ts';
import { OBJECTS, objectRecords } from './custom-objects.ts';
import { commissions, projects } from './orders.ts';
import { clients, leads, USERS } from './people.ts';
import { PIPELINES } from './pipelines.ts';
import { AUTOMATIONS, INTEGRATIONS, presentations, tasks } from './work.ts';

/** What decides a world. */
export interface WorldPlan {
  readonly seed: number;
  /** About so many records in all. */
  readonly records: number;
}

/** The records an account begins with: by resource, custom objects by `custom-objects/<key>`. */
export interface MadeWorld {
  readonly records: ReadonlyMap<string, readonly WorldRow[]>;
  readonly planted: readonly PlantedCase[];
}

/** Makes a promotional-products distributor of about so many records; the same plan gives the same company. */
export function makeWorld({ seed, records }: WorldPlan): MadeWorld {
  const draw = new Draw(seed);
  const share = (percent: number) => Math.round((records * percent) / 100);
  const madeClients = clients(draw, share(18));
  const madeLeads = leads(draw, share(12));
  const madeProjects = projects(draw, share(20), madeClients);
  const madeObjects = objectRecords(draw, share(4), madeClients, madeProjects);
  const made = new Map<string, readonly WorldRow[]>([
    ['users', USERS.map((user) => ({ ...user }))],
    ['pipelines', PIPELINES.map((one) => ({ ...one }))],
    ['clients', madeClients],
    ['leads', madeLeads],
    ['projects', madeProjects],
    ['commissions', commissions(draw, share(14), madeProjects)],
    ['tasks', tasks(draw, share(24), madeProjects, madeClients)],
    ['presentations', presentations(draw, share(8), madeProjects, madeClients)],
    ['automations', AUTOMATIONS.map((one) => ({ ...one }))],
    ['integrations', INTEGRATIONS.map((one) => ({ ...one }))],
    ['custom-objects', OBJECTS.map((one) => ({ ...one }))],
    ...Object.entries(madeObjects).map(([key, rows]) => [`custom-objects/${key}`, rows] as const),
  ]);
  plantEverywhere(draw);
  return { records: made, planted: draw.planted };
}

function plantEverywhere(draw: Draw): void {
  draw.plant('P-22(d)', 'colours are not told by the API', 'pipelines', [1]);
  draw.plant('P-28(a)', 'owners of leads, clients, projects and tasks', 'users', [11, 12, 13, 14]);
  draw.plant('P-28(b)', 'users with an e-mail', 'users', [11, 12]);
  draw.plant('P-29(a)', 'reports and dashboards answer 501', 'reports', []);
  draw.plant('P-29(b)', 'stage history, task states and lead sources to count', 'projects', [1_001]);
  draw.plant('P-29(c)', 'the same, to build on elsewhere', 'projects', [1_001]);
  draw.plant('P-29(d)', 'the same, for the admin', 'projects', [1_001]);
}
