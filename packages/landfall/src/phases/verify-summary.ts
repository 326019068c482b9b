import type { Verdict } from '../model/plan.ts';

/** What the proof found: `fields = equal + normalised + byRule + lossy + missing + different`. */
export interface VerifySummary extends Readonly<Record<Verdict, number>> {
  readonly records: number;
  readonly fields: number;
  readonly links: number;
  /** Findings kept in the store: every `missing` and `different`, one a line. */
  readonly findings: number;
  /** Records with our marker that our books do not know. */
  readonly strays: number;
}
