import { describe, expect, it } from 'vitest';
import type { StageShape } from '../model/mapping.ts';
import { deriveStages } from './stages.ts';

let seen = 0;
function shape(stage: string, more: Partial<StageShape> = {}): StageShape {
  seen += 1;
  return { pipeline: 'Sales', stage, status: 'Open', probability: '', count: 1, firstSeen: seen, ...more };
}

describe('stages derived from deals (S-23(a), DISC-15)', () => {
  it('spellings of one name are one stage under its most frequent spelling (DQ-05)', () => {
    const { pipelines } = deriveStages([
      shape('proposal sent', { count: 2 }),
      shape('Proposal Sent', { count: 40 }),
      shape(' PROPOSAL  SENT ', { count: 1 }),
      shape('Müzakere'),
      shape('muzakere'),
    ]);
    expect(pipelines[0]?.stages).toEqual([
      { name: 'Proposal Sent', from: ['Proposal Sent', 'proposal sent', ' PROPOSAL  SENT '] },
      { name: 'Müzakere', from: ['Müzakere', 'muzakere'] },
    ]);
  });

  it.each([
    {
      by: 'probability, the most frequent one of open deals',
      shapes: [
        shape('Zeta', { probability: '60%' }),
        shape('Alpha', { probability: '90', status: 'Won', count: 50 }),
        shape('Alpha', { probability: '20', count: 3 }),
      ],
      order: ['Alpha 20', 'Zeta 60'],
    },
    {
      by: 'fractions read as percent',
      shapes: [
        shape('B', { probability: '0,75' }),
        shape('A', { probability: '0.1' }),
        shape('C', { probability: '1' }),
      ],
      order: ['A 10', 'B 75', 'C 100'],
    },
    {
      by: 'the usual order of English names',
      shapes: [shape('Negotiation'), shape('Qualified'), shape('Proposal Sent'), shape('New')],
      order: ['New -', 'Qualified -', 'Proposal Sent -', 'Negotiation -'],
    },
    {
      by: 'the usual order of Turkish names',
      shapes: [shape('Pazarlık'), shape('Teklif Verildi'), shape('İlk Görüşme'), shape('Yeni')],
      order: ['Yeni -', 'İlk Görüşme -', 'Teklif Verildi -', 'Pazarlık -'],
    },
    {
      by: 'first seen when nothing is known',
      shapes: [shape('Xeno'), shape('Arbor'), shape('Mira')],
      order: ['Xeno -', 'Arbor -', 'Mira -'],
    },
  ])('stages are in order of $by (S-23(b))', ({ shapes, order }) => {
    const expected = deriveStages(shapes);
    expect(
      expected.pipelines[0]?.stages.map(({ name, probability }) => `${name} ${probability ?? '-'}`),
    ).toEqual(order);
    expect(deriveStages(shapes.toReversed())).toEqual(expected);
  });

  it('outcomes in English and Turkish are no stages', () => {
    const { pipelines, questions } = deriveStages([
      shape('Proposal'),
      shape('Closed Won', { status: 'Won' }),
      shape('Kaybedildi', { status: 'kaybedildi' }),
    ]);
    expect(pipelines[0]?.stages.map(({ name }) => name)).toEqual(['Proposal']);
    expect(pipelines[0]?.closed).toEqual([
      { from: 'Closed Won', status: 'won' },
      { from: 'Kaybedildi', status: 'lost' },
    ]);
    expect(questions).toEqual([]);
  });

  it('a pipeline of outcomes only gets one stage to stand in', () => {
    const { pipelines } = deriveStages([shape('Won', { status: 'won' })]);
    expect(pipelines[0]?.stages).toEqual([{ name: 'Imported', from: [] }]);
  });

  it('each pipeline of the source is a pipeline; deals that name none have one of their own (DEST-06)', () => {
    const { pipelines } = deriveStages([
      shape('New', { pipeline: 'Renewals' }),
      shape('New', { pipeline: 'RENEWALS', count: 9 }),
      shape('Demo', { pipeline: '' }),
    ]);
    expect(pipelines.map(({ name, from }) => ({ name, from }))).toEqual([
      { name: 'RENEWALS', from: ['RENEWALS', 'Renewals'] },
      { name: 'Sales', from: [''] },
    ]);
  });

  it('deals without a stage stand in the first one', () => {
    const { pipelines, evidence } = deriveStages([
      shape('', { count: 3 }),
      shape('Negotiation'),
      shape('New'),
    ]);
    expect(pipelines[0]?.stages[0]).toEqual({ name: 'New', from: ['New', ''] });
    expect(evidence[0]).toMatchObject({ stage: 'New', deals: 4 });
  });

  it('open deals in a stage named like an outcome are asked about, and the answer counts', () => {
    const shapes = [
      shape('Demo'),
      shape('Won', { status: 'Won', count: 7 }),
      shape('Won', { status: 'Open', count: 2 }),
    ];
    const [question] = deriveStages(shapes).questions;
    expect(question).toMatchObject({
      id: 'stage:Sales:Won',
      kind: 'stage',
      recordCount: 2,
      blocks: 'mapping',
    });
    const decision = { id: 'stage:Sales:Won', choice: 'stage', by: 'Ada', at: '2026-01-01T00:00:00Z' };
    const decided = deriveStages(shapes, [decision]);
    expect(decided.pipelines[0]?.stages.map(({ name }) => name)).toEqual(['Demo', 'Won']);
    expect(decided.pipelines[0]?.closed).toBeUndefined();
  });

  it('no deals, no pipelines', () => {
    expect(deriveStages([])).toEqual({ pipelines: [], evidence: [], questions: [] });
  });
});
