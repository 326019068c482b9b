/** Kinds of question: the queues of requirements.md section 14. */
export const questionKinds = [
  'owner',
  'unlinked-deals',
  'unlinked-deal',
  'contacts-without-company',
  'contact-without-company',
  'ambiguous-link',
  'custom-field',
  'tags',
  'date-format',
  'duplicates',
  'existing',
  'unmapped-entity',
  'custom-entity',
  'stage',
  'activity-type',
  'cap',
] as const;
