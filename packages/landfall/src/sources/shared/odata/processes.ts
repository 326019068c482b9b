import type { CatalogIssue, SourcePipeline } from '../../../model/source.ts';
import { readAttributes } from './attributes.ts';
import { unreadableIssue } from './directory.ts';
import type { ODataCatalog } from './odata-catalog.ts';
import { type Place, placesOf, type Stage, stagesInOrder } from './process-stages.ts';
import type { ReadTable, Table } from './table.ts';
import type { Row, WebApi } from './web-api.ts';

/** The sales processes of an organisation and where each record stands in them. */
export interface Processes {
  readonly pipelines: readonly SourcePipeline[];
  /** By entity and record id. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, Place>>;
  readonly issues: readonly CatalogIssue[];
}

/** The category of a business process flow among workflow definitions (facts 1.11). */
const processCategory = 4;

/**
 * Reads the process flows of the entities that have one. The instances say where a record stands; what the record
 * itself says may be old (facts 1.10). An instance of a process that may not be read is an issue.
 */
export async function readProcesses(
  service: WebApi,
  catalog: ODataCatalog,
  tables: ReadonlyMap<string, Table>,
  language: number | null,
  signal: AbortSignal,
): Promise<Processes> {
  const issues: CatalogIssue[] = [];
  const entities = catalog.entities.filter(({ hasProcess }) => hasProcess === true).map(({ name }) => name);
  const [names, stages] = await Promise.all([
    allowed(() => processNames(service, signal), 'workflows', issues, new Map<string, string>()),
    allowed(() => stageRows(service, signal), 'processstages', issues, [] as Row[]),
  ]);
  const instances: Row[] = [];
  const places = new Map<string, Map<string, Place>>();
  const byId = stagesById(stages, names);
  for (const table of [...tables.values()].filter(({ isProcess }) => isProcess)) {
    const read = await allowed(
      () => instancesOf(service, catalog, table, language, signal),
      table.name,
      issues,
      null,
    );
    // biome-ignore lint/suspicious/noUnnecessaryConditions: null when the table may not be read
    if (read === null) continue;
    instances.push(...read.rows);
    for (const entity of entities) {
      const properties = propertiesTo(read.table, entity);
      const found = placesOf(read.rows, properties, byId);
      places.set(entity, merged(places.get(entity), found));
    }
  }
  return { pipelines: pipelinesOf(byId, instances, catalog), places, issues };
}

async function allowed<T>(
  read: () => Promise<T>,
  at: string,
  issues: CatalogIssue[],
  instead: T,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    issues.push(unreadableIssue(at, error));
    return instead;
  }
}

async function processNames(service: WebApi, signal: AbortSignal): Promise<Map<string, string>> {
  const path = `workflows?$select=name&$filter=category eq ${processCategory} and type eq 1`;
  const rows = await service.all({ path: encodeURI(path), what: 'reading the processes' }, signal);
  return new Map(rows.map((row) => [String(row.workflowid), String(row.name)]));
}

function stageRows(service: WebApi, signal: AbortSignal): Promise<Row[]> {
  const path = 'processstages?$select=stagename,stagecategory,primaryentitytypecode,_processid_value';
  return service.all({ path, what: 'reading the stages of the processes' }, signal);
}

function stagesById(rows: readonly Row[], names: ReadonlyMap<string, string>): ReadonlyMap<string, Stage> {
  return new Map(
    rows.flatMap((row): [string, Stage][] => {
      const process = names.get(String(row._processid_value));
      if (process === undefined) return [];
      const id = String(row.processstageid);
      const stage = {
        id,
        process,
        name: String(row.stagename ?? '').trim(),
        category: Number(row.stagecategory ?? 0),
        entity: String(row.primaryentitytypecode ?? ''),
      };
      return [[id, stage]];
    }),
  );
}

/** The instances of one process, with its table: what they belong to is a reference like any other. */
async function instancesOf(
  service: WebApi,
  catalog: ODataCatalog,
  table: Table,
  language: number | null,
  signal: AbortSignal,
): Promise<{ readonly table: ReadTable; readonly rows: readonly Row[] }> {
  const read = await readAttributes(service, catalog, table, language, signal);
  const references = read.attributes
    .filter(({ kind }) => kind === 'reference')
    .map(({ property }) => property);
  const plain = ['traversedpath', 'statecode', 'modifiedon'];
  const path = `${table.set}?$select=${[...references, ...plain].join(',')}`;
  return { table: read, rows: await service.all({ path, what: `reading ${table.label}` }, signal) };
}

function propertiesTo({ attributes }: ReadTable, entity: string): readonly string[] {
  return attributes.filter(({ targets }) => targets.includes(entity)).map(({ property }) => property);
}

function merged(known: Map<string, Place> | undefined, more: ReadonlyMap<string, Place>): Map<string, Place> {
  const all = new Map(known);
  for (const [id, place] of more) {
    const before = all.get(id);
    all.set(id, before === undefined ? place : { current: [...before.current, ...place.current] });
  }
  return all;
}

/** A pipeline for each process that has a stage of the entity whose choice is the stage elsewhere: that of deals. */
function pipelinesOf(
  stages: ReadonlyMap<string, Stage>,
  instances: readonly Row[],
  catalog: ODataCatalog,
): readonly SourcePipeline[] {
  const deals = catalog.entities.find(({ stage }) => stage !== undefined)?.name ?? '';
  const byProcess = Map.groupBy(stages.values(), ({ process }) => process);
  return [...byProcess]
    .filter(([, own]) => own.some(({ entity }) => entity === deals))
    .map(([name, own]) => ({
      name,
      stages: stagesInOrder(own, instances).map((stage) => ({
        name: stage.name,
        probability: null,
        outcome: 'open' as const,
      })),
    }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}
