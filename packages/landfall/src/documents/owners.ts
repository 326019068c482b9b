import type { OwnerRow } from '../model/plan.ts';
import type { TableDocument } from './table-document.ts';

/** The three groups of the user table (OWN-04) and what still is open. */
export const ownerGroups: Readonly<Record<OwnerRow['group'], string>> = {
  resolved: 'resolves cleanly',
  'needs-account': 'needs an account first',
  fallback: 'goes to the fallback user',
  open: 'waits for a decision',
};

const order: readonly OwnerRow['group'][] = ['open', 'needs-account', 'fallback', 'resolved'];

/** The owners, those with work to do first, the busiest first within a group. */
export function orderedOwners(owners: readonly OwnerRow[]): readonly OwnerRow[] {
  return owners.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || b.records - a.records);
}

const whoseRecords = {
  disabled: 'answer the question: the fallback user, or who has taken over; no account is needed',
  team: 'answer the question: the fallback user, or a user who stands for the team',
} as const;

/** What an administrator does about an owner (OWN-09). */
function ownerSteps({ group, owner, standing }: OwnerRow, destinationSystem: string): string {
  if (group === 'open' && standing !== undefined && standing !== 'active') return whoseRecords[standing];
  const invite = owner.includes('@') ? `invite ${owner}` : `find the address of ${owner} and invite them`;
  switch (group) {
    case 'resolved':
      return '';
    case 'fallback':
      return 'nothing; give the records to somebody else afterwards if you like';
    case 'needs-account':
      return `in ${destinationSystem}: Settings, Manage users, ${invite} (one seat), wait until they have accepted; then run the migration again`;
    case 'open':
      return `${invite} in ${destinationSystem}, or answer the question: another user, or the fallback user`;
  }
}

/** `owners.csv`: the user table in three groups, with the steps to provision (DOC-05, DOC-06, OWN-04, OWN-09, O-29). */
export const ownersDocument: TableDocument = {
  file: 'owners.csv',
  known: (context) => context.owners.length > 0,
  header: [
    'Group',
    'Owner in the source',
    'In the source',
    'Records',
    'User',
    'User id',
    'Evidence',
    'What to do',
  ],
  *rows(context) {
    for (const row of orderedOwners(context.owners)) {
      yield [
        ownerGroups[row.group],
        row.owner,
        row.standing ?? '',
        String(row.records),
        row.userName ?? '',
        row.userId ?? '',
        row.evidence,
        ownerSteps(row, context.destinationSystem),
      ];
    }
  },
};
