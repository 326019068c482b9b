import type { z } from 'zod';
import type { Mapping, MappingFault } from '../model/mapping.ts';
import { parseMappingDocument } from './document-parse.ts';
import { Faults, type LineOf, type Path } from './fault.ts';
import { mappingSchema } from './mapping-schema.ts';

export { editMapping } from './document-edit.ts';
export { mappingSchemaFile, renderMapping } from './document-render.ts';
export { mappingHash } from './mapping-hash.ts';
export { mappingJsonSchema } from './mapping-schema.ts';

/** A mapping read, with the line of each place, or everything that is wrong with the text. */
export type MappingReading =
  | { readonly ok: true; readonly mapping: Mapping; readonly lineOf: LineOf }
  | { readonly ok: false; readonly faults: readonly MappingFault[] };

/** Reads `mapping.yaml`. Whether its names fit the catalogs is for `checkMapping` to say. */
export function readMapping(text: string): MappingReading {
  const parsed = parseMappingDocument(text);
  if (!parsed.ok) return parsed;
  const { document, lineOf } = parsed;
  const result = mappingSchema.safeParse(document.toJS());
  if (result.success) return { ok: true, mapping: result.data as Mapping, lineOf };
  const faults = new Faults(lineOf);
  for (const issue of result.error.issues) addIssue(faults, issue, []);
  return { ok: false, faults: faults.list };
}

type Issue = z.core.$ZodIssue;

function addIssue(faults: Faults, issue: Issue, base: Path): void {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  if (issue.code === 'invalid_union') {
    const branch = bestBranch(issue.errors);
    if (branch !== null) {
      for (const inner of branch) addIssue(faults, inner, path);
      return;
    }
  }
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      faults.add([...path, key], `"${key}" is not a key of this place`, 'Remove it, or mend its name.');
    }
    return;
  }
  faults.add(path, issue.message, fixOf(issue));
}

/** Of the ways to read a value, the one that went deepest: what the writer probably meant. */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));
  const keys = (issues: readonly Issue[]) => issues.some((issue) => issue.code === 'unrecognized_keys');
  const deepest = branches.find((issues) => depth(issues) > 0 || keys(issues));
  return deepest ?? branches.find((issues) => issues.some((issue) => issue.code === 'custom')) ?? null;
}

function fixOf(issue: Issue): string {
  if (issue.code === 'invalid_type' && issue.expected === 'string') {
    return 'Write a text; put quotes around numbers and around yes, no, true, false.';
  }
  if (issue.code === 'invalid_value') return `Use one of: ${issue.values.map(String).join(', ')}.`;
  return 'Mend the value there.';
}
