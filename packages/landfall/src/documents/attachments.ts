import { idOfKey, type SourceKey } from '../model/key.ts';
import type { EntityMapping } from '../model/mapping.ts';
import type { Operation } from '../model/plan.ts';
import type { RejectCode } from '../model/source.ts';
import type { StagedRecord, StoredDraft, StoreReader } from '../model/store.ts';
import type { FileContent } from '../model/target.ts';
import type { DocumentContext } from './context.ts';
import { content, type FileHolder, file, fileHolders, hasFile, textOf, toldOf } from './file-holders.ts';
import { rejectPages, stagedPages } from './store-pages.ts';
import type { TableDocument } from './table-document.ts';

/**
 * `attachments.csv`: every file of the source that does not move by itself, with why and what to do: too large, not to
 * be had, only a link, left out by the mapping (DOC-16, D-30(b)(c), O-28(c), R-27(c)). Files that move are not in it.
 */
export const attachmentsDocument: TableDocument = {
  file: 'attachments.csv',
  known: ({ catalog, mapping }) =>
    catalog !== null && mapping !== null && fileHolders(catalog, mapping).length > 0,
  header: ['Entity', 'Source id', 'Parent', 'Name', 'Size in bytes', 'Why', 'What to do'],
  async *rows(context) {
    const { catalog, mapping, reader } = context;
    if (catalog === null || mapping === null) return;
    const whys = await reasons(reader);
    for (const holder of fileHolders(catalog, mapping)) yield* rowsOf(context, holder, whys);
  },
};

interface Why {
  readonly code: RejectCode;
  readonly reason: string;
}

/** Why files stay behind, by their records: the last word counts. Held in memory: only what concerns files. */
async function reasons(reader: StoreReader): Promise<ReadonlyMap<SourceKey, Why>> {
  const found = new Map<SourceKey, Why>();
  for await (const page of rejectPages(reader)) {
    for (const { entity, key, code, reason } of page)
      if (key !== null && (entity === file || reason.startsWith(content))) found.set(key, { code, reason });
  }
  return found;
}

async function* rowsOf(
  context: DocumentContext,
  holder: FileHolder,
  whys: ReadonlyMap<SourceKey, Why>,
): AsyncIterable<readonly string[]> {
  const { reader } = context;
  for await (const page of stagedPages(reader, holder.entity)) {
    const refs = page.flatMap(({ key }) =>
      partsOf(holder.mappings).map((part) => ({ entity: file, key, part }) as const),
    );
    const moving = new Set((await reader.operationsByRef(refs)).filter(moves).map(({ key }) => key));
    const staying = page.filter((record) => !moving.has(record.key) && hasFile(holder, record));
    const drafts = await draftsOf(reader, holder, staying);
    for (const record of staying)
      yield rowOf(context, {
        holder,
        record,
        drafts: drafts.get(record.key) ?? [],
        why: whys.get(record.key),
      });
  }
}

function partsOf(mappings: readonly EntityMapping[]): readonly string[] {
  return [...new Set(mappings.map(({ part }) => part ?? ''))];
}

function moves({ action, state }: Operation): boolean {
  return action !== 'skip' && state !== 'failed' && state !== 'skipped';
}

/** The drafts of these records, files first. */
async function draftsOf(
  reader: StoreReader,
  { mappings, others }: FileHolder,
  records: readonly StagedRecord[],
): Promise<ReadonlyMap<SourceKey, readonly StoredDraft[]>> {
  const ends = [...mappings, ...others].map(({ to, part }) => ({ entity: to, part: part ?? '' }));
  const refs = records.flatMap(({ key }) => ends.map((end) => ({ ...end, key })));
  const drafts = await reader.drafts(refs);
  const filesFirst = drafts.toSorted(
    (one, other) => Number(other.entity === file) - Number(one.entity === file),
  );
  return Map.groupBy(filesFirst, ({ key }) => key);
}

/** A file that stays behind with what is known of it. */
interface Staying {
  readonly holder: FileHolder;
  readonly record: StagedRecord;
  readonly drafts: readonly StoredDraft[];
  readonly why: Why | undefined;
}

function rowOf({ sourceSystem, destinationSystem }: DocumentContext, staying: Staying): readonly string[] {
  const { holder, record, drafts, why } = staying;
  const told = drafts.find(({ entity }) => entity === file)?.fields.content?.value as FileContent | undefined;
  const [name, size] = toldOf(holder, record);
  return [
    holder.entity,
    idOfKey(record.key),
    parentOf(staying),
    told?.name ?? name,
    told === undefined ? size : String(told.sizeBytes),
    why?.reason ?? insteadOf(staying),
    stepOf(why?.code, sourceSystem, destinationSystem),
  ];
}

/** What the mapping makes of the record in place of a file. */
function insteadOf({ holder, drafts }: Staying): string {
  const made = holder.others.find(({ to, part }) =>
    drafts.some((draft) => draft.entity === to && draft.part === (part ?? '')),
  );
  return made === undefined
    ? 'the mapping makes no file of it'
    : `a ${made.to} in its place (${made.why ?? 'as mapped'})`;
}

function stepOf(code: RejectCode | undefined, source: string, destination: string): string {
  if (code === 'too-large')
    return `put it where your company keeps large files and link it from a note on the record in ${destination}`;
  if (code === 'parent-failed' || code === 'link-missing')
    return 'mend the record it belongs to first; it goes with the next run';
  return `open it in ${source} and upload it to the record in ${destination}, or link it from a note`;
}

/** What it hangs on, for people: `deal 42`. */
function parentOf({ holder: { mappings, resolve }, record: { fields }, drafts }: Staying): string {
  const [link] = drafts.flatMap(({ links }) => links);
  if (link !== undefined) return `${link.entity} ${link.text}`;
  for (const { to, from } of mappings.flatMap(({ rows }) => rows)) {
    const [header = ''] = typeof from === 'string' ? [from] : (from ?? []);
    const text = textOf(fields[resolve(header)]);
    if (to.endsWith('_id') && text !== '') return `${header} ${text}`;
  }
  return '';
}
