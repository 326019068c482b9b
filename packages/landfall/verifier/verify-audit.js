#!/usr/bin/env node
// Checks an exported audit log by its published format alone (docs/reference/audit-log.md). Uses nothing of Landfall:
// copy this one file anywhere and run it with any Node from 18 on.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const noHash = '0'.repeat(64);
const members = 'at,body,hash,kind,previous,seq';

/** JSON with members in order of their names and no white space. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${inner.join(',')}}`;
}

/** The hash an entry must carry: SHA-256 over its canonical bytes without the hash itself. */
export function hashOfEntry({ at, body, kind, previous, seq }) {
  return createHash('sha256').update(canonical({ at, body, kind, previous, seq })).digest('hex');
}

/** Goes through a log line by line. `anchors`: heads kept elsewhere, `{ seq, hash }`. */
export class AuditCheck {
  constructor(anchors = []) {
    this.anchors = [...anchors].sort((one, other) => one.seq - other.seq);
    this.lines = 0;
    this.head = { seq: 0, hash: noHash };
    /** The last entry that an anchor vouches for: everything up to it is as it was. */
    this.vouched = 0;
    this.bad = null;
    this.suspect = null;
  }

  /** Takes the next line. */
  take(line) {
    this.lines += 1;
    if (this.bad !== null) return this.followSuspect(line);
    const entry = parse(line);
    const expected = this.head.seq + 1;
    if (typeof entry === 'string') return this.fail(expected, entry, null);
    if (entry.hash !== hashOfEntry(entry))
      return this.fail(expected, 'its hash is not the hash of its content', null);
    if (entry.seq === this.head.seq && entry.hash !== this.head.hash)
      return this.fail(entry.seq, `there are two different entries ${entry.seq}`, null);
    if (entry.seq !== expected) return this.fail(expected, `entry ${entry.seq} stands in its place`, null);
    if (entry.previous !== this.head.hash)
      return this.fail(expected, 'it does not follow the entry before it', entry);
    this.head = { seq: entry.seq, hash: entry.hash };
    this.checkAnchors();
  }

  /** To be called after the last line. Answers what was found. */
  end() {
    const missing = this.anchors.find(({ seq }) => seq > this.head.seq);
    if (this.bad === null && missing !== undefined) {
      this.fail(this.head.seq + 1, `the log ends before entry ${missing.seq}, which was anchored`, null);
    }
    return { entries: this.head.seq, head: this.head, vouched: this.vouched, bad: this.bad };
  }

  checkAnchors() {
    const anchor = this.anchors.find(({ seq }) => seq === this.head.seq);
    if (anchor === undefined) return;
    if (anchor.hash === this.head.hash) this.vouched = anchor.seq;
    else
      this.fail(
        anchor.seq,
        `the anchored entry ${anchor.seq} was another one; what was rewritten lies after entry ${this.vouched}`,
        null,
      );
  }

  fail(seq, reason, suspect) {
    this.bad = { seq, line: this.lines, reason };
    this.suspect = suspect;
    this.blameBefore();
  }

  /** Two sound entries that do not fit: one of them is false. What follows the later one tells which. */
  followSuspect(line) {
    if (this.suspect === null) return;
    const entry = parse(line);
    const follows =
      typeof entry === 'object' &&
      entry.seq === this.suspect.seq + 1 &&
      entry.previous === this.suspect.hash &&
      entry.hash === hashOfEntry(entry);
    this.suspect = follows ? entry : null;
    this.blameBefore();
  }

  /** An anchor vouches for the later of the two: then the earlier one was exchanged. */
  blameBefore() {
    const { suspect } = this;
    if (suspect === null) return;
    if (!this.anchors.some(({ seq, hash }) => seq === suspect.seq && hash === suspect.hash)) return;
    this.suspect = null;
    const reason = 'it is not the entry that the next one follows';
    if (this.bad.seq - 1 > this.vouched)
      this.bad = { seq: this.bad.seq - 1, line: this.bad.line - 1, reason };
  }
}

/** The entry of a line, or what is wrong with the line. */
function parse(line) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return 'the line is not JSON';
  }
  if (typeof entry !== 'object' || entry === null || Object.keys(entry).sort().join() !== members)
    return `the line does not have the members ${members}`;
  if (canonical(entry) !== line) return 'its bytes are not canonical';
  return entry;
}

/** Checks lines that are there already. */
export function checkLines(lines, anchors = []) {
  const check = new AuditCheck(anchors);
  for (const line of lines) check.take(line);
  return check.end();
}

const usage = `usage: verify-audit.js AUDIT-LOG.jsonl [--anchors AUDIT-ANCHORS.jsonl] [--anchor SEQ:HASH]...
exit code: 0 sound, 1 not sound, 2 wrong usage`;

async function main(args) {
  const anchors = [];
  let file = null;
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--anchors' && rest.length > 0) anchors.push(...readAnchors(rest.shift()));
    else if (word === '--anchor') anchors.push(anchorOf(rest.shift()));
    else if (file === null && !word.startsWith('-')) file = word;
    else throw new Error(usage);
  }
  if (file === null) throw new Error(usage);
  const check = new AuditCheck(anchors);
  for await (const line of linesOf(file)) check.take(line);
  return report(check.end(), anchors);
}

/** Lines end with a line feed and with nothing else: a text may hold any other line end. */
async function* linesOf(file) {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function report({ entries, head, vouched, bad }, anchors) {
  if (bad !== null) {
    console.log(`NOT SOUND: first bad entry ${bad.seq} (line ${bad.line}): ${bad.reason}`);
    return 1;
  }
  console.log(`sound: ${entries} entries, head ${head.seq}:${head.hash}`);
  if (vouched < entries)
    console.log(
      anchors.length === 0
        ? 'no anchor was given: entries cut off at the end, or a log written anew from the start, cannot be noticed'
        : `entries after ${vouched} are vouched for by no anchor`,
    );
  return 0;
}

function readAnchors(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}

function anchorOf(text) {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text ?? '');
  if (match === null) throw new Error(usage);
  return { seq: Number(match[1]), hash: match[2] };
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error.message);
      process.exitCode = 2;
    },
  );
}
