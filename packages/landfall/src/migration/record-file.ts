import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isSeq, type Node, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { type Approval, type Decision, gates } from '../model/question.ts';
import { readYaml } from './yaml-file.ts';

const decision = z.strictObject({
  id: z.string().min(1),
  choice: z.string().min(1),
  value: z.string().optional(),
  by: z.string().default('decisions.yaml'),
  at: z.string().default(''),
});

const approval = z.strictObject({ gate: z.enum(gates), hash: z.string(), by: z.string(), at: z.string() });

const decisionsFile = 'decisions.yaml';
const approvalsFile = 'approvals.yaml';

/** The answers in `decisions.yaml`; none when there is no file. Throws `configuration-wrong` with the line. */
export function readDecisions(directory: string): readonly Decision[] {
  return readList(join(directory, decisionsFile), decision) as readonly Decision[];
}

/** The approvals in `approvals.yaml`; the last one of a gate counts. */
export function readApprovals(directory: string): readonly Approval[] {
  return readList(join(directory, approvalsFile), approval);
}

/** Adds answers; an answer to a question that has one replaces it. Comments in the file stay. */
export function writeDecisions(directory: string, added: readonly Decision[]): void {
  const head = '# Answers to the questions of `landfall queue`: one an entry. Keep this file in git.\n';
  const idOf = (item: Node) => (isMap(item) ? String(item.get('id')) : null);
  addTo(join(directory, decisionsFile), head, added, idOf);
}

/** Adds an approval at the end of the file: the history stays. */
export function writeApproval(directory: string, added: Approval): void {
  const head =
    '# What was approved: the gate, the hash of what was seen, by whom and when. Keep this file in git.\n';
  addTo(join(directory, approvalsFile), head, [added], () => null);
}

function readList<T>(path: string, item: z.ZodType<T>): readonly T[] {
  if (!existsSync(path)) return [];
  return readYaml(path, z.array(item).nullable(), 'configuration-wrong').value ?? [];
}

function addTo(
  path: string,
  head: string,
  added: readonly object[],
  nameOf: (item: Node) => string | null,
): void {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : head;
  const document: Document = parseDocument(text);
  const list = document.contents;
  if (!isSeq<Node>(list)) {
    // comments only: they stay above the first entry
    const kept = text.trim() === '' ? head : `${text.trimEnd()}\n`;
    replaceFile(path, `${kept}${stringify(added)}`);
    return;
  }
  for (const item of added) {
    const node = document.createNode(item);
    const name = nameOf(node);
    const at = name === null ? -1 : list.items.findIndex((one) => nameOf(one) === name);
    const before = list.items[at];
    if (before === undefined) list.items.push(node);
    else {
      if (typeof before.commentBefore === 'string') node.commentBefore = before.commentBefore;
      list.items[at] = node;
    }
  }
  replaceFile(path, document.toString());
}

function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
