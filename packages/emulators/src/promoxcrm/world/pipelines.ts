/** A stage as the API gives it. */
export interface Stage {
  readonly id: number;
  readonly name: string;
  readonly position: number;
  /** Percent; null: the team never set one. */
  readonly probability: number | null;
  readonly outcome: 'open' | 'won' | 'lost';
}

/** A pipeline of a team. */
export interface Pipeline {
  readonly id: number;
  readonly name: string;
  readonly team: string;
  readonly stages: readonly Stage[];
}

type StageRow = readonly [name: string, probability: number | null, outcome?: Stage['outcome']];

function pipeline(id: number, name: string, team: string, stages: readonly StageRow[]): Pipeline {
  return {
    id,
    name,
    team,
    stages: stages.map(([stage, probability, outcome = 'open'], at) => ({
      id: id * 100 + at + 1,
      name: stage,
      position: at + 1,
      probability,
      outcome,
    })),
  };
}

/** Each team names its stages as its orders go; two of them share a name. */
export const PIPELINES: readonly Pipeline[] = [
  pipeline(1, 'Corporate Orders', 'Corporate', [
    ['Quote Sent', 25],
    ['Artwork Approved', 50],
    ['Order Confirmed', 90],
    ['Delivered', 100, 'won'],
    ['Cancelled', 0, 'lost'],
  ]),
  pipeline(2, 'School Programs', 'Schools', [
    ['Quote Sent', 15],
    ['Board Approval', 40],
    ['Sizes Collected', 70],
    ['Delivered', 100, 'won'],
    ['Declined', 0, 'lost'],
  ]),
  pipeline(3, 'Webstores', 'Webstores', [
    ['Store Requested', null],
    ['Mockups', null],
    ['Live', 80],
    ['Closed Out', 100, 'won'],
  ]),
];
