import type { Account } from '../account.ts';
import { isLive } from '../account.ts';
import type { OrganizationRecord, PersonRecord, Reach } from '../records.ts';

/** What decides whether an imported person is one that is there. */
interface PersonLikeness {
  readonly name: string;
  readonly orgId: number | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/**
 * Finds what is there already. Published: a person with the same name and the same organization, phone or e-mail; an
 * organization with the same name and address. Deals, leads, activities and notes are never looked for. INF: case does
 * not matter, two organizations without address are the same, and the oldest one is taken.
 */
export class Duplicates {
  readonly #account: Account;
  readonly #organizations = new Map<string, number[]>();
  readonly #persons = new Map<string, number[]>();

  constructor(account: Account) {
    this.#account = account;
    for (const each of account.state.organizations.all()) this.addOrganization(each);
    for (const each of account.state.persons.all()) this.addPerson(each);
  }

  /** From now on this organization is looked at, too. */
  addOrganization({ id, name }: OrganizationRecord): void {
    push(this.#organizations, name, id);
  }

  /** From now on this person is looked at, too. */
  addPerson({ id, name }: PersonRecord): void {
    push(this.#persons, name, id);
  }

  organization(name: string, address: string): OrganizationRecord | null {
    const { organizations } = this.#account.state;
    for (const id of this.#organizations.get(folded(name)) ?? []) {
      const found = organizations.get(id);
      if (found && isLive(found) && folded(found.address?.value ?? '') === folded(address)) return found;
    }
    return null;
  }

  person({ name, orgId, emails, phones }: PersonLikeness): PersonRecord | null {
    for (const id of this.#persons.get(folded(name)) ?? []) {
      const found = this.#account.state.persons.get(id);
      if (!found || !isLive(found)) continue;
      const sameOrganization = orgId !== null && found.org_id === orgId;
      if (sameOrganization || shares(found.emails, emails) || shares(found.phones, phones)) return found;
    }
    return null;
  }
}

function push(map: Map<string, number[]>, name: string, id: number): void {
  const key = folded(name);
  const known = map.get(key);
  if (known) known.push(id);
  else map.set(key, [id]);
}

function shares(reaches: readonly Reach[], values: readonly string[]): boolean {
  const wanted = new Set(values.map(folded));
  return reaches.some(({ value }) => wanted.has(folded(value)));
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
