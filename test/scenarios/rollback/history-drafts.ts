import type { SeededRandom } from 'landfall-emulators/kit/random.ts';
import { type SourceKey, sourceKey } from '../../../packages/landfall/src/model/key.ts';
import type { Mapping } from '../../../packages/landfall/src/model/mapping.ts';
import type { SourceRecord } from '../../../packages/landfall/src/model/source.ts';
import type { Link, TargetEntity, TargetValue } from '../../../packages/landfall/src/model/target.ts';
import {
  draft,
  link,
  record,
  type SampleDraft,
  sampleMapping,
} from '../../../packages/landfall/src/phases/phase-fixture.ts';

/** What is migrated in one history: at most 200 operations, a few of them onto records that are there already. */
export interface Migrated {
  readonly records: readonly SourceRecord[];
  readonly drafts: readonly SampleDraft[];
  /** Records of the account beforehand, as its `seed` takes them. */
  readonly found: { readonly organizations: readonly object[]; readonly persons: readonly object[] };
}

/** A mapping that needs fields, an option and a pipeline of its own. */
export const historyMapping: Mapping = {
  ...sampleMapping,
  fields: [
    { entity: 'organization', name: 'Tier', type: 'varchar' },
    { entity: 'deal', name: 'Score', type: 'double' },
  ],
  pipelines: [
    {
      name: 'Moved',
      from: [''],
      stages: [
        { name: 'First', from: [] },
        { name: 'Second', from: [] },
      ],
    },
  ],
};

const mostOf = {
  organization: 30,
  person: 45,
  deal: 40,
  activity: 50,
  note: 25,
  organizationRelationship: 10,
};

/** Draws a migration from the seed's stream. */
export function drawMigration(random: SeededRandom): Migrated {
  const drawn = new Drawing(random);
  const count = (entity: keyof typeof mostOf) => random.between(0, mostOf[entity]);
  for (let at = random.between(2, mostOf.organization); at > 0; at -= 1) drawn.organization();
  for (let at = count('person'); at > 0; at -= 1) drawn.person();
  for (let at = count('deal'); at > 0; at -= 1) drawn.deal();
  for (let at = count('activity'); at > 0; at -= 1) drawn.activity();
  for (let at = count('note'); at > 0; at -= 1) drawn.note();
  for (let at = count('organizationRelationship'); at > 0; at -= 1) drawn.relationship();
  return drawn;
}

class Drawing implements Migrated {
  readonly #random: SeededRandom;
  readonly records: SourceRecord[] = [];
  readonly drafts: SampleDraft[] = [];
  readonly found = { organizations: [] as object[], persons: [] as object[] };
  #made = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  organization(): void {
    const { id, key } = this.#record('companies', {});
    const values = {
      name: `Firm ${id}`,
      website: `https://firm${id}.example`,
      ...this.#some({ 'custom.Tier': 'gold' }),
    };
    this.drafts.push(
      draft('organization', key, { ...values, ...this.#some({ address: { value: `Street ${id}` } }) }),
    );
    if (this.#chance(0.2))
      this.found.organizations.push({ name: `Firm ${id}`, website: `https://firm${id}.example` });
  }

  person(): void {
    const address = `p${this.#made + 1}@firm.example`;
    const { id, key } = this.#record('contacts', { email: address });
    const emails = [{ value: address, label: 'work', primary: true }];
    const phones = [{ value: `+90532${1_000_000 + this.#made}`, label: 'work', primary: true }];
    const links = this.#chance(0.8) ? this.#to('org_id', 'organization', 'companies') : [];
    this.drafts.push(
      draft('person', key, { name: `Person ${id}`, emails, ...this.#some({ phones }) }, links),
    );
    if (this.#chance(0.2)) this.found.persons.push({ name: `Person ${id}`, emails });
  }

  deal(): void {
    const { id, key } = this.#record('deals', {});
    const stage = this.#random.pick(['First', 'Second']);
    const values = {
      title: `Deal ${id}`,
      ...this.#some({ value: { amount: '12.5', currency: 'TRY' } }),
      ...this.#some({ 'custom.Score': '7' }),
      ...this.#some({ stage_id: { pipeline: 'Moved', stage } }),
    };
    const links = [
      ...this.#to('org_id', 'organization', 'companies'),
      ...this.#to('person_id', 'person', 'contacts'),
    ];
    this.drafts.push(draft('deal', key, values, links));
  }

  activity(): void {
    const { id, key } = this.#record('tasks', {});
    const values = { subject: `Task ${id}`, type: 'call', ...this.#some({ due_date: '2030-05-01' }) };
    this.drafts.push(draft('activity', key, values, this.#parents()));
  }

  note(): void {
    const { id, key } = this.#record('notes', {});
    const parents = this.#parents();
    const links = parents.length > 0 ? parents : this.#to('org_id', 'organization', 'companies');
    this.drafts.push(draft('note', key, { content: `<p>Note ${id}</p>` }, links));
  }

  relationship(): void {
    const { key } = this.#record('groups', {});
    const [owner] = this.#to('rel_owner_org_id', 'organization', 'companies');
    const [linked] = this.#to('rel_linked_org_id', 'organization', 'companies');
    const ids = [owner, linked].map((one) => one?.tries[0]?.value);
    if (owner === undefined || linked === undefined || ids[0] === ids[1]) return;
    this.drafts.push(draft('organizationRelationship', key, { type: 'related' }, [owner, linked]));
  }

  #parents(): readonly Link[] {
    return [
      ...(this.#chance(0.5) ? this.#to('org_id', 'organization', 'companies') : []),
      ...(this.#chance(0.5) ? this.#to('person_id', 'person', 'contacts') : []),
      ...(this.#chance(0.4) ? this.#to('deal_id', 'deal', 'deals') : []),
    ];
  }

  #to(field: string, entity: TargetEntity, source: string): readonly Link[] {
    const there = this.records.filter((one) => one.entity === source);
    if (there.length === 0) return [];
    const { key } = this.#random.pick(there);
    return [link(field, entity, { id: key.slice(key.indexOf(':') + 1) })];
  }

  #record(entity: string, fields: Readonly<Record<string, string>>): { id: string; key: SourceKey } {
    this.#made += 1;
    const id = String(this.#made);
    this.records.push(record(entity, id, fields));
    return { id, key: sourceKey(entity, id) };
  }

  #some(values: Readonly<Record<string, TargetValue>>): Readonly<Record<string, TargetValue>> {
    return this.#chance(0.6) ? values : {};
  }

  #chance(share: number): boolean {
    return this.#random.next() < share;
  }
}
