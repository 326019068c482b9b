import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../packages/landfall/src/base/hash.ts';
import { idKey } from '../../packages/landfall/src/mapping/key.ts';
import type { ErrorCode, MigrationError } from '../../packages/landfall/src/model/error.ts';
import { idOfKey } from '../../packages/landfall/src/model/key.ts';
import type {
  Page,
  SourceCatalog,
  SourceConnector,
  SourceRecord,
} from '../../packages/landfall/src/model/source.ts';
import { type HostilePage, type HostileWorlds, hostilePages, meet } from './hostile-pages.ts';
import { type EditedSource, expectChanges } from './source-changes.ts';
import {
  beside,
  contentOf,
  countOf,
  never,
  type OpenedSource,
  pagesOf,
  readAll,
  someOf,
  troubleOf,
} from './source-reading.ts';

export type { OpenedSource } from './source-reading.ts';

/** One source with a small world of its own (a few thousand records at most), and what must be found in it. */
export interface SourceUnderTest {
  /** A new connection with good credentials to the same world; what one has learned the next does not know. */
  make(): Promise<OpenedSource>;
  /** A connection that is not let in, and what that is called; absent: `unauthorized`. */
  wrongCredentials(): Promise<OpenedSource>;
  readonly refusal?: ErrorCode;
  /** How many rows each entity has, unreadable ones and repeated keys included. Entities that are not named may be there. */
  readonly entities: Readonly<Record<string, number>>;
  /** Rows whose key an earlier row of the entity has (dirty exports only): by entity. */
  readonly repeatedKeys?: Readonly<Record<string, number>>;
  /** Tokens, passwords, client secrets: they must stand in nothing the source says. */
  readonly secrets?: readonly string[];
  /** Where records say how many bytes a file has: `{ entity, reference, size }`, names of fields. Needed with `binaries`. */
  readonly files?: { readonly entity: string; readonly reference: string; readonly size: string };
  /** The six ways pages are hostile, each met or with the reason why it cannot be. */
  readonly pages: HostileWorlds;
  /** Changes a record, adds one and deletes one; needed with `modifiedSince`. */
  readonly edits?: EditedSource;
  /** Other troubles of the other side, each with the code that reading everything must end with. */
  readonly hostile?: readonly Hostile[];
  /** Tests that cannot hold for this source, by their names in `sourceTests`, each with the reason. */
  readonly skips?: Partial<Record<SourceTest, string>>;
}

/** One trouble: a world that is made to have it. */
export interface Hostile {
  /** `answers with HTML`. */
  readonly what: string;
  make(): Promise<OpenedSource>;
  readonly code: ErrorCode;
}

/** What the suite asks, by name: the names that `skips` takes. */
const sourceTests = {
  check: 'check tells which account it is, in words for people',
  capabilities: 'what it says it can do is what it has',
  catalog: 'two looks at the same world give equal catalogs',
  names: 'entities and fields have one name each, and records hold no other fields',
  references: 'references lead to entities of the catalog',
  counts: 'counts are what reading gives: exactly, where it says so (DISC-01, DISC-14)',
  keys: 'every record has a key of its own, or is told as a reject',
  lookups: 'what records are found by is written as links look for it',
  restart: 'reading again from any page’s end gives the same rest: none lost, none twice',
  abort: 'a stop ends the reading at once, with its reason',
  changes: 'what changed since a place is told, what did not is not, and deletions where it says so',
  automations: 'automations come with evidence and what would do the same',
  binary: 'bytes are as many as the source says, and a file that is not there is told',
  credentials: 'wrong credentials are told as such, with what to do',
  secrets: 'no secret stands in anything it says',
} as const;

/** The name of one test of the suite. */
export type SourceTest = keyof typeof sourceTests;

type Tests = Readonly<Record<SourceTest, (stage: Stage) => Promise<void>>>;

/** What was found out once and every test looks at. */
interface Stage {
  readonly subject: SourceUnderTest;
  readonly opened: OpenedSource;
  readonly connector: SourceConnector;
  readonly checked: { readonly account: string; readonly lines: readonly string[] };
  readonly catalog: SourceCatalog;
  readonly pages: ReadonlyMap<string, readonly Page[]>;
}

const filesOpened = 5;
const longMs = 60_000;

/**
 * The contract of a source connector as a vitest suite: call it at the top of a test file. Reads the whole world twice
 * or so; keep it small. `subject` is made when the suite starts, so it may start servers and write files.
 */
export function sourceSuite(name: string, connect: () => Promise<SourceUnderTest>): void {
  describe(`the source contract: ${name}`, () => {
    let stage: Stage | null = null;
    let subject: SourceUnderTest | null = null;
    beforeAll(async () => {
      subject = await connect();
      stage = await lookAt(subject);
    }, longMs);
    afterAll(() => stage?.opened.close());
    for (const test of Object.keys(sourceTests) as SourceTest[])
      it(
        sourceTests[test],
        async (context) => {
          if (stage === null) throw new Error('the world was not read');
          const why = stage.subject.skips?.[test];
          if (why !== undefined) context.skip(why);
          await tests[test](stage);
        },
        longMs,
      );
    for (const page of Object.keys(hostilePages) as HostilePage[])
      it(
        `hostile pages: ${hostilePages[page]}`,
        async (context) => {
          if (subject === null) throw new Error('the world was not made');
          const world = subject.pages[page];
          if ('none' in world) context.skip(world.none);
          const error = await meet(page, subject.pages);
          if (error !== null) expectForPeople(error, subject.secrets ?? []);
        },
        longMs,
      );
    it(
      'troubles of the other side end the reading with their name, never with half the records',
      async (context) => {
        const cases = subject?.hostile ?? [];
        if (cases.length === 0) context.skip('no hostile worlds are given');
        for (const one of cases) await expectHostile(one, subject?.secrets ?? []);
      },
      longMs,
    );
  });
}

async function lookAt(subject: SourceUnderTest): Promise<Stage> {
  const opened = await subject.make();
  const { connector } = opened;
  const checked = await connector.check(never);
  const catalog = await connector.describe(never);
  const pages = new Map<string, readonly Page[]>();
  for (const { name } of catalog.entities) pages.set(name, await pagesOf(connector, name));
  return { subject, opened, connector, checked, catalog, pages };
}

function records({ pages }: Stage): readonly SourceRecord[] {
  return [...pages.values()].flat().flatMap((page) => page.records);
}

async function check({ checked, connector, catalog }: Stage): Promise<void> {
  expect(checked.account.trim()).not.toBe('');
  expect(checked.lines.length).toBeGreaterThan(0);
  expect(catalog.system).toBe(connector.system);
}

async function capabilities({ connector, catalog }: Stage): Promise<void> {
  const { binaries, exactCounts, modifiedSince, deletions } = connector.capabilities;
  expect(connector.binary !== undefined).toBe(binaries);
  expect(connector.changes !== undefined, 'changes').toBe(modifiedSince);
  if (deletions) expect(modifiedSince, 'deletions are told with changes').toBe(true);
  if (exactCounts) expect(catalog.entities.filter(({ count }) => !count.exact)).toEqual([]);
}

async function sameCatalog({ subject, connector, catalog }: Stage): Promise<void> {
  expect(hashOf(await connector.describe(never))).toBe(hashOf(catalog));
  const fresh = await beside(subject.make, (other) => other.describe(never));
  expect(hashOf(fresh)).toBe(hashOf(catalog));
}

async function names(stage: Stage): Promise<void> {
  const { catalog, pages } = stage;
  expect(doubled(catalog.entities.map(({ name }) => name))).toEqual([]);
  for (const { name, label, fields } of catalog.entities) {
    expect(label, name).not.toBe('');
    expect(doubled(fields.map((field) => field.name)), name).toEqual([]);
    const standards = fields.flatMap(({ standard }) => standard ?? []);
    expect(doubled(standards), `${name}: built-in fields`).toEqual([]);
    const known = new Set(fields.map((field) => field.name));
    const found = (pages.get(name) ?? []).flatMap((page) => page.records);
    expect(
      new Set(found.flatMap(({ fields: own }) => Object.keys(own).filter((key) => !known.has(key)))),
      name,
    ).toEqual(new Set());
    expect(
      found.filter(({ entity, position }) => entity !== name || position === ''),
      name,
    ).toEqual([]);
    expect(
      found.filter((one) => !inheritsNothing(one.fields)),
      `${name}: fields inherit nothing`,
    ).toEqual([]);
  }
}

/** A column may be called anything (`constructor`): no name is there that the source did not write. */
function inheritsNothing(fields: object): boolean {
  const above: unknown = Object.getPrototypeOf(fields);
  if (above === null) return true;
  return typeof above === 'object' && Reflect.ownKeys(above).length === 0 && inheritsNothing(above);
}

function doubled(texts: readonly string[]): readonly string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at);
}

async function references({ catalog }: Stage): Promise<void> {
  const known = new Set(catalog.entities.map(({ name }) => name));
  for (const { name, fields } of catalog.entities)
    for (const field of fields)
      expect(
        (field.references ?? []).filter((entity) => !known.has(entity)),
        `${name}.${field.name}`,
      ).toEqual([]);
}

async function counts({ subject, catalog, pages }: Stage): Promise<void> {
  const told = new Map(catalog.entities.map(({ name, count }) => [name, count]));
  for (const [name, list] of pages) {
    const rows = list.reduce((sum, page) => sum + page.records.length + page.rejects.length, 0);
    if (told.get(name)?.exact === true) expect(told.get(name)?.value, `${name}: the catalog`).toBe(rows);
    expect(subject.entities[name] ?? rows, `${name}: the world`).toBe(rows);
  }
  expect(Object.keys(subject.entities).filter((name) => !pages.has(name))).toEqual([]);
}

async function keys({ subject, pages }: Stage): Promise<void> {
  for (const [name, list] of pages) {
    const own = list.flatMap((page) => page.records).map(({ key }) => key);
    expect(
      own.filter((key) => !key.startsWith(`${name}:`) || idOfKey(key) === ''),
      name,
    ).toEqual([]);
    expect(own.length - new Set(own).size, `${name}: repeated keys`).toBe(subject.repeatedKeys?.[name] ?? 0);
    for (const reject of list.flatMap((page) => page.rejects)) {
      expect(reject.entity).toBe(name);
      expect([reject.reason, reject.position]).not.toContain('');
    }
  }
}

async function lookups(stage: Stage): Promise<void> {
  for (const { key, lookup, fields } of records(stage)) {
    expect(idKey(idOfKey(key)), `${key}: its id as links write it`).toBe(idOfKey(key));
    for (const { kind, value } of lookup) {
      expect(value, key).not.toBe('');
      if (kind === 'id') expect(idKey(value), key).toBe(value);
      if (kind === 'parent') expectParent(value, key);
    }
    expect(Object.keys(fields).length, key).toBeGreaterThan(0);
  }
}

/** `<Field>=<id>`, the id as the parent's key holds it. */
function expectParent(value: string, key: string): void {
  const at = value.indexOf('=');
  expect(at, `${key}: parent ${value}`).toBeGreaterThan(0);
  const id = value.slice(at + 1);
  expect(idKey(id), `${key}: parent ${value}`).toBe(id);
}

async function restart({ subject, pages }: Stage): Promise<void> {
  await beside(subject.make, async (fresh) => {
    for (const [name, list] of pages) {
      expect(list.at(-1)?.next ?? null, `${name}: the last page says that it is`).toBeNull();
      expect(
        list.slice(0, -1).filter(({ next }) => next === null),
        name,
      ).toEqual([]);
      for (const at of someOf(list.length - 1)) {
        const rest = await pagesOf(fresh, name, list[at]?.next ?? null);
        expect(contentOf(rest), `${name} after page ${at + 1}`).toEqual(contentOf(list.slice(at + 1)));
      }
    }
  });
}

async function abort({ subject, catalog, pages }: Stage): Promise<void> {
  const reason = new Error('stopped by the operator');
  await beside(subject.make, async (fresh) => {
    for (const { name } of catalog.entities) {
      const stop = new AbortController();
      const soon = (pages.get(name) ?? []).length === 1;
      if (soon) stop.abort(reason);
      let after = 0;
      const reading = (async () => {
        for await (const _page of fresh.read(name, null, stop.signal)) {
          if (stop.signal.aborted) after += 1;
          stop.abort(reason);
        }
      })();
      // an end without a word would be taken for the end of the list
      await expect(reading, name).rejects.toThrow(reason.message);
      expect(after, `${name}: pages after the stop`).toBe(0);
    }
  });
}

async function automations({ connector, catalog }: Stage): Promise<void> {
  let found = 0;
  for await (const automation of connector.automations(never)) {
    found += 1;
    for (const text of [automation.name, automation.evidence, automation.equivalent])
      expect(text).not.toBe('');
  }
  if (connector.capabilities.automations) expect(found, catalog.system).toBeGreaterThan(0);
  else expect(found, catalog.system).toBe(0);
}

async function binary(stage: Stage): Promise<void> {
  const { connector, subject } = stage;
  if (connector.binary === undefined) return;
  const { files } = subject;
  if (files === undefined) throw new Error('say where records hold the sizes of files (files)');
  const holders = (stage.pages.get(files.entity) ?? [])
    .flatMap((page) => page.records)
    .filter(({ fields }) => String(fields[files.reference] ?? '') !== '')
    .slice(0, filesOpened);
  expect(holders, `${files.entity} with ${files.reference}`).not.toEqual([]);
  for (const { key, fields } of holders) {
    const opened = await connector.binary(String(fields[files.reference]), never);
    const bytes = await countOf(opened);
    expect(bytes, key).toBe(Number(fields[files.size]));
    if (opened.sizeBytes !== null) expect(bytes, key).toBe(opened.sizeBytes);
  }
  const missing = connector.binary('there-is-no-such-file', never).then(countOf);
  await expect(missing).rejects.toMatchObject({ name: 'MigrationError', recovery: 'reject' });
}

async function credentials({ subject }: Stage): Promise<void> {
  const error = await beside(subject.wrongCredentials, (stranger) =>
    troubleOf(() => stranger.check(never), 'wrong credentials'),
  );
  expect(error.code).toBe(subject.refusal ?? 'unauthorized');
  // a key can be mended while the migration waits
  if (subject.refusal === undefined) expect(error.recovery).toBe('pause');
  expectForPeople(error, subject.secrets ?? []);
}

async function secrets(stage: Stage): Promise<void> {
  const { checked, catalog, connector, subject } = stage;
  const found: unknown[] = [checked, catalog, [...stage.pages.values()]];
  for await (const automation of connector.automations(never)) found.push(automation);
  const said = JSON.stringify(found);
  for (const secret of subject.secrets ?? []) expect(said.includes(secret), 'a secret is told').toBe(false);
}

async function expectHostile({ what, make, code }: Hostile, hidden: readonly string[]): Promise<void> {
  const error = await beside(make, (connector) => troubleOf(() => readAll(connector), what));
  expect(error.code, what).toBe(code);
  expectForPeople(error, hidden);
}

function expectForPeople(error: MigrationError, hidden: readonly string[]): void {
  expect([error.message, error.hint]).not.toContain('');
  const said = `${error.message} ${error.hint} ${error.at ?? ''}`;
  expect(hidden.filter((secret) => said.includes(secret)).length, 'secrets in the words').toBe(0);
}

async function changes({ subject, connector }: Stage): Promise<void> {
  if (!connector.capabilities.modifiedSince) return;
  if (subject.edits === undefined) throw new Error('say what changes in a world of its own (edits)');
  await expectChanges(subject.edits, connector.capabilities);
}

const tests: Tests = {
  check,
  capabilities,
  catalog: sameCatalog,
  names,
  references,
  counts,
  keys,
  lookups,
  restart,
  abort,
  changes,
  automations,
  binary,
  credentials,
  secrets,
};
