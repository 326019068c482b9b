import type { Mutant } from '../mutant.ts';

/** Bugs in reading exports and in mapping them. */
export const readingMutants: readonly Mutant[] = [
  {
    id: 'quoted-lines-split',
    says: 'a quoted cell ends at the end of its line: a remark of two lines becomes two records',
    file: 'files/record-scanner.ts',
    find: '    const whole = this.fieldsOf(Number.POSITIVE_INFINITY);',
    replace: '    const whole = this.fieldsOf(lineEnd);',
    test: 'packages/landfall/src/files/record-scanner.test.ts',
    named: ['reads what was written, for every text'],
  },
  {
    id: 'cursor-off-by-one',
    says: 'a page’s cursor names its last row, not the next one: after a restart that row is read twice',
    file: 'sources/shared/export-files/read-pages.ts',
    find: 'nextRow: lastRow + 1 };',
    replace: 'nextRow: lastRow };',
    test: 'packages/landfall/src/sources/shared/export-files/read-pages.test.ts',
    named: ['started again at any page'],
  },
  {
    id: 'refused-value-unlisted',
    says: 'a value that a transform refuses is left out, and no line says so',
    file: 'mapping/evaluate.ts',
    find: "    return stopOrList(refused, row.whenRefused === 'reject', listed);\n  }\n  for",
    replace: "    return row.whenRefused === 'reject' ? refused : null;\n  }\n  for",
    test: 'packages/landfall/src/mapping/evaluate.test.ts',
    named: ['without a field whose every value was refused'],
  },
  {
    id: 'value-table-falls-through',
    says: 'a value that a value table does not have goes on as it is',
    file: 'mapping/transforms/choice.ts',
    find: "settings.otherwise ?? 'refuse'",
    replace: "settings.otherwise ?? 'keep'",
    test: 'packages/landfall/src/mapping/transforms.test.ts',
    named: ['every example of every transform holds'],
  },
];
