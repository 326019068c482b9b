import type { Policies } from '../model/policy.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { Decision } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import type { TargetCatalog } from '../model/target.ts';
import type { Proposal } from './proposal.ts';
import type { FieldLimits, ProposalTemplate } from './proposal-template.ts';
import { proposeMapping } from './template-mapping.ts';

const template: ProposalTemplate = {
  source: 'sample-crm',
  entities: [
    {
      from: 'companies',
      to: 'organization',
      rows: [
        { to: 'organization.name', from: 'Company Name', whenEmpty: 'reject' },
        { to: 'organization.website', from: 'Website' },
        { to: 'organization.custom.Domain', from: 'Domain' },
        { to: 'organization.label_ids', from: 'Tags', via: ['tags'] },
      ],
    },
    {
      from: 'companies',
      to: 'person',
      part: 'contact',
      rows: [
        { to: 'person.name', from: 'Main Contact' },
        { to: 'person.label_ids', from: 'Tags', via: ['tags'] },
      ],
    },
    {
      from: 'contacts',
      to: 'person',
      rows: [{ to: 'person.name', from: 'Full Name', whenEmpty: 'reject' }],
    },
    {
      from: 'deals',
      to: 'deal',
      rows: [
        { to: 'deal.title', from: 'Deal Name', whenEmpty: 'reject' },
        { to: 'deal.value', from: ['Amount', 'Currency'], via: ['money'] },
        { to: 'deal.expected_close_date', from: 'Close Date', via: ['date'] },
        { to: 'deal.label_ids', from: 'Tags', via: ['tags'] },
        { to: 'deal.status', from: 'Status', whenEmpty: { use: 'open' } },
      ],
    },
    {
      from: 'activities',
      to: 'activity',
      when: { source: 'Type', in: ['Call'] },
      rows: [
        { to: 'activity.type', value: 'Call' },
        { to: 'activity.subject', from: 'Subject' },
      ],
    },
    {
      from: 'activities',
      to: 'activity',
      when: { source: 'Type', notIn: ['Call'] },
      rows: [
        { to: 'activity.type', value: 'Task' },
        { to: 'activity.subject', from: 'Subject' },
      ],
    },
    {
      from: 'notes',
      to: 'note',
      policy: { name: 'notesAs', is: 'note' },
      rows: [{ to: 'note.content', from: 'Content' }],
    },
    {
      from: 'notes',
      to: 'activity',
      policy: { name: 'notesAs', is: 'activity' },
      rows: [{ to: 'activity.note', from: 'Content' }],
    },
  ],
  fields: [{ entity: 'organization', name: 'Domain', type: 'varchar' }],
  values: {},
};

/** A standard field with ten different values. */
export function field(name: string, more: Partial<SourceField> = {}): SourceField {
  const samples = more.samples ?? ['x'];
  return {
    name,
    standard: name,
    type: 'text',
    evidence: '',
    filled: 10,
    distinct: 10,
    values: samples.map((value) => ({ value, count: 1 })),
    format: null,
    formats: [],
    sensitive: false,
    ...more,
    samples,
  };
}

/** A field of this account only. */
export function custom(name: string, more: Partial<SourceField> = {}): SourceField {
  return field(name, { standard: null, ...more });
}

/** A table of ten records. */
export function entity(name: string, fields: readonly SourceField[], count = 10): SourceEntity {
  return {
    name,
    label: name,
    custom: false,
    count: { value: count, exact: true },
    origin: [`${name}.csv`],
    fields,
  };
}

/** What a case changes. */
interface Case {
  readonly policies?: Partial<Policies>;
  readonly decide?: Readonly<Record<string, string | readonly [string, string]>>;
  readonly limits?: FieldLimits;
  readonly target?: TargetCatalog;
  readonly leave?: ProposalTemplate['leave'];
  readonly asks?: ProposalTemplate['asks'];
}

/** The proposal for these tables. */
export function propose(
  entities: readonly SourceEntity[],
  { policies, decide, limits, target, leave, asks = [] }: Case = {},
) {
  const decisions = Object.entries(decide ?? {}).map(([id, answer]): Decision => {
    const [choice, value] = typeof answer === 'string' ? [answer, undefined] : answer;
    return { id, choice, ...(value === undefined ? {} : { value }), by: 'Ada', at: '2026-01-01T00:00:00Z' };
  });
  return proposeMapping({
    template: { ...template, asks, leave: leave ?? [] },
    catalog: { system: 'sample-crm', entities, issues: [] },
    target: target ?? null,
    policies: { ...defaultPolicies, ...policies },
    decisions,
    stages: [],
    limits: limits ?? null,
  });
}

/** The rows of the mapping that fill a target field. */
export function rowsOf(proposal: Proposal, to: string) {
  return proposal.mapping.entities.flatMap(({ rows }) => rows).filter((row) => row.to === to);
}
