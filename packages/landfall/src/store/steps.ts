import type { ConfigurationStep, PlannedStep } from '../model/plan.ts';
import type { StoreReader, StoreWriter } from '../model/store.ts';
import type { Scope } from './connection.ts';
import { parseStored } from './json-text.ts';
import { restartNumbers, takeNumbers } from './sequences.ts';

interface StepRow {
  readonly seq: number;
  readonly state: PlannedStep['state'];
  readonly cost_tokens: number;
  readonly because: string;
  readonly ids: string;
  readonly step: string;
}

/** Reading configuration steps, in order. */
export function stepReader(scope: Scope): Pick<StoreReader, 'steps'> {
  return {
    steps: async () => {
      const rows = await scope.connection.rows<StepRow>(
        'select seq, state, cost_tokens, because, ids, step from step where migration = ? order by seq',
        [scope.migration],
      );
      return rows.map(stepOf);
    },
  };
}

/** Planning and changing configuration steps. */
export function stepWriter(scope: Scope): Pick<StoreWriter, 'putSteps' | 'changeStep' | 'clearSteps'> {
  const { connection, migration } = scope;
  return {
    putSteps: async (steps) => {
      if (steps.length === 0) return;
      const first = await takeNumbers(scope, 'step', steps.length);
      const rows = steps.map(({ state, costTokens, because, ids, step }, index) => [
        first + index,
        state,
        costTokens,
        because,
        JSON.stringify(ids),
        JSON.stringify(step),
      ]);
      await connection.insert('step', migration, rows);
    },
    changeStep: (seq, change) =>
      connection.run('update step set state = ?, ids = ? where migration = ? and seq = ?', [
        change.state,
        JSON.stringify(change.ids),
        migration,
        seq,
      ]),
    clearSteps: async () => {
      await connection.run('delete from step where migration = ?', [migration]);
      await restartNumbers(scope, 'step');
    },
  };
}

function stepOf(row: StepRow): PlannedStep {
  const what = `configuration step ${row.seq}`;
  return {
    seq: row.seq,
    step: parseStored<ConfigurationStep>(row.step, what),
    because: row.because,
    costTokens: row.cost_tokens,
    state: row.state,
    ids: parseStored(row.ids, what),
  };
}
