import type { Account } from './account.ts';
import type { ConversionRecord } from './conversion-record.ts';

/** What a converted record was before: the UUID of a lead, or the id of a deal; null for one that was never converted. */
export function sourceOf(
  { state }: Account,
  kind: ConversionRecord['kind'],
  targetId: number,
): string | number | null {
  for (const conversion of state.conversions.all())
    if (conversion.kind === kind && conversion.targetId === targetId)
      return kind === 'lead-to-deal'
        ? (state.leads.get(conversion.sourceId)?.uuid ?? null)
        : conversion.sourceId;
  return null;
}
