/** What a migration holds that no rollback, or not every rollback, can call back. */
export interface IrreversibleFacts {
  /** The destination's name for people. */
  readonly destination: string;
  /** Whether it makes fields or options. */
  readonly makesFields: boolean;
  /** Whether relationships that others make with our organizations are looked for before one is removed. */
  readonly asksRelationships: boolean;
}

/** Says it for people, before the first write and before a rollback (reliability.md 7.3). */
export function irreversible({
  destination,
  makesFields,
  asksRelationships,
}: IrreversibleFacts): readonly string[] {
  return [
    'Records that people change after the load are kept by a rollback, and listed.',
    `What ${destination} sends by itself when a record is made (notifications, webhooks, automations of the account) cannot be called back: switch them off before the run.`,
    'A removed record can be restored by an administrator for 30 days; after that it is gone.',
    'Ids that were given are used up; times of the last change and lines of the change log stay.',
    'Tokens that are spent stay spent.',
    'Two records that somebody has merged stay merged: what is left of them counts as changed, and is kept.',
    ...(makesFields ? ['A field or option that somebody uses by then is kept by a rollback.'] : []),
    ...(asksRelationships
      ? []
      : [
          'Relationships that others made with our organizations are not looked for (rollbackRelationships: skip): they go with the organization.',
        ]),
  ];
}
