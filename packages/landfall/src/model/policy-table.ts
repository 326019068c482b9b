import type { Policies } from './policy.ts';

/** What holds where `landfall.yaml` is silent. */
export const defaultPolicies: Policies = {
  timezone: 'Europe/Istanbul',
  country: 'TR',
  currency: 'TRY',
  unlinkedDeals: 'review',
  contactsWithoutCompany: 'review',
  unmatchedOwners: 'queue',
  fallbackOwner: null,
  notesAs: 'activity',
  tagsAs: 'labels',
  commissionPlacement: 'deal',
  dealsAre: 'both',
  duplicates: 'review',
  existing: 'review',
  ownersGate: 'any',
  budgetShare: 0.5,
  offPeak: null,
  offPeakShare: 0.8,
  supportDays: 7,
  inDoubtQuietSeconds: 120,
  rollbackRelationships: 'ask',
  fileProof: 'size',
  noValues: false,
};
