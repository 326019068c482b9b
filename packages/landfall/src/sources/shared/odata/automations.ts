import type { Automation } from '../../../model/source.ts';
import { isClosed } from '../closed.ts';
import type { ODataCatalog } from './odata-catalog.ts';
import type { Row, WebApi } from './web-api.ts';

/** Definitions only: activations are copies of them that run, templates are none (facts 1.11). */
const workflowQuery =
  'workflows?$select=name,category,mode,scope,primaryentity,triggeroncreate,triggerondelete,triggeronupdateattributelist,ondemand,statecode&$filter=type eq 1&$orderby=name';
const stepQuery =
  'sdkmessageprocessingsteps?$select=name,stage,mode,filteringattributes,statecode&$orderby=name';

/**
 * Everything that runs by itself: workflows of every category and plug-in steps, all told by the organisation itself.
 * What may not be read is said as one entry.
 */
export async function* readAutomations(
  service: WebApi,
  catalog: ODataCatalog,
  signal: AbortSignal,
): AsyncIterable<Automation> {
  const { workflows, step } = catalog.automations;
  for (const row of await allowedRows(service, workflowQuery, 'the workflows', signal)) {
    if ('unread' in row) yield unreadEntry('Workflows', String(row.unread));
    else yield workflowEntry(row, wordsOf(workflows, String(row.category)));
  }
  for (const row of await allowedRows(service, stepQuery, 'the plug-in steps', signal)) {
    if ('unread' in row) yield unreadEntry('Plug-in steps', String(row.unread));
    else yield stepEntry(row, step);
  }
}

async function allowedRows(
  service: WebApi,
  query: string,
  what: string,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  try {
    return await service.all({ path: encodeURI(query), what: `reading ${what}` }, signal);
  } catch (error) {
    if (!isClosed(error)) throw error;
    return [{ unread: error.message }];
  }
}

function unreadEntry(name: string, because: string): Automation {
  return {
    name,
    detected: false,
    evidence: `They could not be read. ${because}`,
    equivalent: 'Let an administrator list them; then decide one by one.',
  };
}

interface Words {
  readonly kind: string;
  readonly equivalent: string;
}

function wordsOf(workflows: Readonly<Record<string, Words>>, category: string): Words {
  return (
    workflows[category] ?? {
      kind: category === '' ? 'Workflow' : `Workflow of category ${category}`,
      equivalent: 'None is known for this kind: look at what it does in the source, and decide by hand.',
    }
  );
}

const scopes: Readonly<Record<string, string>> = {
  '1': "the owner's records",
  '2': 'the business unit',
  '3': 'the business unit and those below',
  '4': 'the organisation',
};
const states: Readonly<Record<string, string>> = { '0': 'draft', '1': 'active', '2': 'suspended' };

function workflowEntry(row: Row, { kind, equivalent }: Words): Automation {
  const said = [
    kind,
    states[String(row.statecode)] ?? '',
    textOf(row.primaryentity) === '' ? '' : `on ${textOf(row.primaryentity)}`,
    ...triggersOf(row),
    String(row.mode) === '1' ? 'in real time' : '',
    scopes[String(row.scope)] === undefined ? '' : `for ${scopes[String(row.scope)]}`,
  ];
  return { name: textOf(row.name), detected: true, evidence: joined(said), equivalent };
}

function triggersOf(row: Row): readonly string[] {
  const fields = textOf(row.triggeronupdateattributelist);
  return [
    ...(row.triggeroncreate === true ? ['when a record is created'] : []),
    ...(row.triggerondelete === true ? ['when a record is deleted'] : []),
    ...(fields === '' ? [] : [`when ${fields.replaceAll(',', ', ')} changes`]),
    ...(row.ondemand === true ? ['on demand'] : []),
  ];
}

const stepStages: Readonly<Record<string, string>> = {
  '10': 'before validation',
  '20': 'before the change',
  '40': 'after the change',
};

function stepEntry(row: Row, { kind, equivalent }: Words): Automation {
  const fields = textOf(row.filteringattributes);
  const said = [
    kind,
    String(row.statecode) === '0' ? 'active' : 'switched off',
    stepStages[String(row.stage)] ?? '',
    String(row.mode) === '1' ? 'in the background' : 'in real time',
    fields === '' ? '' : `when ${fields.replaceAll(',', ', ')} changes`,
  ];
  return { name: textOf(row.name), detected: true, evidence: joined(said), equivalent };
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
