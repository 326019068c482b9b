import { expect, it } from 'vitest';
import { sourceKey } from '../model/key.ts';
import { draft } from './phase-fixture.ts';
import { Tallies } from './tallies.ts';

const key = sourceKey('deals', '1');

function counted(...drafts: readonly ReturnType<typeof draft>[]) {
  const tallies = new Tallies(
    new Map([['deal', new Set(['label_ids', 'custom.Region', 'custom.North|South'])]]),
  );
  for (const one of drafts) tallies.count(one);
  return tallies.list().map(({ kind, subject, value, count }) => [kind, subject, value, count]);
}

it('counts owners by entity, stages by pipeline, currencies by field and option labels by field', () => {
  const deal = draft('deal', key, {
    owner_id: 'ali@x.example',
    stage_id: { pipeline: 'Sales', stage: 'New' },
    value: { amount: '1', currency: 'TRY' },
    label_ids: ['Hot', 'VIP'],
    'custom.Region': 'North',
    'custom.Free': 'text',
  });
  expect(counted(deal, deal, draft('note', key, { user_id: 'ali@x.example' }))).toEqual([
    ['owner', 'deal', 'ali@x.example', 2],
    ['stage', 'Sales', 'New', 2],
    ['currency', 'deal|value', 'TRY', 2],
    ['option', 'deal|label_ids', 'Hot', 2],
    ['option', 'deal|label_ids', 'VIP', 2],
    ['option', 'deal|custom.Region', 'North', 2],
    ['owner', 'note', 'ali@x.example', 1],
  ]);
});

it('a bar in a field’s name loses no option', () => {
  expect(counted(draft('deal', key, { 'custom.North|South': 'North' }))).toEqual([
    ['option', 'deal|custom.North|South', 'North', 1],
  ]);
});

it('a bar in a pipeline’s name makes no two stages one', () => {
  const stage = (pipeline: string, name: string) =>
    draft('deal', key, { stage_id: { pipeline, stage: name } });
  expect(counted(stage('A|B', 'C'), stage('A', 'B|C'))).toEqual([
    ['stage', 'A|B', 'C', 1],
    ['stage', 'A', 'B|C', 1],
  ]);
});
