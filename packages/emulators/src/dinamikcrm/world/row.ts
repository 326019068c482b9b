/** A value of a record: JSON. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [name: string]: Cell };

/** A record. Lookups hold the id of the other record, dropdowns the number of the choice. */
export interface Row {
  readonly id: number;
  /** Soft delete: false, and null too, are records that were deleted. */
  active: boolean | null;
  /** `2026-11-03T09:15:00`: local time, no zone, never seconds. */
  insertDate: string;
  updateDate: string;
  [field: string]: Cell;
}

/** Local time as the system keeps it: to the minute, without a zone. `atMs` counts as local time. */
export function minuteText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16)}:00`;
}

/** A day as the module API gives it. */
export function dayText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** The business key of a row: `COM-000012`. */
export function numberOf(table: string, id: number): string {
  return `${table.slice(0, 3).toUpperCase()}-${String(id).padStart(6, '0')}`;
}
