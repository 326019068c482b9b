import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { unknownOwner } from '../../../samples/users.ts';
import { landResults, type ResultsLanded } from './results-landed.ts';

vi.setConfig({ testTimeout: 180_000 });

let landed: ResultsLanded | null = null;

async function land(...given: Parameters<typeof landResults>): Promise<ResultsLanded> {
  landed = await landResults(...given);
  return landed;
}

afterEach(async () => {
  await landed?.end();
  landed = null;
});

describe('the other answers', () => {
  it('R-28(2), R-26, R-06: a designated parent takes the deals without a company; a rep is given to another user; QuickBooks is right about phones', async () => {
    const { seen, questions } = await land([
      { question: 'pair:truth-phone', choice: 'quickbooks' },
      { question: 'links-deal-org_id', choice: 'parent', value: '90003' },
      { question: 'owner-', choice: 'map', value: 'rachel.moss@sample.example' },
    ]);
    const parent = seen.made('organization', '90003').id;
    for (const id of ['92004', '92005', '92006']) expect(seen.made('deal', id)['org_id'], id).toBe(parent);
    expect(seen.made('organization', '90009')['owner_id']).toBe(seen.userId('rachel.moss@sample.example'));
    expect(seen.list('users').map(({ email }) => email)).not.toContain(unknownOwner.email);
    // for each field that both lists have, somebody says which one counts
    const truths = questions.filter(({ id }) => id.startsWith('pair:truth-'));
    expect(truths.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['truth-name', 'truth-phone', 'truth-email', 'truth-terms']),
    );
    const usual = truths.map(({ subject, choices }) => [subject, choices.find((one) => one.default)?.id]);
    expect(Object.fromEntries(usual)).toMatchObject({ 'truth-phone': 'export', 'truth-terms': 'quickbooks' });
    expect(seen.made('organization', '90007').custom).toMatchObject({
      Phone: '+12125550199',
      'Payment terms': 'Net 60',
    });
  });

  it('R-28(3), R-22(d): decided record by record: linked, given a placeholder, left out', async () => {
    const { seen, questions } = await land([
      { question: 'links-deal-org_id', choice: 'each' },
      { question: '92004', choice: 'link', value: 'Summit Dental Group' },
      { question: '92005', choice: 'placeholder' },
      { question: '92006', choice: 'exclude' },
      { question: '92008', choice: 'leave' },
    ]);
    const each = questions.filter(({ kind }) => kind === 'unlinked-deal').flatMap(({ records }) => records);
    expect(each.toSorted()).toEqual(['92004', '92005', '92006', '92008']);
    expect(seen.made('deal', '92004')['org_id']).toBe(seen.made('organization', '90003').id);
    expect(seen.made('deal', '92005')['org_id']).toBe(seen.made('organization', 'organization').id);
    expect(seen.has('deal', '92006')).toBe(false);
    expect(seen.made('deal', '92008')['org_id']).toBeNull();
  });
});

/** An export in the words of the pair's page, without any of the tables that tell about others. */
const pageWords: Readonly<Record<string, readonly string[]>> = {
  'companies.csv': [
    'Company ID,Company Name,Website,Owner',
    '1,Acme Inc.,www.acme.example,tom.ashby@sample.example',
    '2,ACME,acme.example/shop,rachel.moss@sample.example',
    '3,Zeta LLC,,Tom Ashby',
  ],
  'contacts.csv': [
    'Contact ID,Company ID,First Name,Last Name,Email,Phone,Owner',
    '10,1,Ann,Lee,ann@acme.example,(212) 555-0100,Tom Ashby',
    '11,2,Bob,Ray,bob@acme.example,,Tom Ashby',
  ],
  'deals.csv': [
    'Deal ID,Company ID,Contact ID,Deal Name,Pipeline,Stage,Status,Value,Currency,Probability,Close Date,Owner',
    '20,1,10,Big,Sales,Proposal,Open,"1,000.50",USD,50,12/24/2026,Tom Ashby',
    '21,2,11,Done,Sales,Closed Won,Won,500,USD,100,3/17/2026,Tom Ashby',
    '22,3,,Repair,Service,New,Open,7,USD,10,1/31/2026,Tom Ashby',
  ],
  'activities.csv': [
    'Activity ID,Type,Subject,Date,Duration,Company ID,Contact ID,Deal ID,Call Disposition,Outcome,Owner',
    '30,Call,Hello,3/17/2026 2:05 PM,10,1,10,20,Connected,Interested,Tom Ashby',
  ],
  'vendors.csv': ['Vendor,Street', 'Somebody,Main St'],
};

describe('an export in the words of the page', () => {
  it('R-20..R-26: companies, contacts, deals and activities land as those of the suite do; stages are told from the deals', async () => {
    const { seen, questions, report } = await land([], async (place) => {
      mkdirSync(place);
      for (const [name, lines] of Object.entries(pageWords))
        writeFileSync(join(place, name), `${lines.join('\r\n')}\r\n`);
      return null;
    });
    const acme = seen.made('organization', '1');
    expect(seen.has('organization', '2')).toBe(false);
    expect(seen.made('person', '11')['org_id']).toBe(acme.id);
    expect(seen.made('deal', '20')).toMatchObject({
      org_id: acme.id,
      person_id: seen.made('person', '10').id,
      value: 1000.5,
      owner_id: seen.userId('tom.ashby@sample.example'),
    });
    expect(seen.stageOf(seen.made('deal', '20'))).toEqual({
      pipeline: 'Sales',
      stage: 'Proposal',
      probability: 50,
    });
    expect(seen.stageOf(seen.made('deal', '22'))).toMatchObject({ pipeline: 'Service', stage: 'New' });
    expect(seen.made('deal', '21')['status']).toBe('won');
    expect(seen.activity('Hello')).toMatchObject({
      deal_id: seen.made('deal', '20').id,
      due_date: '2026-03-17',
    });
    expect(questions.map(({ kind }) => kind)).not.toContain('owner');
    // no table of the suite as far as anybody knows.
    expect(report('scope.md')).toMatch(/vendors\.csv was not recognised and is not read/);
  });
});
