import type { StoredDraft, StoreReader, StoreWriter } from '../model/store.ts';
import type { DraftRef, TargetDraft } from '../model/target.ts';
import type { Scope, SqlValue } from './connection.ts';
import { parseNames, parseStored } from './json-text.ts';
import { assertIndexable } from './key-length.ts';
import { distinctRefs, rowsOfRefs } from './refs.ts';
import { restartNumbers, takeNumbers } from './sequences.ts';

interface DraftRow extends DraftRef {
  readonly seq: number;
  readonly position: string;
  readonly title: string;
  readonly links: string;
  readonly fields: string;
}

const columns = 'draft.entity, draft.seq, draft.key, draft.part, position, title, links, fields';

/** Reading drafts; `drafts` answers them in order of `seq`. */
export function draftReader(scope: Scope): Pick<StoreReader, 'draftPage' | 'drafts'> {
  return {
    draftPage: async (entity, afterSeq, limit) => {
      const rows = await scope.connection.rows<DraftRow>(
        `select ${columns} from draft where migration = ? and entity = ? and seq > ? order by seq limit ?`,
        [scope.migration, entity, afterSeq, limit],
      );
      return rows.map((row) => new ReadDraft(row));
    },
    drafts: async (refs) => {
      const rows = await rowsOfRefs<DraftRow>(scope, 'draft', columns, refs);
      return rows.sort((one, other) => one.seq - other.seq).map((row) => new ReadDraft(row));
    },
  };
}

/** Keeping drafts. A draft that is there already is replaced and keeps its place. */
export function draftWriter(scope: Scope): Pick<StoreWriter, 'putDrafts' | 'clearDrafts'> {
  return {
    putDrafts: async (drafts) => {
      if (drafts.length === 0) return;
      const distinct = distinctRefs(drafts);
      const first = await takeNumbers(scope, 'draft', distinct.length);
      await scope.connection.insert(
        'draft',
        scope.migration,
        distinct.map((draft, index) => rowOf(draft, first + index)),
        `on conflict (migration, entity, key, part) do update set
           position = excluded.position, title = excluded.title, links = excluded.links, fields = excluded.fields`,
      );
    },
    clearDrafts: async () => {
      await scope.connection.run('delete from draft where migration = ?', [scope.migration]);
      await restartNumbers(scope, 'draft');
    },
  };
}

function rowOf(draft: TargetDraft & { readonly position: string }, seq: number): SqlValue[] {
  assertIndexable(draft.key);
  const { entity, key, part, position, title } = draft;
  return [entity, seq, key, part, position, title, JSON.stringify(draft.links), JSON.stringify(draft.fields)];
}

/** A draft as it was read. Its fields are parsed when they are asked for: planning looks at those of few drafts. */
class ReadDraft implements StoredDraft {
  readonly seq: number;
  readonly entity: DraftRow['entity'];
  readonly key: DraftRow['key'];
  readonly part: string;
  readonly position: string;
  readonly title: string;
  readonly links: StoredDraft['links'];
  readonly #text: string;
  #fields: StoredDraft['fields'] | null = null;

  constructor({ seq, entity, key, part, position, title, links, fields }: DraftRow) {
    this.seq = seq;
    this.entity = entity;
    this.key = key;
    this.part = part;
    this.position = position;
    this.title = title;
    this.links = parseStored<StoredDraft['links']>(links, `the draft of ${position}`);
    this.#text = fields;
  }

  get fields(): StoredDraft['fields'] {
    this.#fields ??= parseNames<StoredDraft['fields']>(this.#text, `the draft of ${this.position}`);
    return this.#fields;
  }
}
