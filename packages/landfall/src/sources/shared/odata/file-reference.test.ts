import { describe, expect, it } from 'vitest';
import { parseReference, printReference } from './file-reference.ts';

const id = '0e6c67db-fea5-ef11-8510-32cb2cb33f46';

describe('references to files', () => {
  it.each([
    {
      ...{ entity: 'annotation', id, field: 'documentbody', sizeBytes: 7, shared: null },
      mediaType: 'text/plain; charset=utf-8',
    },
    { entity: 'account', id, field: 'new_contract', sizeBytes: null, mediaType: null, shared: null },
    { entity: 'activitymimeattachment', id, field: 'body', sizeBytes: 9, mediaType: null, shared: id },
  ])('come back as they were written: %j', (reference) => {
    expect(parseReference(printReference(reference))).toEqual(reference);
  });

  it.each(['', 'annotation', `annotation/${id}`, 'annotation/1/body', `../${id}/body`])(
    'are told from other texts: %j',
    (text) => {
      expect(parseReference(text)).toBeNull();
    },
  );
});
