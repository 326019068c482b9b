import type { TargetId } from '../model/key.ts';
import type { TargetRecord } from '../model/target.ts';
import { idText, isWireRecord } from './decode.ts';
import type { Age } from './paths.ts';

/** Keeps a walk in order: every record once, none before the watermark, and no page that brings nothing new. */
export interface WalkOrder {
  readonly direction: 'asc' | 'desc';
  /** Whether the watermark is reached. */
  readonly ended: boolean;
  /** The records not given before; ends the walk at the watermark. */
  fresh(records: readonly TargetRecord[]): readonly TargetRecord[];
  /** Whether the pages have stopped bringing anything new, rows that are left out counted too. */
  stuck(rows: readonly unknown[]): boolean;
  /** Whether a page goes on without a gap: it holds a row that was given, or nothing was. */
  joins(rows: readonly unknown[]): boolean;
}

/**
 * The order of a list whose records are told apart in age by `age`; newest first when there is a watermark. A list
 * without an order is walked whole.
 */
export function walkOrder(age: Age, downTo: TargetId | undefined): WalkOrder {
  return age === 'id' ? new IdOrder(downTo) : new TimeOrder(age === 'none' ? undefined : downTo);
}

/** Compares ids as numbers of any length. */
export function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** What both orders do alike: stop at the watermark, leave out what was given, count pages that bring nothing. */
abstract class WatermarkOrder implements WalkOrder {
  readonly direction: 'asc' | 'desc';
  readonly #downTo: TargetId | undefined;
  #ended = false;
  #stale = 0;

  constructor(downTo: TargetId | undefined) {
    this.#downTo = downTo;
    this.direction = downTo === undefined ? 'asc' : 'desc';
  }

  get ended(): boolean {
    return this.#ended;
  }

  fresh(records: readonly TargetRecord[]): readonly TargetRecord[] {
    const kept: TargetRecord[] = [];
    for (const record of records) {
      if (this.#downTo !== undefined && this.isBeyond(record, this.#downTo)) {
        this.#ended = true;
        break;
      }
      if (this.take(record)) kept.push(record);
    }
    return kept;
  }

  stuck(rows: readonly unknown[]): boolean {
    this.#stale = this.hasMoved(rows) ? 0 : this.#stale + 1;
    return this.#stale >= 2;
  }

  abstract joins(rows: readonly unknown[]): boolean;

  /** Whether the record was there before the watermark was taken. */
  protected abstract isBeyond(record: TargetRecord, downTo: TargetId): boolean;
  /** Remembers the record; false when it was given before. */
  protected abstract take(record: TargetRecord): boolean;
  /** Whether this page brought anything new. */
  protected abstract hasMoved(rows: readonly unknown[]): boolean;
}

/** The id of a page's first row; null when there is none. */
function firstId([first]: readonly unknown[]): string | null {
  return isWireRecord(first) ? idText(first.id) : null;
}

/** Lists whose newer records have higher ids: remembers the last id alone. */
class IdOrder extends WatermarkOrder {
  #last: string | null = null;
  #seen: string | null = null;

  joins(rows: readonly unknown[]): boolean {
    const id = firstId(rows);
    return this.#last === null || id === null || !this.#after(id, this.#last);
  }

  protected isBeyond({ id }: TargetRecord, downTo: TargetId): boolean {
    return compareIds(id, downTo) <= 0;
  }

  protected take({ id }: TargetRecord): boolean {
    const isNew = this.#after(id, this.#last);
    if (isNew) this.#last = id;
    return isNew;
  }

  protected hasMoved(rows: readonly unknown[]): boolean {
    const ids = rows.map((row) => (isWireRecord(row) ? idText(row.id) : null)).filter((id) => id !== null);
    const moved = ids.some((id) => this.#after(id, this.#seen));
    this.#seen = ids.at(-1) ?? this.#seen;
    return moved;
  }

  #after(id: string, other: string | null): boolean {
    if (other === null) return true;
    return this.direction === 'asc' ? compareIds(id, other) > 0 : compareIds(id, other) < 0;
  }
}

/** Lists whose ids say nothing about age (UUIDs): remembers every id given. The watermark is a time, and its second is within. */
class TimeOrder extends WatermarkOrder {
  readonly #given = new Set<string>();
  #size = 0;

  joins(rows: readonly unknown[]): boolean {
    const id = firstId(rows);
    return this.#given.size === 0 || id === null || this.#given.has(id);
  }

  protected isBeyond({ values }: TargetRecord, downTo: TargetId): boolean {
    return typeof values.add_time === 'string' && values.add_time < downTo;
  }

  protected take({ id }: TargetRecord): boolean {
    const isNew = !this.#given.has(id);
    this.#given.add(id);
    return isNew;
  }

  protected hasMoved(): boolean {
    const moved = this.#given.size > this.#size;
    this.#size = this.#given.size;
    return moved;
  }
}
