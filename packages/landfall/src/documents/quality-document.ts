import { qualityFindings } from './quality.ts';
import type { TableDocument } from './table-document.ts';

/** `quality.csv`: one finding a line, with the source id (DQ-06, DQ-08, DOC-09). */
export const qualityDocument: TableDocument = {
  file: 'quality.csv',
  known: (context) => context.catalog !== null,
  header: ['Severity', 'Kind', 'Entity', 'Source id', 'Where', 'Field', 'Finding', 'What to do'],
  async *rows(context) {
    for await (const found of qualityFindings(context)) {
      const { severity, kind, entity, sourceId, position, field, finding, todo } = found;
      yield [severity, kind, entity, sourceId, position, field, finding, todo];
    }
  },
};
