import { counted } from '../../../base/counted.ts';
import type { CatalogIssue, SourceEntity } from '../../../model/source.ts';
import type { Plan } from './account.ts';
import type { PlannedModule } from './module-plan.ts';
import type { RestCatalog } from './rest-catalog.ts';

/** What a module's numbers give away: deleted records, and a count that is not what the service announced. */
export function countIssues(module: PlannedModule, count: number, deleted: number): CatalogIssue[] {
  const issues: CatalogIssue[] = [];
  if (deleted > 0)
    issues.push({
      code: 'deleted-records',
      severity: 'low',
      at: module.key,
      message: `${counted(deleted, 'record')} of ${module.label} ${deleted === 1 ? 'was' : 'were'} deleted in the source and ${deleted === 1 ? 'stays' : 'stay'} out.`,
      hint: 'Bring back in the source what is to be moved, then discover again.',
    });
  if (module.announced !== null && module.announced !== count)
    issues.push({
      code: 'count-differs',
      severity: 'medium',
      at: module.key,
      message: `${module.label}: the source announces ${counted(module.announced, 'record')}, ${count} could be read.`,
      hint: 'Somebody may have worked in the source meanwhile: discover again, and ask the vendor when it stays.',
    });
  return issues;
}

/** What stands in the way of a module that has records. */
export function moduleIssues(
  catalog: RestCatalog,
  { modules }: Plan,
  module: PlannedModule,
  { count }: SourceEntity,
): CatalogIssue[] {
  const { known, key, label, fields } = module;
  const notes = (known?.notes ?? []).map((note) => ({ ...note, at: key }));
  if (known?.noPlace !== undefined) return [...notes, noPlace(module, count.value, known.noPlace)];
  if (known !== null) return notes;
  const hasPlace = (entity: string) =>
    catalog.modules.some((each) => each.key === entity && each.noPlace === undefined);
  const links = fields.flatMap((field) => field.references.map((entity) => ({ field, entity })));
  const single = links.filter(({ field, entity }) => !field.many && hasPlace(entity));
  const unfit = links.filter(({ field, entity }) => field.many || !hasPlace(entity));
  const issues: CatalogIssue[] = [];
  if (single.length === 0)
    issues.push(
      noPlace(module, count.value, 'none of its fields leads to one record of something that is moved'),
    );
  for (const { field, entity } of unfit) {
    const target = modules.find((each) => each.key === entity)?.label ?? entity;
    issues.push({
      code: 'relation-does-not-fit',
      severity: 'medium',
      at: `${key}.${field.name}`,
      message: `${label}: "${field.name}" leads ${field.many ? 'to several records of' : 'to'} ${target}${field.many ? '' : ', which has no place in the destination'}: the destination has no such relation.`,
      hint: 'It is kept as text. Decide whether it is needed as more than that.',
    });
  }
  return issues;
}

function noPlace({ key, label }: PlannedModule, count: number, because: string): CatalogIssue {
  return {
    code: 'module-no-place',
    severity: 'high',
    at: key,
    message: `${label} (${counted(count, 'record')}) has no place in the destination: ${because}.`,
    hint: 'Decide in mapping.yaml what becomes of it: notes on a record it belongs to, custom fields, or nothing.',
  };
}

/** What concerns the account as a whole: modules that are empty or switched off, groups of tags. */
export function accountIssues(
  { modules, directory }: Plan,
  empty: readonly PlannedModule[],
  entities: readonly SourceEntity[],
): CatalogIssue[] {
  const issues: CatalogIssue[] = [];
  const off = modules.filter(({ active }) => !active);
  if (off.length > 0)
    issues.push({
      code: 'modules-off',
      severity: off.some(({ announced }) => (announced ?? 0) > 0) ? 'medium' : 'low',
      at: 'modules',
      message: `${counted(off.length, 'module')} of ${modules.length} ${off.length === 1 ? 'is' : 'are'} switched off and not read: ${off.map(named).join(', ')}.`,
      hint: 'Switch on in the source what is to be moved, then discover again.',
    });
  if (empty.length > 0)
    issues.push({
      code: 'modules-empty',
      severity: 'low',
      at: 'modules',
      message: `${counted(empty.length, 'module')} of ${modules.length} ${empty.length === 1 ? 'has' : 'have'} no records: ${empty.map(({ label }) => label).join(', ')}.`,
      hint: 'Nothing to do, unless records are expected there.',
    });
  return [...issues, ...tagIssues(directory.tagGroups, entities)];
}

/** Files of which only name and place are told: somebody may know where they lie. */
export function filesIssues({ modules }: Plan, entities: readonly SourceEntity[]): CatalogIssue[] {
  return entities.flatMap(({ name, label, count }) => {
    const module = modules.find(({ key }) => key === name);
    if (module?.fields.some(({ reading }) => reading?.as === 'file') !== true) return [];
    return {
      code: 'files-no-address',
      severity: 'medium',
      at: name,
      message: `${label} (${counted(count.value, 'record')}) are told by name and place only: there is no way to their bytes, attachments.csv lists each.`,
      hint: 'If they can be had over the web, name the address their paths lie below in landfall.yaml (source.files), then discover again.',
    };
  });
}

function named({ label, announced }: PlannedModule): string {
  return announced === null || announced === 0 ? label : `${label} (${counted(announced, 'record')})`;
}

/** A group of tags is one choice among its tags: as labels they stand beside all others. */
function tagIssues(groups: ReadonlyMap<string, string>, entities: readonly SourceEntity[]): CatalogIssue[] {
  return [...new Set(groups.values())].map((group) => {
    const tags = [...groups].filter(([, of]) => of === group).map(([tag]) => tag);
    const used = entities
      .flatMap(({ name, fields }) => fields.map((field) => ({ name, field })))
      .filter(({ field }) => field.name.endsWith(`: ${group}`) && field.filled > 0);
    return {
      code: 'tag-group',
      severity: 'medium' as const,
      at: used.map(({ name }) => name).join(', ') || 'tags',
      message: `The tags ${tags.join(', ')} are the group "${group}": labels know no groups.`,
      hint: `Decide: labels (as proposed), or a custom field of its own from "${used[0]?.field.name ?? `Tags: ${group}`}".`,
    };
  });
}
