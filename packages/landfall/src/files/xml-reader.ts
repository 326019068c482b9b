import { type ByteSource, headOf } from './byte-source.ts';
import { refuse } from './table.ts';

/** What is told while an XML part is read. Names come without their prefix; a text may come in pieces. */
export interface XmlHandlers {
  open?(name: string, attributes: string): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Longest tag, in characters. */
const tagLimit = 65_536;

/** The value of an attribute in the text between a tag's name and its end; a prefixed one is found by its bare name too. */
export function attribute(attributes: string, name: string): string | undefined {
  const at = attributes.indexOf(`${name}=`);
  if (at === -1) return undefined;
  const before = attributes.charCodeAt(at - 1);
  const quote = attributes[at + name.length + 1];
  if (before > 58 || (before > 47 && before < 58) || (quote !== '"' && quote !== "'"))
    return attribute(attributes.slice(at + 1), name);
  const end = attributes.indexOf(quote, at + name.length + 2);
  return end === -1 ? undefined : unentity(attributes.slice(at + name.length + 2, end));
}

/**
 * Reads an XML part piece by piece and tells its elements; `pause` gives the caller a turn after each piece.
 * Throws `RefusedFile`: `workbook-unsafe` on any document type (so no entity is ever declared, fetched or expanded),
 * `workbook-damaged` when the part is not well formed.
 */
export async function* readXml(part: ByteSource, file: string, handlers: XmlHandlers): AsyncIterable<void> {
  const decoder = new TextDecoder(encodingOf(await headOf(part, 4)));
  const state = { rest: '', depth: 0, seen: false };
  const damaged = (what: string): never =>
    refuse('workbook-damaged', file, `${part.name} in ${file} ${what}.`);
  const step = (text: string, last: boolean) => {
    state.rest = scan(state.rest + text, last, state, handlers, damaged, file);
  };
  for await (const chunk of part.chunks()) {
    step(decoder.decode(chunk, { stream: true }), false);
    yield;
  }
  step(decoder.decode(), true);
  if (state.depth !== 0 || !state.seen) damaged('ends before it is complete');
  yield;
}

function encodingOf(head: Buffer): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return 'utf-16le';
  return (head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c) ? 'utf-16be' : 'utf-8';
}

/** Reads all of a small part. */
export async function readWholeXml(part: ByteSource, file: string, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(part, file, handlers));
}

interface ScanState {
  depth: number;
  seen: boolean;
}

/** Tells what is complete in `text` and gives back the rest. */
function scan(
  text: string,
  last: boolean,
  state: ScanState,
  handlers: XmlHandlers,
  damaged: (what: string) => never,
  file: string,
): string {
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('<', at);
    if (start !== at) {
      const end = textEnd(text, at, start, last);
      if (end > at) handlers.text?.(unentity(text.slice(at, end)));
      if (start === -1) return text.slice(end);
      at = start;
    }
    const next = special(text, at, handlers, file) ?? tag(text, at, state, handlers, damaged);
    if (next === -1) {
      if (last || text.length - at > tagLimit * 16) damaged('is not well formed');
      return text.slice(at);
    }
    at = next;
  }
  return '';
}

/** A text that ends with the piece is cut before an entity that may go on. */
function textEnd(text: string, at: number, start: number, last: boolean): number {
  if (start !== -1) return start;
  const entity = text.indexOf('&', Math.max(at, text.length - 12));
  return last || entity === -1 ? text.length : entity;
}

/** Where a comment, CDATA section or instruction ends; -1: not in this piece; nothing: it is a tag. */
function special(text: string, at: number, handlers: XmlHandlers, file: string): number | undefined {
  const second = text[at + 1];
  if (second === '?') return after(text, '?>', at);
  if (second !== '!') return second === undefined ? -1 : undefined;
  if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
  if (text.startsWith('<![CDATA[', at)) {
    const end = after(text, ']]>', at);
    if (end !== -1) handlers.text?.(text.slice(at + 9, end - 3));
    return end;
  }
  if (text.length - at < 9) return -1;
  return refuse('workbook-unsafe', file, `${file} declares an XML document type.`);
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? -1 : at + end.length;
}

function tag(
  text: string,
  at: number,
  state: ScanState,
  handlers: XmlHandlers,
  damaged: (what: string) => never,
): number {
  const end = tagEnd(text, at);
  if (end === -1) return -1;
  if (end - at > tagLimit) damaged('holds a tag that is too long');
  state.seen = true;
  if (text[at + 1] === '/') {
    if (--state.depth < 0) damaged('closes an element that is not open');
    handlers.close?.(localName(text.slice(at + 2, end).trim()));
    return end + 1;
  }
  const empty = text.charCodeAt(end - 1) === 47;
  const contentEnd = empty ? end - 1 : end;
  const nameEnd = Math.min(contentEnd, nameEndFrom(text, at + 1));
  const name = localName(text.slice(at + 1, nameEnd));
  handlers.open?.(name, nameEnd === contentEnd ? '' : text.slice(nameEnd, contentEnd));
  if (empty) handlers.close?.(name);
  else state.depth++;
  return end + 1;
}

function nameEndFrom(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) > 32) at++;
  return at;
}

/** The `>` that ends the tag at `at`; one inside an attribute's quotes does not. */
function tagEnd(text: string, at: number): number {
  let quote = 0;
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return end;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unentity(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
