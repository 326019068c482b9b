import type { Policies } from '../../packages/landfall/src/model/policy.ts';
import type { Drawn } from './child-rows.ts';
import type { ExistingRecord, ExistingSeed } from './existing-records.ts';
import { isRefused, type SourceFile } from './files.ts';
import type { Shop, SourceLine } from './lines.ts';
import { adminEmail } from './people.ts';
import type { Child, Company, Contact, Pointer } from './source-rows.ts';
import type { Cell } from './spelling.ts';
import { type Expected, plain, Truth } from './truth.ts';

/** The record that is made for records without a company. */
const placeholderName = 'placeholder';

type Values = Readonly<Record<string, unknown>>;

/** Works out, from what the world means and what was decided, what must be there in the end. Knows nothing of the engine. */
export function tellTruth(
  drawn: Drawn,
  policies: Policies,
  existing: ExistingSeed,
  files: readonly SourceFile[],
  shop: Shop | null,
): Truth {
  const truth = new Truth();
  const teller = new Teller(truth, drawn, policies, existing);
  for (const company of drawn.companies) truth.add(teller.company(company));
  for (const company of drawn.companies)
    if (company.parent !== null) truth.add(teller.parent(company, company.parent));
  for (const contact of drawn.contacts) truth.add(teller.contact(contact));
  for (const contact of drawn.contacts)
    if (contact.remark !== null) truth.add(teller.remarkOf(contact, contact.remark));
  for (const deal of drawn.deals) truth.add(teller.deal(deal));
  for (const task of drawn.tasks) truth.add(teller.child('tasks', 'activity', task));
  for (const remark of drawn.remarks) truth.add(teller.child('remarks', 'note', remark));
  for (const file of files) truth.add(teller.file(file));
  for (const { id, name } of shop?.products ?? [])
    truth.add({ ...plain, kind: 'product', name: `products:${id}`, fields: { name } });
  for (const line of shop?.lines ?? []) truth.add(lineOf(line));
  return truth;
}

function lineOf({ id, deal, product, isBad, values }: SourceLine): Expected {
  const base = { ...plain, kind: 'line' as const, name: `lines:${id}` };
  if (isBad) return { ...base, fate: 'refused' };
  return { ...base, fields: values, links: { deal_id: `deals:${deal}`, product_id: `products:${product}` } };
}

class Teller {
  readonly #truth: Truth;
  readonly #drawn: Drawn;
  readonly #policies: Policies;
  readonly #existing: ExistingSeed;
  /** Child company to its parents, as planned so far. */
  readonly #parents = new Map<string, string[]>();

  constructor(truth: Truth, drawn: Drawn, policies: Policies, existing: ExistingSeed) {
    this.#truth = truth;
    this.#drawn = drawn;
    this.#policies = policies;
    this.#existing = existing;
  }

  company(company: Company): Expected {
    const name = `companies:${company.id}`;
    const base = { ...plain, kind: 'organization' as const, name };
    if (company.nameless) return { ...base, fate: 'aside' };
    const into = this.#mergedInto('companies', company.twinOf);
    if (into !== null) return { ...base, fate: 'merged', into };
    const twins = this.#twins(this.#drawn.companies, company);
    const owner = ownerOf(company, twins);
    const fields = {
      ...filledFrom(
        company.values,
        twins.map(({ values }) => values),
      ),
      owner,
    };
    const later =
      company.later === null
        ? null
        : {
            ...filledFrom(
              company.later.values,
              twins.map(({ values }) => values),
            ),
            owner,
          };
    return this.#land(base, fields, later, {}, this.#existing.organizations, company.id);
  }

  /** A relationship of parent and child, unless it would close a circle or one of both does not land. */
  parent(company: Company, above: string): Expected {
    const name = `companies:${company.id}#parent`;
    const base = { ...plain, kind: 'relationship' as const, name };
    const child = this.#truth.standing(`companies:${company.id}`);
    const parent = this.#truth.standing(`companies:${above}`);
    if (company.nameless || child === null || parent === null || !this.#isTree(parent.name, child.name)) {
      return { ...base, fate: 'aside' };
    }
    this.#parents.set(child.name, [...(this.#parents.get(child.name) ?? []), parent.name]);
    return { ...base, links: { parent: parent.name, child: child.name } };
  }

  contact(contact: Contact): Expected {
    const name = `contacts:${contact.id}`;
    const base = { ...plain, kind: 'person' as const, name };
    if (contact.nameless) return { ...base, fate: 'aside' };
    const into = this.#mergedInto('contacts', contact.twinOf);
    if (into !== null) return { ...base, fate: 'merged', into };
    const twins = this.#twins(this.#drawn.contacts, contact);
    const pointers = [contact, ...twins].map((one) => one.company);
    const named = pointers.find((pointer) => Object.keys(pointer.cells).length > 0);
    const found = this.#found('companies', named);
    const org =
      found ?? (this.#policies.contactsWithoutCompany === 'placeholder' ? this.#placeholder() : null);
    const fields = {
      ...filledFrom(
        contact.values,
        twins.map(({ values }) => values),
      ),
      owner: ownerOf(contact, twins),
    };
    return this.#land(base, fields, null, { org_id: org }, this.#existing.persons, contact.id);
  }

  remarkOf(contact: Contact, remark: Cell): Expected {
    const name = `contacts:${contact.id}#remark`;
    const person = this.#truth.standing(`contacts:${contact.id}`);
    const base = { ...plain, kind: 'note' as const, name };
    if (person === null) return { ...base, fate: 'aside' };
    return { ...base, fields: { text: remark.value }, links: { person_id: person.name } };
  }

  deal(deal: Child): Expected {
    const base = { ...plain, kind: 'deal' as const, name: `deals:${deal.id}` };
    if (deal.nameless) return { ...base, fate: 'aside' };
    const person = this.#found('contacts', deal.contact);
    const org = this.#companyOfDeal(deal, person);
    const owner = deal.owner.email;
    const later = deal.later === null ? null : { ...deal.later.values, owner };
    return {
      ...base,
      fields: { ...deal.values, owner },
      later,
      links: { org_id: org, person_id: person },
    };
  }

  child(entity: string, kind: 'activity' | 'note', child: Child): Expected {
    const base = { ...plain, kind, name: `${entity}:${child.id}` };
    const links: Record<string, string | null> = {};
    const named = {
      deal_id: ['deals', child.deal],
      person_id: ['contacts', child.contact],
      org_id: ['companies', child.company],
    } as const;
    for (const [field, [to, pointer]] of Object.entries(named)) {
      const found = this.#found(to, pointer);
      if (found !== null) links[field] = found;
    }
    // a note cannot be without a record it belongs to
    if (kind === 'note' && Object.keys(links).length === 0) return { ...base, fate: 'aside' };
    return { ...base, fields: { ...child.values, owner: child.owner.email }, links };
  }

  file(file: SourceFile): Expected {
    const { entity, id } = file.parent;
    const base = { ...plain, kind: 'file' as const, name: `files:${file.id}` };
    const parent = this.#truth.standing(`${entity}:${id}`);
    if (parent === null) return { ...base, fate: 'aside' };
    if (isRefused(file)) return { ...base, fate: 'refused' };
    const field = { companies: 'org_id', contacts: 'person_id', deals: 'deal_id' }[entity];
    return { ...base, fields: file.values, links: { [field]: parent.name } };
  }

  #land(
    base: Expected,
    fields: Values,
    later: Values | null,
    links: Expected['links'],
    seeds: readonly ExistingRecord[],
    id: string,
  ): Expected {
    const at = seeds.findIndex((seed) => seed.fits === id);
    const choice = this.#policies.existing === 'review' ? 'update-empty' : this.#policies.existing;
    if (at < 0 || choice === 'create') return { ...base, fields, later, links };
    const body = seeds[at]?.body ?? {};
    const filled = (values: Values) => (choice === 'skip' ? {} : withoutTaken(values, body));
    const left = choice === 'skip' ? {} : links;
    const matched = { ...base, fate: 'matched' as const, existing: at };
    return {
      ...matched,
      fields: filled(fields),
      later: later === null ? null : filled(later),
      links: left,
    };
  }

  /** The company a deal names; else its contact's; else what was decided for deals without one. */
  #companyOfDeal(deal: Child, person: string | null): string | null {
    const isNamed = Object.keys(deal.company.cells).length > 0;
    const found = this.#found('companies', deal.company);
    if (found !== null) return found;
    const planned = person === null || isNamed ? null : this.#plannedCompanyOf(person);
    return planned ?? (this.#policies.unlinkedDeals === 'placeholder' ? this.#placeholder() : null);
  }

  /** The company a contact was planned with, also where the existing record that stands for it was left as it is. */
  #plannedCompanyOf(person: string): string | null {
    const contact = this.#drawn.contacts.find(({ id }) => `contacts:${id}` === person);
    if (contact === undefined) return null;
    const twins = this.#twins(this.#drawn.contacts, contact);
    const named = [contact, ...twins]
      .map((one) => one.company)
      .find((pointer) => Object.keys(pointer.cells).length > 0);
    const found = this.#found('companies', named);
    return found ?? (this.#policies.contactsWithoutCompany === 'placeholder' ? placeholderName : null);
  }

  #placeholder(): string {
    if (this.#truth.of(placeholderName) === null) {
      this.#truth.add({
        ...plain,
        kind: 'organization',
        name: placeholderName,
        fields: { name: 'Without company (Landfall)' },
      });
    }
    return placeholderName;
  }

  #found(entity: string, pointer: Pointer | undefined): string | null {
    if (pointer?.id == null) return null;
    return this.#truth.standing(`${entity}:${pointer.id}`)?.name ?? null;
  }

  #mergedInto(entity: string, twinOf: string | null): string | null {
    return twinOf !== null && this.#policies.duplicates === 'merge' ? `${entity}:${twinOf}` : null;
  }

  #twins<T extends { readonly twinOf: string | null }>(
    all: readonly T[],
    of: { readonly id: string },
  ): readonly T[] {
    return this.#policies.duplicates === 'merge' ? all.filter((one) => one.twinOf === of.id) : [];
  }

  #isTree(parent: string, child: string): boolean {
    if (parent === child || (this.#parents.get(child) ?? []).includes(parent)) return false;
    const open = [parent];
    for (let up = open.pop(); up !== undefined; up = open.pop()) {
      if (up === child) return false;
      open.push(...(this.#parents.get(up) ?? []));
    }
    return true;
  }
}

/** The owner's user: the first of a merged group who names an owner decides. */
function ownerOf(
  first: { readonly owner: { readonly text: string; readonly email: string } },
  twins: readonly Company[] | readonly Contact[],
): string {
  return (
    [first, ...twins].map(({ owner }) => owner).find(({ text }) => text.trim() !== '')?.email ?? adminEmail
  );
}

/** Values of the first record, empty ones filled from the others; lists are joined. */
function filledFrom(first: Values, others: readonly Values[]): Values {
  const whole: Record<string, unknown> = { ...first };
  for (const other of others) {
    for (const [name, value] of Object.entries(other)) {
      const held = whole[name];
      if (held === undefined) whole[name] = value;
      else if (Array.isArray(held) && Array.isArray(value)) whole[name] = [...new Set([...held, ...value])];
    }
  }
  return whole;
}

/** What is filled in a record that was there: only what it had not. Its name and owner it always has. */
function withoutTaken(values: Values, body: Readonly<Record<string, unknown>>): Values {
  const taken = new Set(['name', 'owner', ...Object.keys(body)]);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !taken.has(name)));
}
