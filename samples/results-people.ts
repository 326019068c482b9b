import { inactiveOwner, sampleUsers, unknownOwner } from './users.ts';

/** Somebody whom the sample knows by initials. */
export interface SampleRep {
  readonly initials: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

const initials = ['SA', 'BO', 'IC', 'TA', 'DS', 'RM'];

/** The sales reps who work, all of them users of the demo account. */
export const activeReps: readonly SampleRep[] = sampleUsers
  .filter(({ active }) => active)
  .map(({ name, email, active }, at) => ({ initials: initials[at] ?? `U${at}`, name, email, active }));

/** Owns records; their user was switched off. */
export const retiredRep: SampleRep = { ...inactiveOwner, initials: 'EG' };

/** Owns records and is in the table of sales reps, but has no user. */
export const unknownRep: SampleRep = { ...unknownOwner, initials: 'KB', active: true };

/** Initials that the table of sales reps does not have. */
export const lostInitials = 'ZZ';

/** The table of sales reps. */
export const sampleReps: readonly SampleRep[] = [...activeReps, retiredRep, unknownRep];
