import { integer } from '../../../base/counted.ts';
import type { CatalogIssue, SourceEntity } from '../../../model/source.ts';
import type { ExportEntity, ScaleRule } from './export-catalog.ts';

/** Where the export is larger than the system is made for. */
export function scaleIssues(rules: readonly ScaleRule[], entities: readonly SourceEntity[]): CatalogIssue[] {
  return rules.flatMap((rule) => {
    const entity = entities.find(({ name }) => name === rule.entity);
    const count = entity === undefined ? 0 : countOf(rule, entity);
    if (count <= rule.most) return [];
    const at = rule.field === undefined ? rule.entity : `${rule.entity}.${rule.field}`;
    const what = rule.field === undefined ? 'records' : 'different values';
    const message = `${at} has ${integer(count)} ${what}; ${rule.expect}.`;
    return [{ code: 'beyond-scale', severity: 'high' as const, at, message, hint: rule.hint }];
  });
}

function countOf(rule: ScaleRule, entity: SourceEntity): number {
  if (rule.field === undefined) return entity.count.value;
  return entity.fields.find(({ standard }) => standard === rule.field)?.distinct ?? 0;
}

/** Which of the fields that were to be expected the tables do not have: scope is verified, not assumed. */
export function absentFields(entity: ExportEntity, columns: readonly (string | null)[]): CatalogIssue[] {
  const absent = entity.fields.filter(({ name }) => !columns.includes(name));
  const wanted = absent.filter(({ expected }) => expected === true).map(({ name }) => name);
  if (entity.fields.every(({ expected }) => expected !== true) || absent.length === 0) return [];
  const others = absent.filter(({ expected }) => expected !== true).map(({ name }) => name);
  const also = others.length === 0 ? '' : ` Also not there, which is usual: ${others.join(', ')}.`;
  const said =
    wanted.length === 0
      ? 'Every field that was to be expected is there.'
      : `Not there: ${wanted.join(', ')}.`;
  return [
    {
      code: 'fields-expected',
      severity: wanted.length === 0 ? 'low' : 'medium',
      at: entity.name,
      message: `${entity.name} against what was to be expected: ${said}${also}`,
      hint:
        wanted.length === 0
          ? 'Nothing to do.'
          : 'Export them too, or say in landfall.yaml which columns they are (source.tables: file, columns).',
    },
  ];
}
