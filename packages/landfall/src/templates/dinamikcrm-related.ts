import type { TemplateRow } from './template.ts';

// References to any module name the record by its number, and the module beside it.

/** The record that an activity belongs to. */
export const activityOf: readonly TemplateRow[] = [
  {
    to: 'activity.org_id',
    from: 'Related Number',
    via: [{ reference: { source: 'company', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['company'] },
    why: 'D-24(b): on the record it belongs to',
  },
  {
    to: 'activity.person_id',
    from: 'Related Number',
    via: [{ reference: { source: 'contact', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['contact'] },
    why: 'D-24(b): on the record it belongs to',
  },
  {
    to: 'activity.person_id',
    from: 'Related Number',
    via: [{ reference: { source: 'customer', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['customer'] },
    why: 'D-24(b): on the record it belongs to',
  },
  {
    to: 'activity.deal_id',
    from: 'Related Number',
    via: [{ reference: { source: 'proposal', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    policy: { name: 'dealsAre', is: ['both', 'proposals'] },
    onlyIf: { source: 'Related Type', in: ['proposal'] },
    why: 'D-24(b): on the record it belongs to',
  },
  {
    to: 'activity.deal_id',
    from: 'Related Number',
    via: [{ reference: { source: 'sales', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    policy: { name: 'dealsAre', is: ['both', 'sales'] },
    onlyIf: { source: 'Related Type', in: ['sales'] },
    why: 'D-24(b): on the record it belongs to',
  },
  {
    to: 'activity.lead_id',
    from: 'Related Number',
    via: [{ reference: { source: 'lead', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['lead'] },
    why: 'D-24(b): on the record it belongs to',
  },
];

/** The record that a note belongs to. */
export const noteOf: readonly TemplateRow[] = [
  {
    to: 'note.org_id',
    from: 'Related Number',
    via: [{ reference: { source: 'company', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['company'] },
    why: 'D-05, D-30(c): on the record it belongs to',
  },
  {
    to: 'note.person_id',
    from: 'Related Number',
    via: [{ reference: { source: 'contact', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['contact'] },
    why: 'D-05, D-30(c): on the record it belongs to',
  },
  {
    to: 'note.person_id',
    from: 'Related Number',
    via: [{ reference: { source: 'customer', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['customer'] },
    why: 'D-05, D-30(c): on the record it belongs to',
  },
  {
    to: 'note.deal_id',
    from: 'Related Number',
    via: [{ reference: { source: 'proposal', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    policy: { name: 'dealsAre', is: ['both', 'proposals'] },
    onlyIf: { source: 'Related Type', in: ['proposal'] },
    why: 'D-05, D-30(c): on the record it belongs to',
  },
  {
    to: 'note.deal_id',
    from: 'Related Number',
    via: [{ reference: { source: 'sales', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    policy: { name: 'dealsAre', is: ['both', 'sales'] },
    onlyIf: { source: 'Related Type', in: ['sales'] },
    why: 'D-05, D-30(c): on the record it belongs to',
  },
  {
    to: 'note.lead_id',
    from: 'Related Number',
    via: [{ reference: { source: 'lead', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['lead'] },
    why: 'D-05, D-30(c): on the record it belongs to',
  },
];

/** The record that a file belongs to. */
export const fileOf: readonly TemplateRow[] = [
  {
    to: 'file.org_id',
    from: 'Related Number',
    via: [{ reference: { source: 'company', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['company'] },
    why: 'D-30(a): on the record it belongs to',
  },
  {
    to: 'file.person_id',
    from: 'Related Number',
    via: [{ reference: { source: 'contact', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['contact'] },
    why: 'D-30(a): on the record it belongs to',
  },
  {
    to: 'file.person_id',
    from: 'Related Number',
    via: [{ reference: { source: 'customer', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['customer'] },
    why: 'D-30(a): on the record it belongs to',
  },
  {
    to: 'file.deal_id',
    from: 'Related Number',
    via: [{ reference: { source: 'proposal', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    policy: { name: 'dealsAre', is: ['both', 'proposals'] },
    onlyIf: { source: 'Related Type', in: ['proposal'] },
    why: 'D-30(a): on the record it belongs to',
  },
  {
    to: 'file.deal_id',
    from: 'Related Number',
    via: [{ reference: { source: 'sales', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    policy: { name: 'dealsAre', is: ['both', 'sales'] },
    onlyIf: { source: 'Related Type', in: ['sales'] },
    why: 'D-30(a): on the record it belongs to',
  },
  {
    to: 'file.lead_id',
    from: 'Related Number',
    via: [{ reference: { source: 'lead', by: { 'Related Number': ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Related Type', in: ['lead'] },
    why: 'D-30(a): on the record it belongs to',
  },
];
