import type { PatternRule } from './export-catalog.ts';

/** What a pattern needs: cells of some standard fields of one entity, row by row, and a verdict at the end. */
export interface PatternWatch {
  readonly rule: PatternRule;
  /** Takes a row: `cell` gives a standard field's text, '' when there is none. */
  take(entity: string, cell: (standard: string) => string): void;
  verdict(): { readonly detected: boolean; readonly evidence: string };
}
