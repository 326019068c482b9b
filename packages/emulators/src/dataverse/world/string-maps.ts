import { labelsOf, SCHEMA } from '../schema/schema.ts';
import type { Content } from './content.ts';

interface Line {
  readonly table: string;
  readonly column: string;
  readonly value: number;
  readonly label: string;
  readonly language: number;
  readonly order: number;
}

const LINES: readonly Line[] = [...SCHEMA.tables.values()].flatMap((table) =>
  [...table.columns.values()].flatMap((column) =>
    column.options.flatMap((option, order) =>
      Object.entries(labelsOf(option.label)).map(([language, label]) => ({
        ...{
          table: table.name,
          column: column.name,
          value: option.value,
          label,
          language: Number(language),
          order,
        },
      })),
    ),
  ),
);

/** All labels of all choices, by table and column, in every language: `stringmaps`. */
export const STRING_MAPS: Readonly<Record<string, Content>> = {
  stringmap: {
    count: () => LINES.length,
    columns: {
      objecttypecode: (index) => LINES[index]?.table ?? null,
      attributename: (index) => LINES[index]?.column ?? null,
      attributevalue: (index) => LINES[index]?.value ?? null,
      value: (index) => LINES[index]?.label ?? null,
      langid: (index) => LINES[index]?.language ?? null,
      displayorder: (index) => LINES[index]?.order ?? null,
    },
  },
};
