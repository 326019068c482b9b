import { expect } from 'vitest';
import { sampleUsers } from '../../../samples/users.ts';
import { blockOf } from '../account-view.ts';
import { madeWhere, type ResultsRule } from './results-landed.ts';

/** deals; R-23: pipelines; R-28: deals without a company; R-06: what QuickBooks says about them. */
export const resultsDealRules: readonly ResultsRule[] = [
  {
    rule: 'R-22(a)',
    says: 'stage, value, owner and close date of an open, a won and a lost deal arrive',
    holds: ({ seen }) => {
      const open = seen.made('deal', '92010');
      expect(open).toMatchObject({ value: 1234.56, status: 'open', expected_close_date: '2026-12-24' });
      expect(open['owner_id']).toBe(seen.userId(sampleUsers[0]?.email ?? ''));
      expect(seen.stageOf(open)).toMatchObject({ pipeline: 'Sales', stage: 'Lead In' });
      // Midnight in New York.
      expect(seen.made('deal', '92002')).toMatchObject({
        status: 'won',
        value: 8_000,
        won_time: '2026-04-20T04:00:00Z',
      });
      expect(seen.made('deal', '92003')).toMatchObject({
        status: 'lost',
        lost_time: '2026-05-28T04:00:00Z',
        lost_reason: 'Price',
      });
      expect(seen.made('deal', '92009')).toMatchObject({ value: 4_500, currency: 'EUR' });
    },
  },
  {
    rule: 'R-22(a)',
    says: 'of a deal with products Pipedrive makes the value; the amount of the source is not lost',
    holds: ({ seen }) => {
      const deal = seen.made('deal', '92001');
      expect(deal['value']).toBe(3 * 1200 * 0.95 + 8 * 95);
      expect(deal.custom['Amount in the source']).toEqual({ value: 12_345.67, currency: 'USD' });
      expect(seen.made('deal', '92010').custom['Amount in the source'] ?? null).toBeNull();
    },
  },
  {
    rule: 'R-22(b)',
    says: 'stages have the percentages of the table of stages, open deals their own',
    holds: ({ seen }) => {
      expect(seen.stageOf(seen.made('deal', '92001'))).toMatchObject({ stage: 'Proposal', probability: 60 });
      expect(seen.made('deal', '92010')['probability']).toBe(10);
    },
  },
  {
    rule: 'R-22(c)',
    says: 'the organization comes from the company of the deal, else from its associate',
    holds: ({ seen }) => {
      const company = seen.made('organization', '90001').id;
      expect(seen.made('deal', '92001')).toMatchObject({
        org_id: company,
        person_id: seen.made('person', '91001').id,
      });
      expect(seen.made('deal', '92007')['org_id']).toBe(company);
      expect(seen.made('deal', '92008')['person_id']).toBe(seen.made('person', '90006').id);
    },
  },
  {
    rule: 'R-22(d)',
    says: 'deals without a company wait in the queue, by id, before anything is written',
    holds: ({ questions, writesBeforeAnswers }) => {
      const asked = questions.find(({ kind }) => kind === 'unlinked-deals');
      expect(asked?.records.toSorted()).toEqual(['92004', '92005', '92006', '92008']);
      expect(asked?.blocks).toBe('plan');
      expect(writesBeforeAnswers).toBe(0);
    },
  },
  {
    rule: 'R-28',
    says: 'the three strategies are offered; by default a placeholder organization takes them',
    holds: ({ seen, questions }) => {
      const asked = questions.find(({ kind }) => kind === 'unlinked-deals');
      expect(asked?.choices.map(({ id }) => id)).toEqual(['placeholder', 'parent', 'each', 'leave']);
      const placeholder = seen.made('organization', 'organization').id;
      for (const id of ['92004', '92005', '92006'])
        expect(seen.made('deal', id)['org_id'], id).toBe(placeholder);
      expect(seen.all('deal').filter((deal) => deal['org_id'] === null)).toEqual([]);
    },
  },
  {
    rule: 'R-23',
    says: 'the pipeline has the stages of the table of stages in their order, one without deals too, before the first deal',
    holds: ({ seen, log }) => {
      expect(seen.stages('Sales')).toEqual([
        { name: 'Lead In', probability: 10 },
        { name: 'Qualified', probability: 25 },
        { name: 'Proposal', probability: 60 },
        { name: 'Negotiation', probability: 80 },
        { name: 'On Hold', probability: 40 },
      ]);
      expect(madeWhere(log, /^\/api\/v2\/stages$/).last).toBeLessThan(
        madeWhere(log, /^\/api\/v2\/deals$/).first,
      );
    },
  },
  {
    rule: 'R-06',
    says: 'invoices are fields of their deal, and a note with the lines each',
    holds: ({ seen }) => {
      const deal = seen.made('deal', '92002');
      expect(deal.custom).toMatchObject({
        Kind: 'Project',
        Invoices: 'INV-9001, INV-9002',
        Invoiced: { value: 8_000, currency: 'USD' },
        'Invoice balance': { value: 1_250.5, currency: 'USD' },
      });
      const note = seen.text('notes', 'INV-9002');
      expect(note).toMatchObject({ deal_id: deal.id, add_time: '2026-06-15T04:00:00Z' });
      expect(blockOf(note)).toMatchObject({ Due: '2026-07-15', Balance: '1250.5000 USD', Status: 'Open' });
      expect(String(note['content'])).toContain('Travel');
      expect(seen.text('notes', 'INV-9003')['org_id']).toBe(seen.made('organization', '90001').id);
    },
  },
  {
    rule: 'R-06',
    says: 'for each field one system’s word counts, the link to QuickBooks stays, and every difference is told',
    holds: ({ seen, report }) => {
      const company = seen.made('organization', '90007');
      expect(company.custom).toMatchObject({
        Phone: '+12125550110',
        'Payment terms': 'Net 60',
        'QuickBooks List ID': '80000002-9007',
        'QuickBooks balance': { value: 420.5, currency: 'USD' },
      });
      const quality = report('quality.csv');
      expect(quality).toMatch(/Lakeside Marine LLC: Phone 1 is “\(212\) 555-0110”, and “\(212\) 555-0199”/);
      expect(quality).toMatch(/Lakeside Marine LLC: Terms is “Net 30”, and “Net 60”/);
      expect(quality).toMatch(/Only In QuickBooks Inc\./);
      expect(quality).toMatch(/80000003-9011, which QuickBooks customers does not have/);
    },
  },
];
