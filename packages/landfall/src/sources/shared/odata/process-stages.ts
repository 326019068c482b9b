import type { Row } from './web-api.ts';

/** A stage of a process. */
export interface Stage {
  readonly id: string;
  readonly process: string;
  readonly name: string;
  /** 0 Qualify, 1 Develop, 2 Propose, 3 Close, and so on (facts 1.10). */
  readonly category: number;
  /** The entity that is worked on in it. */
  readonly entity: string;
}

/** One instance of a process. */
interface Instance {
  readonly stage: Stage;
  readonly isOpen: boolean;
  readonly modifiedOn: string;
}

/** Where a record stands: in each process that it is, or was, in. */
export interface Place {
  readonly current: readonly Instance[];
}

/** Which records the instances belong to, and where those stand. `properties` are the references to them. */
export function placesOf(
  rows: readonly Row[],
  properties: readonly string[],
  stages: ReadonlyMap<string, Stage>,
): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const row of rows) {
    const stage = stages.get(String(row._activestageid_value));
    if (stage === undefined) continue;
    const instance = {
      stage,
      isOpen: String(row.statecode) === '0',
      modifiedOn: String(row.modifiedon ?? ''),
    };
    for (const property of properties) {
      const id = row[property];
      if (typeof id !== 'string') continue;
      found.set(id, { current: [...(found.get(id)?.current ?? []), instance] });
    }
  }
  return found;
}

/** The instance that counts: an open one before a finished one, then the one changed last. The rest follow. */
export function rankedInstances({ current }: Place): readonly Instance[] {
  return current.toSorted((left, right) => {
    if (left.isOpen !== right.isOpen) return left.isOpen ? -1 : 1;
    if (left.modifiedOn !== right.modifiedOn) return left.modifiedOn > right.modifiedOn ? -1 : 1;
    return left.stage.process < right.stage.process ? -1 : 1;
  });
}

/**
 * The stages of one process in their order. No list tells it: the category comes first, then where a stage stands in
 * the paths that records have gone, then the name.
 */
export function stagesInOrder(stages: readonly Stage[], instances: readonly Row[]): readonly Stage[] {
  const positions = new Map<string, { sum: number; count: number }>();
  for (const row of instances) {
    const path = typeof row.traversedpath === 'string' ? row.traversedpath.split(',') : [];
    for (const [at, id] of path.entries()) {
      const position = positions.get(id) ?? { sum: 0, count: 0 };
      positions.set(id, { sum: position.sum + at, count: position.count + 1 });
    }
  }
  const meanOf = ({ id }: Stage) => {
    const position = positions.get(id);
    return position === undefined ? Number.MAX_SAFE_INTEGER : position.sum / position.count;
  };
  return stages.toSorted(
    (left, right) =>
      left.category - right.category || meanOf(left) - meanOf(right) || (left.name < right.name ? -1 : 1),
  );
}
