import { counted } from '../../../base/counted.ts';
import type { TableRow } from '../../../files/table.ts';
import { idKey } from '../../../mapping/key.ts';
import type { CatalogIssue } from '../../../model/source.ts';
import { fieldOf } from './export-catalog.ts';
import type { KeySet } from './key-set.ts';
import type { KnownTable } from './known-table.ts';

/** Ids that could not be found when they were met, kept to be looked up at the end. */
const pendingLimit = 200_000;
const examplesShown = 5;

interface Pending {
  readonly known: KnownTable;
  readonly column: string;
  readonly target: string;
  /** Id -> how many rows name it; of ids not (yet) seen. */
  readonly ids: Map<string, number>;
  beyond: number;
}

/** Looks whether the records that ids point to exist anywhere in the export. */
export class ReferenceCheck {
  readonly #known = new Map<string, KeySet>();
  readonly #pending: Pending[] = [];

  /** Says where the ids of an entity will be found. */
  provide(entity: string, ids: KeySet): void {
    this.#known.set(entity, ids);
  }

  /** Looks at every row of a table. */
  forTable(known: KnownTable): (row: TableRow) => void {
    const checks = known.recognised.standards.flatMap((standard, at) => {
      const target = standard === null ? undefined : fieldOf(known.recognised.entity, standard)?.references;
      if (target === undefined) return [];
      const pending: Pending = {
        known,
        column: known.table.header[at] ?? '',
        target,
        ids: new Map(),
        beyond: 0,
      };
      this.#pending.push(pending);
      return [{ at, pending }];
    });
    return ({ cells }) => {
      for (const { at, pending } of checks) this.#look(idKey(cells[at] ?? ''), pending);
    };
  }

  #look(id: string | null, pending: Pending): void {
    if (id === null || this.#known.get(pending.target)?.has(id) === true) return;
    const seen = pending.ids.get(id);
    if (seen === undefined && pending.ids.size >= pendingLimit) pending.beyond += 1;
    else pending.ids.set(id, (seen ?? 0) + 1);
  }

  /** What points nowhere, after everything was read. */
  issues(): CatalogIssue[] {
    return this.#pending.flatMap((pending) => this.#issueOf(pending));
  }

  #issueOf({ known, column, target, ids, beyond }: Pending): CatalogIssue[] {
    const targets = this.#known.get(target);
    if (targets === undefined || targets.size === 0) return [];
    const lost = [...ids].filter(([id]) => !targets.has(id));
    if (lost.length === 0 && beyond === 0) return [];
    const rows = lost.reduce((sum, [, count]) => sum + count, beyond);
    const examples = lost.slice(0, examplesShown).map(([id]) => id);
    return [
      {
        code: 'dangling-ids',
        severity: 'high',
        at: `${known.title} ${column}`,
        message: `${counted(rows, 'row')} of ${known.title} ${rows === 1 ? 'names' : 'name'} ${counted(lost.length, `${target} id`)} in "${column}" that no table holds: ${examples.join(', ')}${lost.length > examplesShown ? ', ...' : ''}.`,
        hint: `Export ${target} again in full; what stays unresolved goes to the queue of open links.`,
      },
    ];
  }
}
