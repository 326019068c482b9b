import type { Mutant } from '../mutant.ts';

/** Bugs in what is planned, asked and approved. */
export const decisionMutants: readonly Mutant[] = [
  {
    id: 'plan-hash-without-values',
    says: 'the plan’s hash is of what was read, not of what it became: other values are loaded under the old approval',
    file: 'phases/plan/records.ts',
    find: "readValue(context.store, 'transformedFrom')",
    replace: "readValue(context.store, 'extractedFrom')",
    test: 'packages/landfall/src/phases/plan/plan.test.ts',
    named: ['records mapped anew are another plan'],
  },
  {
    id: 'name-not-unique',
    says: 'of several records with the name a link gives, the first is taken',
    file: 'phases/plan/links.ts',
    find: `    const chosen = agreeing.length === 1 ? agreeing[0] : compatible.length === 1 ? compatible[0] : undefined;
    if (chosen !== undefined && agreeing.length <= 1) return`,
    replace: `    const chosen = agreeing[0] ?? compatible[0];
    if (chosen !== undefined) return`,
    test: 'packages/landfall/src/phases/plan/plan.test.ts',
    named: ['an ambiguous name is asked about'],
  },
  {
    id: 'owner-fallback-silent',
    says: 'as soon as a fallback user is named, owners nobody knows become that user’s without a question',
    file: 'phases/plan/owners.ts',
    find: "  if (input.policies.unmatchedOwners === 'fallback')",
    replace: "  if (input.policies.unmatchedOwners === 'fallback' || input.policies.fallbackOwner !== null)",
    test: 'packages/landfall/src/phases/plan/owners.test.ts',
    named: ['asks though the policies name a fallback user'],
  },
  {
    id: 'run-without-gates',
    says: '`run` writes without asking whether everything was approved',
    file: 'migration/journey.ts',
    find: `  run: async (session, context) => {
    await demandReadiness(session, context);
`,
    replace: `  run: async (session, context) => {
`,
    test: 'packages/landfall/src/migration/journey.test.ts',
    named: ['nothing can be written'],
  },
  {
    id: 'approval-without-hash',
    says: 'an approval given once holds whatever the plan has become since',
    file: 'migration/gates.ts',
    find: "state: approval.hash === hash ? 'approved' : 'stale'",
    replace: "state: approval.hash === '' ? 'stale' : 'approved'",
    test: 'packages/landfall/src/migration/journey.test.ts',
    named: ['before the plan', 'questions and gates'],
  },
];
