/** What decides a world. */
export interface WorldPlan {
  readonly seed: number;
  /** About so many records in all. */
  readonly records: number;
}

/** Worlds by name, with about how many records they have. They differ in nothing else. */
const WORLDS: Readonly<Record<string, number>> = { sample: 1_000, company: 8_000, large: 100_000 };

/** The size of a world. Throws when there is none of that name. */
export function sizeOf(world: string): number {
  const records = WORLDS[world];
  if (records === undefined)
    throw new Error(`there is no world ${world}; there are ${Object.keys(WORLDS).join(', ')}`);
  return records;
}

/** Share of each module in the records of a world, and the fewest there are: enough for every case. */
const SHARES: Readonly<Record<string, readonly [share: number, least: number]>> = {
  company: [0.08, 16],
  contact: [0.14, 20],
  lead: [0.05, 12],
  leadHistory: [0.04, 6],
  customer: [0.02, 4],
  product: [0.012, 6],
  proposal: [0.1, 14],
  proposalProduct: [0.09, 8],
  sales: [0.03, 4],
  salesProduct: [0.03, 4],
  invoice: [0.03, 5],
  activity: [0.1, 14],
  task: [0.03, 6],
  appointment: [0.03, 8],
  call: [0.03, 6],
  note: [0.04, 6],
  attach: [0.02, 8],
  tag: [0, 0],
  relations: [0.008, 3],
  request: [0.01, 3],
  employee: [0.002, 3],
  survey: [0.001, 2],
  expense: [0.003, 2],
  order: [0.001, 2],
  ozel_kredi_profili: [0.02, 4],
  ozel_makine: [0.03, 6],
  ozel_kisi_profili: [0.015, 3],
  ozel_proje_plani: [0.015, 5],
  ozel_depo: [0.001, 3],
  ozel_depo_hareketi: [0.005, 4],
  ozel_eski_liste: [0.002, 3],
};

/** How many records a module begins with. Modules without a share are empty. */
export function countOf(plan: WorldPlan, module: string): number {
  const [share, least] = SHARES[module] ?? [0, 0];
  return Math.max(least, Math.round(plan.records * share));
}
