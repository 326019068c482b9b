/** The policies of `landfall.yaml`: what a person decides once for the whole migration. */
export interface Policies {
  /** IANA zone of times without one. */
  readonly timezone: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly unlinkedDeals: 'review' | 'placeholder' | 'leave';
  readonly contactsWithoutCompany: 'review' | 'placeholder' | 'leave';
  readonly unmatchedOwners: 'queue' | 'fallback';
  /** E-mail of the user who gets what nobody else can own. */
  readonly fallbackOwner: string | null;
  readonly notesAs: 'activity' | 'note';
  readonly tagsAs: 'labels' | 'field' | 'review';
  /** Where commission amounts go, for sources that have them. */
  readonly commissionPlacement: 'deal' | 'person';
  /** For sources that keep proposals and sales apart: which of them become deals; the others become notes. */
  readonly dealsAre: 'both' | 'proposals' | 'sales';
  readonly duplicates: 'review' | 'merge' | 'keep';
  readonly existing: 'review' | 'update-empty' | 'skip' | 'create';
  readonly ownersGate: 'any' | 'deals';
  /** Share of the day's tokens the migration may use, 0 to 1. */
  readonly budgetShare: number;
  /** `HH:MM-HH:MM` in `timezone`: hours in which `offPeakShare` holds; null: none. */
  readonly offPeak: string | null;
  readonly offPeakShare: number;
  readonly supportDays: number;
  /** How long a lost write may still land, in seconds, before it is taken as not executed (reliability.md 3.1, an assumption). */
  readonly inDoubtQuietSeconds: number;
  /** Whether rollback asks each organization it would remove for relationships that others made (20 tokens each); `skip`: they go with it. */
  readonly rollbackRelationships: 'ask' | 'skip';
  /** How the proof looks at files: by name and size (the list tells them), or by their bytes too, each read back and hashed (20 tokens a file). */
  readonly fileProof: 'size' | 'bytes';
  /** true: the audit log keeps ids and hashes only. */
  readonly noValues: boolean;
}
