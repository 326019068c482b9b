import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type ErrorCode, MigrationError } from '../model/error.ts';

/** A YAML file of the workspace, checked. */
export interface YamlFile<T> {
  readonly value: T;
  readonly document: Document;
}

/** Reads and checks a YAML file; all its faults are told at once, each with its line. Throws `code`. */
export function readYaml<T>(path: string, schema: z.ZodType<T>, code: ErrorCode): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  const name = basename(path);
  const hint = `Mend ${name} at the line named.`;
  const broken = document.errors.map(
    (error) => `${name}:${lines.linePos(error.pos[0]).line}: ${firstLine(error.message)}`,
  );
  if (broken.length > 0) throw new MigrationError(code, broken.join('\n'), { at: broken[0] ?? name, hint });
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, document };
  const faults = parsed.error.issues.flatMap(placedFaults).map(({ path, message }) => {
    const place = path.filter((part) => typeof part !== 'symbol');
    return `${name}:${lineOf(document, lines, place)}: ${place.join('.') || 'the file'}: ${message}`;
  });
  throw new MigrationError(code, faults.join('\n'), { at: faults[0] ?? name, hint });
}

/** Where each setting of a YAML file stands: the line of the deepest part of its place that is there, from 1. */
export function settingLines(path: string): (place: readonly (string | number)[]) => number {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  return (place) => lineOf(document, lines, place);
}

/** A key that is not known is told at its own line, each by itself. */
function placedFaults(issue: z.core.$ZodIssue): readonly Pick<z.core.$ZodIssue, 'path' | 'message'>[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'there is no such setting' }));
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

/** The line of the deepest node of `path` that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === last)
      : undefined;
    const node = isScalar(pair?.key) ? pair.key : document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: readonly number[] } | undefined)?.range;
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
  }
  return 1;
}
