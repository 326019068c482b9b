import { join, relative, resolve } from 'node:path';
import type { Ports } from '../../../base/ports.ts';
import { MigrationError } from '../../../model/error.ts';
import type {
  Automation,
  BinaryStream,
  CatalogIssue,
  SourceCapabilities,
  SourceCatalog,
  SourceConnector,
  SourceEntity,
} from '../../../model/source.ts';
import type { SourceSurroundings } from '../../surroundings.ts';
import { customTable } from '../export-files/custom-tables.ts';
import { describeExport } from '../export-files/describe-export.ts';
import { detectPatterns } from '../export-files/detect-patterns.ts';
import type { ExportCatalog } from '../export-files/export-catalog.ts';
import { FileFolder } from '../export-files/file-folder.ts';
import type { KnownTable, OpenedExport } from '../export-files/known-table.ts';
import { assembled, type FoundTables, findTables } from '../export-files/open-export.ts';
import { readPages } from '../export-files/read-pages.ts';
import { recognise } from '../export-files/recognise.ts';
import { isObject, type Json } from '../module-rest/member.ts';
import { RestClient } from '../module-rest/rest-client.ts';
import { walk } from '../module-rest/walk.ts';
import { type Choice, choiceIssues, choiceLines, chooseWays } from './choices.ts';
import { basePathsOf, type ProbedConfiguration } from './configuration.ts';
import { dialectOf } from './dialect-of.ts';
import { drain, nothingThere } from './drain.ts';
import { withoutExample, workbookName, writeFillIn } from './fill-in.ts';
import { probe } from './probe.ts';
import type { ProbePlan } from './probe-plan.ts';
import { type ProbeReport, readReport, reportLines } from './probe-report.ts';
import { reportIssues } from './report-issues.ts';
import type { RowRules } from './row-rules.ts';
import { type RuleList, toldRule, untoldRules } from './rule-list.ts';
import { type Manifest, Spool } from './spool.ts';

/** What is known of a CRM that is asked what it hands out: data only. */
export interface ProbedSystem {
  readonly catalog: ExportCatalog;
  readonly plan: ProbePlan;
  readonly rules: readonly RowRules[];
  readonly ruleLists: readonly RuleList[];
}

const reportName = 'probe';
const noFileRules = { mostBytes: Number.POSITIVE_INFINITY, doubtfulEndings: [] };

/**
 * A source whose API nobody has written down: it is asked what it hands out (P-02, P-03), then each entity is read over
 * the API where it works, from an export where it does not, and by hand where neither does. What the API gives is kept
 * in the workspace by `describe` and read from there, so counts, catalog and records are one and the same.
 */
export function probedSource(
  system: ProbedSystem,
  configuration: ProbedConfiguration,
  ports: Ports,
  surroundings: SourceSurroundings,
): SourceConnector {
  const source = new ProbedSource(system, configuration, ports, surroundings);
  const capabilities: SourceCapabilities = {
    exactCounts: true,
    modifiedSince: false,
    deletions: false,
    binaries: source.mayHaveBytes,
    automations: true,
  };
  return {
    system: system.catalog.system,
    capabilities,
    check: (signal) => source.check(signal),
    describe: (signal) => source.describe(signal),
    async *read(entity, from, signal) {
      const { opened } = await source.open(signal, false);
      const known = opened.entities.find((other) => other.entity.name === entity);
      if (known !== undefined) yield* readPages(known, from, signal);
    },
    automations: (signal) => source.automations(signal),
    ...(source.mayHaveBytes ? { binary: (ref, signal) => source.binary(ref, signal) } : {}),
    close: () => source.close(),
  };
}

/** Everything a look at the source needs. */
interface Opened {
  readonly opened: OpenedExport;
  readonly catalog: ExportCatalog;
  readonly choices: readonly Choice[];
  readonly report: ProbeReport | null;
}

class ProbedSource {
  readonly #system: ProbedSystem;
  readonly #configuration: ProbedConfiguration;
  readonly #ports: Ports;
  readonly #surroundings: SourceSurroundings;
  readonly #folder: FileFolder | null;
  readonly #spool: Spool;
  #client: RestClient | null = null;
  #opened: Opened | null = null;

  constructor(
    system: ProbedSystem,
    configuration: ProbedConfiguration,
    ports: Ports,
    surroundings: SourceSurroundings,
  ) {
    this.#system = system;
    this.#configuration = configuration;
    this.#ports = ports;
    this.#surroundings = surroundings;
    const files = configuration.exported?.files;
    this.#folder =
      files === undefined
        ? null
        : new FileFolder(resolve(surroundings.directory, files), system.catalog.files ?? noFileRules);
    this.#spool = new Spool(join(surroundings.directory, '.landfall', `api-${system.catalog.system}`));
  }

  get mayHaveBytes(): boolean {
    return this.#configuration.origin !== null || this.#folder !== null;
  }

  /** Where the workbook for what nothing hands out is written. */
  get #workbook(): string {
    return join(this.#surroundings.directory, 'fill-in', workbookName);
  }

  async check(signal: AbortSignal) {
    const report = await this.#probe(signal);
    const found = await this.#export();
    const choices = this.#choose(report, found);
    await this.#requireSomething(report, choices);
    const { origin, exported } = this.#configuration;
    return {
      account: [origin, exported?.export].filter((one) => one != null).join(' and '),
      lines: [...(report === null ? [] : reportLines(report)), ...choiceLines(choices)],
    };
  }

  async describe(signal: AbortSignal): Promise<SourceCatalog> {
    const { opened, catalog, choices, report } = await this.open(signal, true);
    await this.#requireSomething(report, choices);
    const described = await describeExport(catalog, opened, signal);
    const own = [
      ...choiceIssues(choices, relative(this.#surroundings.directory, this.#workbook)),
      ...(report === null ? [] : reportIssues(report)),
    ];
    // A table that is missing from the export may have come over the API: the choice says what is missing.
    const issues = described.issues.filter(({ code }) => code !== 'table-missing');
    const entities = described.entities.map(labelled);
    return {
      ...described,
      entities,
      issues: [...own.filter(isHigh), ...issues, ...own.filter((one) => !isHigh(one))],
    };
  }

  /** Everything as tables; `fresh`: what the API gives is read again. */
  async open(signal: AbortSignal, fresh: boolean): Promise<Opened> {
    if (this.#opened !== null && !fresh) return this.#opened;
    const report = await this.#report(signal);
    const found = await this.#export();
    const choices = this.#choose(report, found);
    const tables = await this.#apiTables(report, choices, fresh, signal);
    const exported = exportedTables(this.#system.catalog, found, choices, tables);
    const known = [...tables, ...exported];
    const custom = known
      .map(({ recognised }) => recognised.entity)
      .filter((entity) => entity.custom === true);
    const unique = [...new Map(custom.map((entity) => [entity.name, entity])).values()];
    const catalog = {
      ...this.#system.catalog,
      entities: [...this.#system.catalog.entities, ...unique],
    };
    // Two tables of one custom entity share it, whoever told them apart.
    const shared = known.map((one) => ({
      ...one,
      recognised: {
        ...one.recognised,
        entity:
          catalog.entities.find(({ name }) => name === one.recognised.entity.name) ?? one.recognised.entity,
      },
    }));
    const unknown = found?.unknown.filter((one) => customTable(this.#system.catalog, one) === null) ?? [];
    const rest = {
      unknown,
      leftOut: found?.leftOut ?? [],
      refused: found?.refused ?? [],
      ignored: found?.ignored ?? [],
    };
    const opened = assembled(catalog, { known: shared, ...rest }, this.#folder);
    this.#opened = { opened, catalog, choices, report };
    return this.#opened;
  }

  async *automations(signal: AbortSignal): AsyncIterable<Automation> {
    const { opened, catalog, report } = await this.open(signal, false);
    for (const rule of this.#system.ruleLists) {
      const list = report?.lists.find(({ name, isReadable }) => name === rule.list && isReadable);
      if (list === undefined || report === null) yield* untoldRules(rule);
      else for (const item of await this.#items(report, list.path, signal)) yield toldRule(rule, item);
    }
    yield* detectPatterns(catalog.patterns, opened, signal);
  }

  async binary(reference: string, signal: AbortSignal): Promise<BinaryStream> {
    const { report } = await this.open(signal, false);
    const basePath = this.#basePathIn(report);
    if (report === null || !reference.startsWith(`${basePath}/`)) {
      if (this.#folder !== null) return this.#folder.open(reference, signal);
      throw new MigrationError('not-found', `There is no file ${reference}.`, { at: reference });
    }
    const path = reference.slice(basePath.length);
    return this.#clientFor(report).binary(path, `reading the file ${path}`, signal);
  }

  async close(): Promise<void> {
    await this.#client?.close();
    this.#client = null;
  }

  async #items(report: ProbeReport, path: string, signal: AbortSignal): Promise<readonly Json[]> {
    const items: Json[] = [];
    const list = { path: `/${path}`, what: `reading ${path}`, id: 'id' };
    for await (const page of walk(this.#clientFor(report), list, null, signal)) items.push(...page.items);
    return items.filter(isObject);
  }

  #choose(report: ProbeReport | null, found: FoundTables | null): readonly Choice[] {
    const { catalog, rules } = this.#system;
    return chooseWays({ catalog, rules, report, found, decided: this.#configuration.extraction });
  }

  /** The kept report, else a new one; null without an API. */
  async #report(signal: AbortSignal): Promise<ProbeReport | null> {
    const { origin } = this.#configuration;
    if (origin === null) return null;
    const kept = this.#surroundings.keep.read(reportName);
    for (const path of this.#basePaths) {
      const report = readReport(kept, origin + path);
      if (report !== null) return report;
    }
    return await this.#probe(signal);
  }

  async #probe(signal: AbortSignal): Promise<ProbeReport | null> {
    const { origin, bounds } = this.#configuration;
    if (origin === null) return null;
    const token = this.#token();
    const report = await probe(
      { plan: this.#system.plan, origin, basePaths: this.#basePaths, token, bounds, ports: this.#ports },
      signal,
    );
    this.#surroundings.keep.write(reportName, JSON.stringify(report, null, 2));
    await this.close();
    return report;
  }

  get #basePaths(): readonly string[] {
    return basePathsOf(this.#configuration.path, this.#system.plan.basePath);
  }

  /** Where the probe has found the API. */
  #basePathIn(report: ProbeReport | null): string {
    return report?.address.slice(this.#configuration.origin?.length ?? 0) ?? '';
  }

  #token(): string {
    return this.#surroundings.secret(this.#configuration.token, 'source.auth.token');
  }

  /** The tables of the export; null when there is none, or nothing in its folder yet beside an API. */
  async #export(): Promise<FoundTables | null> {
    const { exported, origin } = this.#configuration;
    if (exported === null) return null;
    const { directory } = this.#surroundings;
    const files = exported.files === undefined ? {} : { files: resolve(directory, exported.files) };
    try {
      await this.#folder?.count();
      const found = await findTables(this.#system.catalog, {
        ...exported,
        ...files,
        export: resolve(directory, exported.export),
      });
      return { ...found, known: found.known.map(withoutExample) };
    } catch (trouble) {
      const isNothing =
        trouble instanceof MigrationError && ['nothing-to-read', 'path-missing'].includes(trouble.code);
      if (isNothing && origin !== null) return null;
      throw trouble;
    }
  }

  async #requireSomething(report: ProbeReport | null, choices: readonly Choice[]): Promise<void> {
    const manual = choices.filter(({ way }) => way === 'manual').map(({ entity }) => entity);
    if (manual.length > 0) await writeFillIn(this.#workbook, this.#system.catalog, manual);
    if (manual.length < choices.length) return;
    // where a key was let in and found nothing, other answers than these came
    const isRefused =
      report?.auth === null && report.log.every(({ status }) => [200, 401, 403].includes(status));
    if (report !== null && isRefused)
      throw new MigrationError('unauthorized', `${report.address}: ${report.authEvidence}.`, {
        at: 'source.auth.token',
        hint: 'Check the key and what it may read; without an API, name an export (source.export).',
      });
    throw nothingThere(this.#system.catalog.label, this.#workbook);
  }

  async #apiTables(
    report: ProbeReport | null,
    choices: readonly Choice[],
    fresh: boolean,
    signal: AbortSignal,
  ): Promise<readonly KnownTable[]> {
    const entities = new Set(choices.filter(({ way }) => way === 'api').map(({ entity }) => entity));
    if (report === null || (entities.size === 0 && report.objects.length === 0)) return [];
    const kept = fresh ? null : this.#spool.read(report.address);
    const manifest = kept ?? (await this.#drain(report, entities, signal));
    return manifest.tables.flatMap((list) => {
      const table = this.#spool.table(list);
      const { title, header, entity } = list;
      if (entity === null)
        return customTable(this.#system.catalog, { table, title, why: { reason: '', nearest: null } }) ?? [];
      const recognised = recognise(this.#system.catalog, title, header, { entity });
      const isThere = header.length > 0 && 'entity' in recognised;
      return isThere ? [{ table, title, recognised, names: header }] : [];
    });
  }

  #drain(report: ProbeReport, entities: ReadonlySet<string>, signal: AbortSignal): Promise<Manifest> {
    const { origin } = this.#configuration;
    const at = new Date(this.#ports.clock.nowMs()).toISOString();
    const drained = {
      ...{ client: this.#clientFor(report), report, rules: this.#system.rules, entities, at },
      origin: origin ?? '',
    };
    return this.#spool.fill((writer) => drain(drained, writer, signal));
  }

  #clientFor(report: ProbeReport): RestClient {
    const token = this.#token();
    this.#client ??= new RestClient({
      origin: this.#configuration.origin ?? '',
      basePath: this.#basePathIn(report),
      dialect: dialectOf(this.#system.plan, report),
      secrets: { token, basic: Buffer.from(`${token}:`).toString('base64') },
      label: this.#system.plan.label,
      ports: this.#ports,
      keep: this.#surroundings.keep,
    });
    return this.#client;
  }
}

/** The tables of the export whose entities are read from there, and those of the account's own kinds. */
function exportedTables(
  catalog: ExportCatalog,
  found: FoundTables | null,
  choices: readonly Choice[],
  tables: readonly KnownTable[],
): readonly KnownTable[] {
  if (found === null) return [];
  const overApi = new Set(tables.map(({ recognised }) => recognised.entity.name));
  const byHand = new Set(choices.filter(({ way }) => way === 'manual').map(({ entity }) => entity));
  const custom = found.unknown.flatMap((one) => customTable(catalog, one) ?? []);
  return [...found.known, ...custom].filter(
    ({ recognised: { entity } }) => !overApi.has(entity.name) && !byHand.has(entity.name),
  );
}

/** Names of members are read by people as words: `net_terms_days` is Net Terms Days. */
function labelled(entity: SourceEntity): SourceEntity {
  const fields = entity.fields.map((field) =>
    field.standard === null && /^[a-z\d]+(?:[_.][a-z\d]+)*$/.test(field.name)
      ? { ...field, label: field.name.split(/[_.]/).map(capital).join(' ') }
      : field,
  );
  return { ...entity, fields };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function isHigh({ severity }: CatalogIssue): boolean {
  return severity === 'high';
}
