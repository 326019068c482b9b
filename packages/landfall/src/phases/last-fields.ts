import { entityTraits } from '../model/entity-table.ts';
import { entityOfKey } from '../model/key.ts';
import type { TargetDraft } from '../model/target.ts';

/**
 * Takes the fields out of a draft that may be set only when everything below its record is made (an archived deal takes
 * nothing any more), and drafts a record of its own for them that is made last.
 */
export function splitLastFields(draft: TargetDraft): readonly TargetDraft[] {
  const last = draft.part === '' ? entityTraits[draft.entity].last : null;
  const said = last === null ? undefined : draft.fields[last.when];
  if (last === null || said === undefined) return [draft];
  const isLast = (name: string) => name === last.when || last.with.includes(name);
  const entries = Object.entries(draft.fields);
  const first = { ...draft, fields: Object.fromEntries(entries.filter(([name]) => !isLast(name))) };
  if (said.value !== true) return [first];
  const { key, part, title } = draft;
  const link = {
    field: last.link,
    entity: draft.entity,
    source: entityOfKey(key),
    tries: [],
    within: null,
    whenMissing: 'leave',
    text: title,
    row: said.row,
    self: true,
  } as const;
  const fields = Object.fromEntries(entries.filter(([name]) => last.with.includes(name)));
  return [first, { entity: last.as, key, part, fields, links: [link], title }];
}
