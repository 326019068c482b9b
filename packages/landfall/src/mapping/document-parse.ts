import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type Range,
  visit,
  type YAMLError,
} from 'yaml';
import type { MappingFault } from '../model/mapping.ts';
import type { LineOf, Path } from './fault.ts';

const documentMaxLength = 5_000_000;
const forbiddenKeys = new Set(['__proto__']);

/** The YAML of a mapping, its syntax proven; or what is wrong with it. */
export function parseMappingDocument(
  text: string,
):
  | { readonly ok: true; readonly document: Document.Parsed; readonly lineOf: LineOf }
  | { readonly ok: false; readonly faults: readonly MappingFault[] } {
  if (text.length > documentMaxLength) return oneFault('the file is larger than 5 MB', 'Split the mapping.');
  const counter = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { lineCounter: counter, stringKeys: true, merge: false, schema: 'core' });
  } catch {
    return oneFault('the file cannot be read as YAML: it is nested too deeply', 'Write it plainly.');
  }
  const lineOf = lineFinder(document, counter);
  const faults: MappingFault[] = document.errors.map((error) => syntaxFault(error));
  if (faults.length === 0) faults.push(...unwantedNodes(document, counter));
  if (faults.length === 0 && !isMap(document.contents)) {
    faults.push({
      line: 1,
      path: '',
      message: 'the file holds no mapping',
      fix: 'Run `landfall map` to make one.',
    });
  }
  return faults.length === 0 ? { ok: true, document, lineOf } : { ok: false, faults };
}

function oneFault(message: string, fix: string) {
  return { ok: false as const, faults: [{ line: 1, path: '', message, fix }] };
}

const syntaxHints: Readonly<Record<string, readonly [string, string]>> = {
  DUPLICATE_KEY: ['the same key stands here twice', 'Keep one of the two.'],
  TAB_AS_INDENT: ['a tab is used for indentation', 'Use spaces.'],
  BAD_ALIAS: ['aliases (*) are not used in mappings', 'Write the value out.'],
  MULTIPLE_DOCS: ['the file holds more than one YAML document', 'Remove the `---` line.'],
};

function syntaxFault(error: YAMLError): MappingFault {
  const [message, fix] = syntaxHints[error.code] ?? [
    (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
    'Mend the YAML there: indentation, quotes and brackets.',
  ];
  return { line: error.linePos?.[0].line ?? 1, path: '', message, fix };
}

function unwantedNodes(document: Document.Parsed, counter: LineCounter): MappingFault[] {
  const found: MappingFault[] = [];
  const add = (node: unknown, message: string, fix: string) =>
    found.push({ line: lineOfNode(node, counter), path: '', message, fix });
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) add(node, 'aliases (*) are not used in mappings', 'Write the value out.');
      else if (node.anchor !== undefined)
        add(node, 'anchors (&) are not used in mappings', 'Write the value out.');
      else if (node.tag !== undefined) add(node, `the tag ${node.tag} is not used in mappings`, 'Remove it.');
    },
    Pair: (_key, pair) => {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      if (!forbiddenKeys.has(key)) return;
      add(pair.key, `"${key}" cannot be a key here`, 'Use another name.');
    },
  });
  return found;
}

function lineOfNode(node: unknown, counter: LineCounter): number {
  const range: Range | null | undefined = isNode(node) ? node.range : undefined;
  return range === null || range === undefined ? 1 : counter.linePos(range[0]).line;
}

/** The line of a place, or of the nearest thing around it that there is. */
function lineFinder(document: Document.Parsed, counter: LineCounter): LineOf {
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = nodeAt(document, path.slice(0, length));
      if (node !== null) return lineOfNode(node, counter);
    }
    return 1;
  };
}

/** The key of a pair (its line is where people look), or the item of a list. */
function nodeAt(document: Document.Parsed, path: Path): Node | null {
  const last = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === String(last));
    return isPair(pair) && isNode(pair.key) ? pair.key : null;
  }
  const item = document.getIn(path, true);
  return isNode(item) ? item : null;
}
