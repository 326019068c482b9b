import { Document, isMap, isScalar, isSeq, type Pair, visit, type YAMLMap } from 'yaml';
import type { EntityMapping, Gather, Mapping, MappingRow } from '../model/mapping.ts';

/** Where editors find the JSON Schema, seen from the workspace. */
export const mappingSchemaFile = '.landfall/mapping.schema.json';

/** How the files are written; kept the same by edits. */
export const yamlFormat = { lineWidth: 110, flowCollectionPadding: true } as const;

const flowMaxLength = 70;

const head = [
  ' What each field of the source becomes in the destination. Yours to edit: comments stay.',
  ' Check it with `landfall map`; what you approve is this file’s meaning, by its hash.',
];

const sections: Readonly<Record<string, readonly string[]>> = {
  entities: [
    ' What each source entity becomes. A row:',
    '   to:    <entity>.<field>, with a part where the field has them: person.emails.work, deal.custom.Region',
    '   from:  source fields, by their standard or exact names (or `value:`, a constant)',
    '   via:   transforms, in order; `whenEmpty`, `whenRefused`: what to do without a value',
    ' `gather`: records below these ones; rows read their fields as <as>.<Field>, a list with a value for each.',
  ],
  fields: [
    ' Custom fields that `configure` makes in the destination when the account has none of that name.',
  ],
  pipelines: [
    ' Pipelines and their stages, in order. `from`: the source’s names for it, "" for deals that name none.',
    ' `closed`: source stages that are really an outcome.',
  ],
  values: [' Value tables for the transform `lookup`: source text to target text, case and spaces aside.'],
  leave: [' Source fields that stay behind, each with the reason. `field: "*"` leaves a whole entity.'],
};

/** The mapping as a commented `mapping.yaml`. `schemaPath`: the JSON Schema, relative to the file. */
export function renderMapping(mapping: Mapping, schemaPath: string = mappingSchemaFile): string {
  const document = new Document(ordered(mapping), { aliasDuplicateObjects: false });
  document.commentBefore = [` yaml-language-server: $schema=${schemaPath}`, ...head].join('\n');
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) commentSection(pair);
    flattenShort(document.contents);
  }
  return document.toString(yamlFormat);
}

function ordered(mapping: Mapping): unknown {
  const { version, source, entities, fields, pipelines, values, leave } = mapping;
  return { version, source, entities: entities.map(orderedEntity), fields, pipelines, values, leave };
}

function orderedEntity({ from, to, part, when, gather, why, rows }: EntityMapping): unknown {
  return withoutUndefined({
    from,
    to,
    part,
    when,
    gather: gather?.map(orderedGather),
    why,
    rows: rows.map(orderedRow),
  });
}

function orderedGather({ from, by, as, when, limit }: Gather): Record<string, unknown> {
  return withoutUndefined({ from, by, as, when, limit });
}

/** A row with its keys in the order people read them. */
export function orderedRow(row: MappingRow): Record<string, unknown> {
  const { to, from, value, via, onlyIf, whenEmpty, whenRefused, why } = row;
  return withoutUndefined({ to, from, value, via, onlyIf, whenEmpty, whenRefused, why });
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

function commentSection(pair: Pair): void {
  const { key } = pair;
  if (!isScalar(key)) return;
  const comment = sections[String(key.value)];
  if (comment === undefined) return;
  key.commentBefore = comment.join('\n');
  key.spaceBefore = true;
}

/** Short lists and maps inside rows stand on one line; entities, rows, stages and tables do not. */
export function flattenShort(contents: YAMLMap): void {
  visit(contents, {
    Pair: (_key, pair) => {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      if (name === 'gather' && isSeq(pair.value)) {
        for (const item of pair.value.items) if (isMap(item)) item.flow = true;
        return visit.SKIP;
      }
      const isShort = ['from', 'via', 'in', 'notIn', 'onlyIf', 'when', 'whenEmpty'].includes(name);
      if (!isShort || !(isSeq(pair.value) || isMap(pair.value))) return undefined;
      if (JSON.stringify(pair.value).length > flowMaxLength) return undefined;
      pair.value.flow = true;
      return visit.SKIP;
    },
  });
}
