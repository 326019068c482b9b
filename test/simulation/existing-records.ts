import type { SeededRandom } from 'landfall-emulators/kit/random.ts';
import type { Parents } from './child-rows.ts';

/** A record of the account before the migration. */
export interface ExistingRecord {
  readonly body: Readonly<Record<string, unknown>>;
  /** The source record it fits; null: none. */
  readonly fits: string | null;
}

/** What lies in an account before the migration. */
export interface ExistingSeed {
  readonly organizations: readonly ExistingRecord[];
  readonly persons: readonly ExistingRecord[];
  /** Deals, activities and notes of other people, which nobody may touch. */
  readonly others: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** Organizations and persons that some source records fit, others that none does, and what hangs on them. */
export function drawExisting(random: SeededRandom, { companies, contacts }: Parents): ExistingSeed {
  const isAlone = (name: string) => companies.filter((one) => one.name === name).length === 1;
  const organizations: ExistingRecord[] = [];
  for (const { name, id, nameless, fields } of companies) {
    if (nameless || !isAlone(name) || random.next() >= 0.15) continue;
    const website = random.next() < 0.5 ? { website: 'https://theirs.example' } : {};
    const address = random.next() < 0.5 ? { address: { value: 'Their street 1' } } : {};
    // one whose address on the web is known must not be found by another one
    const body = { name: random.pick([name, name.toLocaleUpperCase('tr')]), ...website, ...address };
    organizations.push({ body: fields['Website'] === '' ? { name: body.name, ...address } : body, fits: id });
  }
  const persons: ExistingRecord[] = [];
  for (const { email, id, nameless, phones } of contacts.map((one) => ({
    ...one,
    phones: one.fields['Phone'],
  }))) {
    const isOnly = contacts.filter((one) => one.email === email).length === 1;
    if (email === null || nameless || !isOnly || random.next() >= 0.12) continue;
    const theirs = phones !== '' && random.next() < 0.5 ? { phones: [{ value: '+90 212 000 00 00' }] } : {};
    persons.push({ body: { name: `Known ${id}`, emails: [{ value: email }], ...theirs }, fits: id });
  }
  const foreign = random.between(0, 3);
  for (let number = 1; number <= foreign; number += 1) {
    organizations.push({ body: { name: `Theirs ${number}` }, fits: null });
    persons.push({ body: { name: `Their person ${number}`, org_id: organizations.length }, fits: null });
  }
  return { organizations, persons, others: othersOf(random, organizations.length, persons.length) };
}

function othersOf(random: SeededRandom, organizations: number, persons: number): ExistingSeed['others'] {
  const org = () => (organizations === 0 ? {} : { org_id: random.between(1, organizations) });
  const person = () => (persons === 0 ? {} : { person_id: random.between(1, persons) });
  const count = random.between(0, 3);
  const each = <T>(make: (number: number) => T) => Array.from({ length: count }, (_, at) => make(at + 1));
  const deals = each((number) => ({
    title: `Their deal ${number}`,
    value: number * 100,
    ...org(),
    ...person(),
  }));
  const activities = each((number) => ({ subject: `Their activity ${number}`, type: 'call', ...org() }));
  const notes = count === 0 ? [] : [{ content: '<p>Their note</p>', deal_id: 1 }];
  return { deals, activities, notes };
}
