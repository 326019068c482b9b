import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import type { TargetRecord } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import {
  type Bench,
  draft,
  keepDrafts,
  link,
  openBench,
  planAndLoad,
  record,
  recordsIn,
} from '../phase-fixture.ts';
import { verify } from '../verify.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

/** The context; from the second note on each request gets the answer that came before its own. */
function lateByOne(): PhaseContext {
  const { destination } = bench.context;
  let last: TargetRecord | null = null;
  const write: typeof destination.write = async (request, signal) => {
    const made = await destination.write(request, signal);
    if (request.entity !== 'note') return made;
    const told = last ?? made;
    last = made;
    return told;
  };
  return { ...bench.context, destination: { ...destination, write } };
}

it.each([
  ['of other content', ['one', 'two', 'three']],
  ['of the same content', ['same', 'same', 'same']],
])(
  'an answer that was given before is no other record’s: notes %s are bound to one each (F19, I1)',
  async (_what, contents) => {
    const person = sourceKey('contacts', '1');
    const notes = contents.map((_content, at) => sourceKey('notes', `${at + 1}`));
    await keepDrafts(
      bench,
      [
        record('contacts', '1', { name: 'Veli' }),
        ...contents.map((content, at) => record('notes', `${at + 1}`, { content })),
      ],
      [
        draft('person', person, { name: 'Veli' }),
        ...notes.map((key, at) =>
          draft('note', key, { content: contents[at] ?? '' }, [link('person_id', 'person', { id: '1' })]),
        ),
      ],
    );
    await planAndLoad({ ...bench, context: lateByOne() });
    const ids = await bench.store.targetIds(notes.map((key) => ({ entity: 'note', key, part: '' })));
    expect(new Set(ids.values()).size).toBe(contents.length);
    expect(recordsIn(bench, 'notes')).toHaveLength(contents.length);
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 0, strays: 0 });
  },
);
