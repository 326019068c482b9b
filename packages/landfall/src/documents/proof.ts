import { idOfKey } from '../model/key.ts';
import { findingPages, operationPages } from './store-pages.ts';
import type { TableDocument } from './table-document.ts';

/** `verification.csv`: every field that did not come back as written, one a line (VER-04, VER-05). */
export const verificationDocument: TableDocument = {
  file: 'verification.csv',
  known: (context) => context.verify !== null,
  header: ['Entity', 'Source id', 'Target id', 'Field', 'Expected', 'Found', 'Verdict'],
  async *rows({ reader }) {
    for await (const page of findingPages(reader)) {
      for (const { entity, sourceKey, targetId, field, expected, found, verdict } of page) {
        yield [entity, idOfKey(sourceKey), targetId ?? '', field, expected, found, verdict];
      }
    }
  },
};

/** `rollback.csv`: what was taken back, record by record, and what stays with the reason (RB-01..03). */
export const rollbackDocument: TableDocument = {
  file: 'rollback.csv',
  known: (context) => context.rollback !== null,
  header: ['What happened', 'Entity', 'Target id', 'Source id', 'Why', 'Last change', 'By'],
  async *rows({ reader, rollback }) {
    for (const { entity, targetId, because, at = '', by = '' } of rollback?.kept ?? []) {
      yield ['kept', entity, targetId, '', because, at, by];
    }
    for await (const page of operationPages(reader, { states: ['removed'] })) {
      for (const { action, entity, targetId, key } of page) {
        yield [
          action === 'update' ? 'restored' : 'removed',
          entity,
          targetId ?? '',
          idOfKey(key),
          '',
          '',
          '',
        ];
      }
    }
  },
};

/** `automations.csv`: rules found in the source, with what would do the same (DOC-12, DOC-13, DOC-23, S-06). */
export const automationsDocument: TableDocument = {
  file: 'automations.csv',
  known: (context) => context.catalog !== null,
  header: ['Rule', 'Seen in the data', 'Evidence', 'How to rebuild it', 'Done by'],
  *rows({ automations }) {
    for (const { name, detected, evidence, equivalent } of automations) {
      yield [name, detected ? 'yes' : 'no', evidence, equivalent, ''];
    }
  },
};
