import type { Decision, Question } from '../model/question.ts';
import type { StoreReader, StoreWriter } from '../model/store.ts';
import type { Scope } from './connection.ts';
import { parseStored } from './json-text.ts';

interface DecisionRow {
  readonly id: string;
  readonly choice: string;
  readonly value: string | null;
  readonly decided_by: string;
  readonly decided_at: string;
}

/** Reading what people are asked and what they decided, and single values by name. */
export function questionReader(scope: Scope): Pick<StoreReader, 'questions' | 'decisions' | 'getValue'> {
  const { connection, migration } = scope;
  return {
    getValue: async (name) => {
      const [row] = await connection.rows<{ content: string }>(
        'select content from setting where migration = ? and name = ?',
        [migration, name],
      );
      return row?.content ?? null;
    },
    questions: async () => {
      const rows = await connection.rows<{ id: string; body: string }>(
        'select id, body from question where migration = ? order by asker, place',
        [migration],
      );
      return rows.map((row) => parseStored<Question>(row.body, `question ${row.id}`));
    },
    decisions: async () => {
      const rows = await connection.rows<DecisionRow>(
        'select id, choice, value, decided_by, decided_at from decision where migration = ? order by id',
        [migration],
      );
      return rows.map(decisionOf);
    },
  };
}

/** Writing them. A question asked by two askers is the later one's. */
export function questionWriter(
  scope: Scope,
): Pick<StoreWriter, 'putQuestions' | 'putDecisions' | 'setValue'> {
  const { connection, migration } = scope;
  return {
    setValue: async (name, value) => {
      if (value === null) {
        await connection.run('delete from setting where migration = ? and name = ?', [migration, name]);
        return;
      }
      await connection.insert(
        'setting',
        migration,
        [[name, value]],
        'on conflict (migration, name) do update set content = excluded.content',
      );
    },
    putQuestions: async (asker, questions) => {
      await connection.run('delete from question where migration = ? and asker = ?', [migration, asker]);
      await connection.insert(
        'question',
        migration,
        byId(questions).map((question, index) => [question.id, asker, index, JSON.stringify(question)]),
        `on conflict (migration, id) do update set
           asker = excluded.asker, place = excluded.place, body = excluded.body`,
      );
    },
    putDecisions: async (decisions) => {
      await connection.run('delete from decision where migration = ?', [migration]);
      await connection.insert(
        'decision',
        migration,
        byId(decisions).map(({ id, choice, value, by, at }) => [id, choice, value ?? null, by, at]),
      );
    },
  };
}

/** Each id once: the last of several equal ones. */
function byId<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function decisionOf(row: DecisionRow): Decision {
  const { id, choice, value, decided_by: by, decided_at: at } = row;
  return { id, choice, ...(value === null ? {} : { value }), by, at };
}
