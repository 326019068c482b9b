import type { TargetId } from '../model/key.ts';
import type { TargetRecord } from '../model/target.ts';
import { idText, isWireRecord } from './decode.ts';

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

/** The order of a list whose records are told apart in age by `age`; newest first when there is a watermark. */
export function walkOrder(age: 'id' | 'add_time', downTo: TargetId | undefined): WalkOrder {
  return age === 'id' ? new IdOrder(downTo) : new TimeOrder(downTo);
}

/** Compares ids as numbers of any length. */
export function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** Lists whose newer records have higher ids: remembers the last id alone. */
class IdOrder implements WalkOrder {
  readonly direction: 'asc' | 'desc';
  #ended = false;
  readonly #downTo: TargetId | undefined;
  #last: string | null = null;
  #seen: string | null = null;
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
      if (this.#downTo !== undefined && compareIds(record.id, this.#downTo) <= 0) {
        this.#ended = true;
        break;
      }
      if (!this.#beyond(record.id)) continue;
      kept.push(record);
      this.#last = record.id;
    }
    return kept;
  }

  stuck(rows: readonly unknown[]): boolean {
    const ids = rows.map((row) => (isWireRecord(row) ? idText(row.id) : null)).filter((id) => id !== null);
    const moved = ids.some((id) => this.#after(id, this.#seen));
    this.#seen = ids.at(-1) ?? this.#seen;
    this.#stale = moved ? 0 : this.#stale + 1;
    return this.#stale >= 2;
  }

  joins(rows: readonly unknown[]): boolean {
    if (this.#last === null || rows.length === 0) return true;
    const [first] = rows;
    const id = isWireRecord(first) ? idText(first.id) : null;
    return id === null || !this.#beyond(id);
  }

  #beyond(id: string): boolean {
    return this.#after(id, this.#last);
  }

  #after(id: string, other: string | null): boolean {
    if (other === null) return true;
    return this.direction === 'asc' ? compareIds(id, other) > 0 : compareIds(id, other) < 0;
  }
}

/** Lists whose ids say nothing about age (UUIDs): remembers every id given. The watermark is a time, and its second is within. */
class TimeOrder implements WalkOrder {
  readonly direction: 'asc' | 'desc';
  #ended = false;
  readonly #downTo: TargetId | undefined;
  readonly #given = new Set<string>();
  #size = 0;
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
      const time = record.values.add_time;
      if (this.#downTo !== undefined && typeof time === 'string' && time < this.#downTo) {
        this.#ended = true;
        break;
      }
      if (this.#given.has(record.id)) continue;
      this.#given.add(record.id);
      kept.push(record);
    }
    return kept;
  }

  stuck(): boolean {
    this.#stale = this.#given.size > this.#size ? 0 : this.#stale + 1;
    this.#size = this.#given.size;
    return this.#stale >= 2;
  }

  joins(rows: readonly unknown[]): boolean {
    const [first] = rows;
    const id = isWireRecord(first) ? idText(first.id) : null;
    return this.#given.size === 0 || id === null || this.#given.has(id);
  }
}
