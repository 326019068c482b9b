import { idOfKey } from '../model/key.ts';
import type { Operation } from '../model/plan.ts';
import { refName, type StoredDraft } from '../model/store.ts';
import type { ResolvedLink } from '../model/target.ts';
import { operationPages } from './store-pages.ts';
import type { TableDocument } from './table-document.ts';

const evidenceWords: Readonly<Record<ResolvedLink['evidence'], string>> = {
  id: 'by its id',
  email: 'by a unique e-mail address',
  name: 'by a unique name',
  domain: 'by its domain',
  contact: 'taken from its contact',
  decision: 'decided by a person',
  placeholder: 'to the placeholder',
};

/** `links.csv`: each link with the evidence it rests on, and those that lead nowhere (MAP-09, MAP-13, S-03). */
export const linksDocument: TableDocument = {
  file: 'links.csv',
  known: (context) => context.forecast !== null,
  header: ['Entity', 'Source id', 'Record', 'Link', 'As written', 'State', 'Leads to', 'Evidence'],
  async *rows({ reader }) {
    for await (const page of operationPages(reader)) {
      const drafts = new Map((await reader.drafts(page)).map((draft) => [refName(draft), draft]));
      for (const operation of page) yield* linkRows(operation, drafts.get(refName(operation)));
    }
  },
};

/** The links of one record: resolved ones from the plan, the others from its draft. Pure. */
function* linkRows(operation: Operation, draft: StoredDraft | undefined): Iterable<readonly string[]> {
  const base = [operation.entity, idOfKey(operation.key), draft?.title ?? ''];
  for (const link of operation.links) {
    const written = draft?.links.find(({ field }) => field === link.field)?.text ?? '';
    yield [...base, link.field, written, 'linked', endOf(link), evidenceWords[link.evidence]];
  }
  if (operation.action === 'skip' || operation.action === 'link') return;
  for (const link of draft?.links ?? []) {
    if (operation.links.some(({ field }) => field === link.field)) continue;
    yield [
      ...base,
      link.field,
      link.text,
      'not linked',
      '',
      'nothing in the source answers to it, or a person left it open',
    ];
  }
}

function endOf({ to }: ResolvedLink): string {
  return 'key' in to ? `${to.entity} of ${to.key}` : `existing record ${to.targetId}`;
}
