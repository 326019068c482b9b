import { MigrationError } from '../model/error.ts';
import type { Finding } from '../model/plan.ts';
import { readValue } from '../phases/values.ts';
import type { Session } from './session.ts';

/** The answer of `verify --json` (cli.md): `fields = equal + normalised + byRule + lossy + missing + different`. */
export interface VerifyAnswer {
  readonly records: number;
  readonly fields: number;
  readonly equal: number;
  readonly normalised: number;
  readonly byRule: number;
  readonly lossy: number;
  readonly missing: number;
  readonly different: number;
  readonly findings: readonly Finding[];
}

const shownFindings = 10_000;

/** The last proof with its findings, at most 10,000 of them; `verification.csv` has all. */
export async function verifyAnswer(session: Session): Promise<VerifyAnswer> {
  const summary = await readValue(session.store, 'verify');
  if (summary === null) throw new MigrationError('phase-order', 'Nothing has been verified yet.');
  const { records, fields, equal, normalised, byRule, lossy, missing, different } = summary;
  const page = await session.store.findings(0, shownFindings);
  const findings = page.map(({ entity, sourceKey, targetId, field, expected, found, verdict }) => ({
    entity,
    sourceKey,
    targetId,
    field,
    expected,
    found,
    verdict,
  }));
  return { records, fields, equal, normalised, byRule, lossy, missing, different, findings };
}
