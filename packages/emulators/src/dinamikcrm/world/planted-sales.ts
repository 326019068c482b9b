import { optionOf } from '../schema/schema.ts';
import { type Planted, plantedParent } from './planted-case.ts';

/** Deals and invoices. */
export const PLANTED_SALES: readonly Planted[] = [
  {
    rules: ['D-23(a)', 'D-23(b)'],
    why: 'a deal with value, stage, owner and expected close date',
    module: 'proposal',
    id: 1,
    values: {
      ...plantedParent('contact', 1),
      companyId: 1,
      pipelineId: 1,
      categoryId: 14,
      price: 125_000.75,
      currency: optionOf('proposal', 'currency', 'TL').id,
      expectedCloseDate: '2026-12-15',
      closedAt: null,
      lostReason: null,
      userId: 3,
    },
  },
  {
    rules: ['D-23(b)', 'D-28(a)'],
    why: 'a stage whose name another pipeline has too',
    module: 'proposal',
    id: 2,
    values: { pipelineId: 2, categoryId: 22, closedAt: null },
  },
  {
    rules: ['D-23(c)'],
    why: 'a deal without a contact and without a company',
    module: 'proposal',
    id: 3,
    values: { moduleId: null, dataNumber: null, companyId: null },
  },
  {
    rules: ['D-23(c)'],
    why: 'a deal whose company was deleted',
    module: 'proposal',
    id: 4,
    values: { ...plantedParent('company', 9), companyId: 9 },
  },
  {
    rules: ['D-23(c)'],
    why: 'a deal of a lead',
    module: 'proposal',
    id: 5,
    values: { ...plantedParent('lead', 1), companyId: null },
  },
  {
    rules: ['D-23(a)'],
    why: 'a deal that was won',
    module: 'proposal',
    id: 6,
    values: { pipelineId: 1, categoryId: 15, closedAt: '2026-05-06T17:45:00', lostReason: null },
  },
  {
    rules: ['D-23(a)'],
    why: 'a deal that was lost, with its reason',
    module: 'proposal',
    id: 7,
    values: { pipelineId: 1, categoryId: 16, closedAt: '2016-03-28T03:30:00', lostReason: 'Fiyat' },
  },
  { rules: ['D-29(c)'], why: 'its owner has no e-mail', module: 'proposal', id: 8, values: { userId: 7 } },
  { rules: ['D-29(b)'], why: 'its owner is disabled', module: 'proposal', id: 9, values: { userId: 6 } },
  {
    rules: ['D-29(c)'],
    why: 'its owner is no user any more',
    module: 'proposal',
    id: 10,
    values: { userId: 77 },
  },
  {
    rules: ['D-26(b)', 'D-26(c)'],
    why: 'an invoice of deal 1 with lines, totals and payment status',
    module: 'invoice',
    id: 1,
    values: {
      proposalId: 1,
      companyId: 1,
      paymentStatusId: optionOf('invoice', 'paymentStatusId', 'Kısmi Ödendi').id,
    },
  },
  {
    rules: ['D-26(b)'],
    why: 'an invoice without a deal',
    module: 'invoice',
    id: 2,
    values: { proposalId: null, companyId: 1 },
  },
  { rules: ['D-26(a)'], why: 'the module of invoices', module: 'invoice' },
];
