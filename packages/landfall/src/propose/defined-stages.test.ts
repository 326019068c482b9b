import { describe, expect, it } from 'vitest';
import { compileMapping, evaluate } from '../mapping/evaluate.ts';
import type { Mapping, StageShape } from '../model/mapping.ts';
import type { SourcePipeline, SourceRecord } from '../model/source.ts';
import { entity, field } from './proposal-fixture.ts';
import { deriveStages } from './stages.ts';

let seen = 0;
function shape(stage: string, more: Partial<StageShape> = {}): StageShape {
  seen += 1;
  return { pipeline: 'New business', stage, status: '', probability: '', count: 1, firstSeen: seen, ...more };
}

type Stage = SourcePipeline['stages'][number];

function stage(name: string, probability: number | null = null, outcome: Stage['outcome'] = 'open'): Stage {
  return { name, probability, outcome };
}

const newBusiness: SourcePipeline = {
  name: 'New business',
  stages: [
    stage('Order Confirmed', 90),
    stage('Quote Sent', 25),
    stage('Artwork Approved', 60),
    stage('Fertig', 100, 'won'),
    stage('Weg', 0, 'lost'),
  ],
};
const renewals: SourcePipeline = { name: 'Renewals', stages: [stage('Due', 50)] };

describe('pipelines the source defines', () => {
  it('each becomes a pipeline with its stages in their order and its probabilities (D-28(a), D-28(b), P-22(b), P-22(c), O-22(a), R-23)', () => {
    const { pipelines } = deriveStages(
      [shape('Quote Sent', { probability: '99' })],
      [],
      [newBusiness, renewals],
    );
    expect(pipelines).toEqual([
      {
        name: 'New business',
        from: ['New business'],
        stages: [
          { name: 'Order Confirmed', probability: 90, from: ['Order Confirmed'] },
          { name: 'Quote Sent', probability: 25, from: ['Quote Sent'] },
          { name: 'Artwork Approved', probability: 60, from: ['Artwork Approved'] },
        ],
        closed: [
          { from: 'Fertig', status: 'won' },
          { from: 'Weg', status: 'lost' },
        ],
      },
      { name: 'Renewals', from: ['Renewals'], stages: [{ name: 'Due', probability: 50, from: ['Due'] }] },
    ]);
  });

  it('spellings of the deals are added to the defined name, which stays', () => {
    const shapes = [shape('QUOTE  SENT', { pipeline: 'NEW BUSINESS', count: 9 }), shape('fertig')];
    const [pipeline] = deriveStages(shapes, [], [newBusiness]).pipelines;
    expect(pipeline).toMatchObject({ name: 'New business', from: ['New business', 'NEW BUSINESS'] });
    expect(pipeline?.stages[1]).toEqual({
      name: 'Quote Sent',
      probability: 25,
      from: ['Quote Sent', 'QUOTE  SENT'],
    });
    expect(pipeline?.closed?.[1]).toEqual({ from: 'fertig', status: 'won' });
  });

  it('stages that only the deals name stand after the defined ones, and the evidence says so', () => {
    const { pipelines, evidence } = deriveStages(
      [shape('Negotiation', { count: 3 }), shape('Kaybedildi'), shape('Lead')],
      [],
      [newBusiness],
    );
    expect(pipelines[0]?.stages.map(({ name }) => name)).toEqual([
      'Order Confirmed',
      'Quote Sent',
      'Artwork Approved',
      'Lead',
      'Negotiation',
    ]);
    expect(pipelines[0]?.closed?.map(({ from }) => from)).toEqual(['Fertig', 'Weg', 'Kaybedildi']);
    expect(evidence.find((line) => line.stage === 'Negotiation')).toMatchObject({
      deals: 3,
      because: 'only the deals name it: placed by the usual order of such names',
    });
  });

  it('a pipeline that only the deals name is appended', () => {
    const { pipelines } = deriveStages([shape('Open', { pipeline: 'Tenders' })], [], [renewals]);
    expect(pipelines.map(({ name }) => name)).toEqual(['Renewals', 'Tenders']);
  });

  it.each([
    { active: true, deals: 0, is: 1 },
    { active: false, deals: 1, is: 1 },
    { active: false, deals: 0, is: 0 },
  ])('active: $active with $deals deals gives $is pipeline (D-28(a))', ({ active, deals, is }) => {
    const shapes = deals === 0 ? [] : [shape('Due', { pipeline: 'Renewals' })];
    expect(deriveStages(shapes, [], [{ ...renewals, active }]).pipelines).toHaveLength(is);
  });

  it('deals that name no pipeline stand in the one whose stages they name', () => {
    const shapes = [shape('Due', { pipeline: '', count: 5 }), shape('Quote Sent', { pipeline: '' })];
    const { pipelines } = deriveStages(shapes, [], [newBusiness, renewals]);
    expect(pipelines.map(({ name, from }) => `${name}: ${from.join('|')}`)).toEqual([
      'New business: New business',
      'Renewals: Renewals|',
    ]);
  });

  it('two definitions of one name are one pipeline with the stages of both', () => {
    const { pipelines } = deriveStages(
      [],
      [],
      [renewals, { name: 'RENEWALS', stages: [stage('Due'), stage('Sent')] }],
    );
    expect(pipelines).toEqual([
      {
        name: 'Renewals',
        from: ['Renewals'],
        stages: [
          { name: 'Due', probability: 50, from: ['Due'] },
          { name: 'Sent', from: ['Sent'] },
        ],
      },
    ]);
  });

  it('a list of stages that knows no outcome is read by its names', () => {
    const { pipelines } = deriveStages(
      [],
      [],
      [{ name: 'Sales', stages: [stage('Open'), stage('Closed Won')] }],
    );
    expect(pipelines[0]?.closed).toEqual([{ from: 'Closed Won', status: 'won' }]);
  });

  it.each([
    { of: 'agree and go up', say: ['20%', '20%', '20%', '35%'], is: [20, 50] },
    { of: 'go down', say: ['70', '70', '70'], is: [null, null] },
    { of: 'differ', say: ['10', '20', '30', '40'], is: [null, 50] },
    { of: 'are few', say: ['20', '20'], is: [null, 50] },
  ])(
    'without probabilities in the list, those of deals that $of count as $is (R-22(b), R-23)',
    ({ say, is }) => {
      const list = {
        name: 'New business',
        stages: [stage('Early'), stage('Late'), stage('Won', null, 'won')],
      };
      const shapes = [
        ...say.map((probability) => shape('Early', { probability })),
        shape('Late', { probability: '50', count: 3 }),
        shape('Won', { probability: '1', status: 'won', count: 9 }),
      ];
      const [pipeline] = deriveStages(shapes, [], [list]).pipelines;
      expect(pipeline?.stages.map(({ probability }) => probability ?? null)).toEqual(is);
    },
  );

  it('open deals in a stage defined as an outcome are asked about; as a stage it keeps its place', () => {
    const shapes = [shape('Fertig', { status: 'Open', count: 2 }), shape('', { count: 4 })];
    const asked = deriveStages(shapes, [], [newBusiness]);
    expect(asked.questions).toMatchObject([{ id: 'stage:New-business:Fertig', recordCount: 2 }]);
    const decision = {
      id: 'stage:New-business:Fertig',
      choice: 'stage',
      by: 'Ada',
      at: '2026-01-01T00:00:00Z',
    };
    const { pipelines } = deriveStages(shapes, [decision], [newBusiness]);
    expect(pipelines[0]?.stages.map(({ name, from }) => `${name}: ${from.join('|')}`)).toEqual([
      'Order Confirmed: Order Confirmed|',
      'Quote Sent: Quote Sent',
      'Artwork Approved: Artwork Approved',
      'Fertig: Fertig',
    ]);
  });

  it('the order of the shapes does not matter', () => {
    const shapes = ['Due', 'Later', 'Quote Sent', ''].map((name) => shape(name, { pipeline: 'Renewals' }));
    expect(deriveStages(shapes.toReversed(), [], [newBusiness, renewals])).toEqual(
      deriveStages(shapes, [], [newBusiness, renewals]),
    );
  });

  it('a deal in a spelling of its own finds its defined stage (O-22(b), DQ-05)', () => {
    const { pipelines } = deriveStages(
      [shape('quote sent', { pipeline: 'new  business' })],
      [],
      [newBusiness],
    );
    const catalog = { system: 's', entities: [entity('deals', [field('P'), field('S')])], issues: [] };
    const rows = [
      { to: 'deal.title', value: 'x' },
      { to: 'deal.stage_id', from: ['P', 'S'], via: ['stage'] },
    ];
    const mapping: Mapping = {
      version: 1,
      source: 's',
      entities: [{ from: 'deals', to: 'deal', rows }],
      fields: [],
      pipelines,
      values: {},
      leave: [],
    };
    const context = { timezone: 'UTC', country: 'US', currency: 'USD' };
    const record: SourceRecord = {
      entity: 'deals',
      key: 's:deals:1' as SourceRecord['key'],
      fields: { P: 'new  business', S: 'quote sent' },
      position: '1',
      lookup: [],
    };
    const made = evaluate(compileMapping(mapping, catalog, context), record);
    expect(made.kind === 'drafts' && made.drafts[0]?.fields.stage_id?.value).toEqual({
      pipeline: 'New business',
      stage: 'Quote Sent',
    });
  });
});
