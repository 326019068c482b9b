import { targetId } from '../../model/key.ts';
import type { TargetEntity, TargetRecord } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import type { References } from './held.ts';
import type { RecordImage } from './image.ts';

/** Whether the other ends of links are there still: each is asked for once a page. */
export class Ends {
  readonly #world: Pick<PhaseContext, 'destination' | 'signal'>;
  readonly #known = new Map<string, Promise<boolean>>();

  constructor(world: Pick<PhaseContext, 'destination' | 'signal'>) {
    this.#world = world;
  }

  isThere(entity: TargetEntity, id: string): Promise<boolean> {
    const name = `${entity}|${id}`;
    const { destination, signal } = this.#world;
    const known =
      this.#known.get(name) ??
      destination.get(entity, targetId(id), signal).then((record) => record !== null);
    this.#known.set(name, known);
    return known;
  }
}

/** A record with the links it lost read as they were. */
export interface Relinked {
  readonly record: TargetRecord;
  /** Links that a person changed: to be kept, lest they are taken for lost ones when their old end goes later. */
  readonly edited: readonly string[];
}

/** A link that is empty because its other end was deleted is nobody's edit of this record: it is read as it was. */
export async function relink(
  ends: Ends,
  references: References[TargetEntity],
  { links = {}, theirs = [] }: RecordImage,
  record: TargetRecord,
): Promise<Relinked> {
  const values = { ...record.values };
  const edited: string[] = [];
  for (const { field, entity } of references) {
    const id = links[field];
    if (id === undefined || values[field] === undefined || values[field] === id) continue;
    if (values[field] !== null || theirs.includes(field) || (await ends.isThere(entity, id))) {
      edited.push(field);
      continue;
    }
    values[field] = id;
    const people = values.participants;
    if (field === 'person_id' && Array.isArray(people) && people.length === 0) values.participants = [id];
  }
  return { record: { ...record, values }, edited };
}
