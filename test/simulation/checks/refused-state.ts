import { type Damage, damageCodes } from '../state-damage.ts';

/** How a process fared that was started on a damaged state. */
export interface DamageEvidence {
  readonly damage: Damage;
  readonly end: string;
  /** The code of its trouble. */
  readonly why: string;
  /** Requests it sent. */
  readonly sent: number;
  /** SHA-256 of the file before and after. */
  readonly before: string;
  readonly after: string;
}

/** A damaged state, or one of a later version, is refused by name: nothing is sent, and the file stays as it is (F24). */
export function checkRefused({ damage, end, why, sent, before, after }: DamageEvidence): readonly string[] {
  const found: string[] = [];
  if (end !== 'trouble' || why !== damageCodes[damage])
    found.push(`F24 a state that is damaged (${damage}) was not refused: ${end} ${why}`);
  if (sent > 0) found.push(`F24 ${sent} requests were sent on a state that is damaged (${damage})`);
  if (before !== after) found.push(`F24 a state that is damaged (${damage}) was written to`);
  return found;
}
