import { sourceText } from '../../../mapping/source-text.ts';
import { MigrationError } from '../../../model/error.ts';
import type { CatalogIssue, SourceCatalog, SourceEntity, SourceField } from '../../../model/source.ts';
import { ColumnProfile } from '../export-files/column-profile.ts';
import { fieldReport } from '../export-files/field-report.ts';
import type { Account, Plan } from './account.ts';
import { closedModule } from './closed-module.ts';
import { accountIssues, countIssues, filesIssues, moduleIssues } from './issues.ts';
import type { PlannedField, PlannedModule } from './module-plan.ts';
import { besideFields } from './plan-fields.ts';

/**
 * Enumerates the modules before anything else, then reads every active one whole: exact counts, fields with what they
 * hold, pipelines, owners, and what looks wrong. Modules that are empty or switched off are told, and are no entities.
 */
export async function describeAccount(account: Account, signal: AbortSignal): Promise<SourceCatalog> {
  account.forget();
  const plan = await account.plan(signal);
  const entities: SourceEntity[] = [];
  const issues: CatalogIssue[] = [...plan.issues];
  const empty: PlannedModule[] = [];
  for (const module of plan.modules) {
    if (!module.active || module.closed || module.known?.aside === true) continue;
    const entity = await describeModule(account, plan, module, signal).catch((error: unknown) => {
      issues.push(closedModule(module.key, module.label, error));
      return null;
    });
    if (entity === null) continue;
    issues.push(...countIssues(module, entity.count.value, account.deleted.get(module.key) ?? 0));
    if (entity.count.value === 0) empty.push(module);
    else {
      entities.push(entity);
      issues.push(...moduleIssues(account.catalog, plan, module, entity));
    }
  }
  // Keys that may read nothing at all are no keys to go on with.
  const barred = issues.find(({ code }) => code === 'no-right');
  if (entities.length === 0 && barred !== undefined) throw new MigrationError('forbidden', barred.message);
  issues.push(...accountIssues(plan, empty, entities), ...account.tableIssues());
  if (!account.opensFiles) issues.push(...filesIssues(plan, entities));
  const names = new Set(entities.map(({ name }) => name));
  const rank = { high: 0, medium: 1, low: 2 } as const;
  return {
    system: account.catalog.system,
    entities: entities.map((entity) => ({
      ...entity,
      fields: entity.fields.map((field) => leadingTo(field, names)),
    })),
    issues: issues.toSorted((left, right) => rank[left.severity] - rank[right.severity]),
    pipelines: plan.directory.pipelines,
    owners: [...plan.directory.people.values()].toSorted((left, right) =>
      left.owner < right.owner ? -1 : 1,
    ),
  };
}

/** References lead to what is listed: an empty module, or one that is switched off, is no entity. */
function leadingTo(field: SourceField, names: ReadonlySet<string>): SourceField {
  if (field.references === undefined) return field;
  const { references, mostForOne: _most, ...plain } = field;
  const known = references.filter((name) => names.has(name));
  return known.length === 0 ? plain : { ...field, references: known };
}

interface Gathered {
  readonly field: PlannedField;
  readonly profile: ColumnProfile;
}

async function describeModule(
  account: Account,
  { directory }: Plan,
  module: PlannedModule,
  signal: AbortSignal,
): Promise<SourceEntity> {
  const groups = [...new Set(directory.tagGroups.values())];
  const gathered = new Map<string, Gathered>();
  for (const field of module.fields) {
    gathered.set(field.name, { field, profile: new ColumnProfile() });
    for (const { name, type, because } of besideFields(field, groups)) {
      const made = {
        ...field,
        name,
        standard: name,
        type,
        evidence: because,
        references: [],
        oneToOne: null,
        sensitive: field.sensitive || field.reading?.as === 'guarded',
      };
      gathered.set(name, { field: made, profile: new ColumnProfile() });
    }
  }
  let count = 0;
  for await (const { records, rejects } of account.pages(module, null, signal)) {
    count += records.length + rejects.length;
    for (const { fields } of records)
      for (const [name, value] of Object.entries(fields)) gathered.get(name)?.profile.add(sourceText(value));
  }
  const isStandard = module.known !== null;
  return {
    name: module.key,
    label: module.label,
    custom: module.custom,
    count: { value: count, exact: true },
    origin: [account.client.address],
    // What stands beside a field is told when something stands there.
    fields: [...gathered.values()]
      .filter(({ field, profile }) => isPlanned(module, field) || profile.filled > 0)
      .map((each) => reported(each, isStandard)),
  };
}

function isPlanned({ fields }: PlannedModule, { name }: PlannedField): boolean {
  return fields.some((field) => field.name === name);
}

/** The values say how well they fit; type and meaning are the source's own. */
function reported({ field, profile }: Gathered, isStandard: boolean): SourceField {
  const { name, standard, evidence, many } = field;
  // Several records in one field are no link that anything can hang on: their ids are kept as text.
  const references = many && standard === null ? [] : field.references;
  const type = field.type === 'reference' && many ? 'text' : field.type;
  const report = fieldReport(name, { name, aliases: [], type }, profile);
  const fit = /; (.+)$/.exec(report.evidence)?.[1];
  const { references: _none, mostForOne: _most, ...plain } = report;
  return {
    ...plain,
    standard: standard ?? null,
    evidence: fit === undefined ? evidence : `${evidence}; ${fit}`,
    sensitive: field.sensitive || (standard === null && report.sensitive) || holdsPersonalIds(profile),
    ...(references.length === 0 ? {} : { references, ...cardinality(field, profile, isStandard) }),
  };
}

function holdsPersonalIds({ kinds, filled }: ColumnProfile): boolean {
  return kinds.turkishId * 2 > filled;
}

/** What the service says of the cardinality counts; where it says nothing, the values do. */
function cardinality({ oneToOne, many }: PlannedField, profile: ColumnProfile, isStandard: boolean) {
  if (profile.overflow && oneToOne !== true) return isStandard ? {} : { mostForOne: 2 };
  const seen = profile.top(1)[0]?.count ?? 0;
  const told = many || oneToOne === false ? 2 : 1;
  return { mostForOne: Math.max(seen, told) };
}
