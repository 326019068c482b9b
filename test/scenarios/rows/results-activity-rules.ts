import { expect } from 'vitest';
import { sampleUsers, unknownOwner } from '../../../samples/users.ts';
import { blockOf } from '../account-view.ts';
import { writesIn } from '../support/emulator.ts';
import { madeWhere, type ResultsRule } from './results-landed.ts';

/** activities; R-25: custom fields; R-26: owners. */
export const resultsActivityRules: readonly ResultsRule[] = [
  {
    rule: 'R-24(a)',
    says: 'calls, e-mails, meetings and tasks have their types, other kinds a type of their own name',
    holds: ({ seen }) => {
      const types = new Map(seen.list('activityTypes').map((type) => [type['key_string'], type['name']]));
      const typeOf = (subject: string) => types.get(seen.activity(subject)['type']);
      expect(['First call', 'Drawing sent', 'Walk through', 'Order the cooler'].map(typeOf)).toEqual([
        'Call',
        'Email',
        'Meeting',
        'Task',
      ]);
      expect(typeOf('Booth talk')).toBe('Trade show');
      expect(typeOf('WO-9001: Hang the taps')).toBe('Work Order');
    },
  },
  {
    rule: 'R-24(b)',
    says: 'type, subject, content, date and duration arrive, with the deal and the person',
    holds: ({ seen }) => {
      const deal = seen.made('deal', '92001').id;
      const call = seen.activity('First call');
      expect(call).toMatchObject({ deal_id: deal, due_date: '2026-04-01', duration: '00:25:00', done: true });
      expect(String(call['note'])).toContain('Talked about taps.<br />Wants a drawing.');
      expect(call['participants']).toEqual([{ person_id: seen.made('person', '91001').id, primary: true }]);
      expect(seen.activity('Order the cooler')).toMatchObject({ due_date: '2026-04-10', done: false });
    },
  },
  {
    rule: 'R-24(c)',
    says: 'times of AM and PM are kept to the minute, and the timeline has its order',
    holds: ({ seen }) => {
      const deal = seen.made('deal', '92001').id;
      const timeline = seen
        .list('activities')
        .filter((one) => one['deal_id'] === deal && one['due_time'] !== null)
        .map((one) => [`${one['due_date']} ${one['due_time']}`, one['subject']])
        .toSorted();
      expect(timeline).toEqual([
        ['2026-04-01 18:05:00', 'First call'],
        ['2026-04-01 20:30:00', 'Drawing sent'],
        ['2026-04-02 13:00:00', 'Walk through'],
        ['2026-04-03 15:15:00', 'Booth talk'],
        ['2026-04-04 04:00:00', 'Missed call'],
        ['2026-06-02 14:30:00', 'WO-9001: Hang the taps'],
      ]);
      expect(blockOf(seen.activity('First call'))).toMatchObject({
        Timestamp: '2026-04-01T18:05:00Z',
        'Original created': '2026-04-01T11:30:00Z',
      });
      expect(seen.text('notes', 'Check the drain')['add_time']).toBe('2026-04-05T17:05:00Z');
    },
  },
  {
    rule: 'R-24(d)',
    says: 'disposition and outcome of a call are labelled lines: Pipedrive has no activity fields (C-02)',
    holds: ({ seen }) => {
      expect(blockOf(seen.activity('First call'))).toMatchObject({
        Disposition: 'Connected',
        Outcome: 'Interested',
        Direction: 'Outgoing',
      });
      expect(blockOf(seen.activity('Missed call'))).toMatchObject({
        Disposition: 'No answer',
        Outcome: 'Try again',
      });
    },
  },
  {
    rule: 'R-25(a)',
    says: 'fields were made with their types before the first record: dropdown, date, checkbox, money, phone, address',
    holds: ({ seen, log }) => {
      const type = (name: string) => seen.field('organization', name).field_type;
      expect(['Category', 'Renewal Date', 'Tax Exempt', 'Credit Limit', 'Fax', 'Ship to'].map(type)).toEqual([
        'enum',
        'date',
        'enum',
        'monetary',
        'phone',
        'address',
      ]);
      expect(madeWhere(log, /Fields$/).last).toBeLessThan(madeWhere(log, /^\/api\/v2\/organizations$/).first);
    },
  },
  {
    rule: 'R-25(b)',
    says: 'values fit their types: four decimals, dollar signs, -1 and 0, US dates; nothing was refused',
    holds: ({ seen, log }) => {
      expect(seen.made('organization', '90001').custom).toMatchObject({
        'Credit Limit': { value: 25_000.5, currency: 'USD' },
        'Tax Exempt': 'Yes',
        Active: 'Yes',
        'Renewal Date': '2026-12-31',
      });
      expect(writesIn(log).filter(({ status }) => status >= 400)).toEqual([]);
    },
  },
  {
    rule: 'R-25(c)',
    says: 'the type of every custom field is a question with its evidence; a calculated one is told',
    holds: ({ questions, report }) => {
      const about = questions.filter(({ kind }) => kind === 'custom-field').map(({ subject }) => subject);
      expect(about).toEqual(
        expect.arrayContaining([
          'companies.Service Plan',
          'companies.Renewal Date',
          'contacts.Do Not Email',
          'deals.Weighted Amount',
        ]),
      );
      expect(report('quality.csv')).toMatch(/deals\.Weighted Amount is calculated: Amount × Probability %/);
    },
  },
  {
    rule: 'R-26',
    says: 'initials are people by the table of sales reps, matched by e-mail; the others block the user table, before any deal',
    holds: ({ seen, questions, writesBeforeAnswers }) => {
      expect(seen.made('organization', '90001')['owner_id']).toBe(seen.userId('tom.ashby@sample.example'));
      const asked = questions.filter(({ kind }) => kind === 'owner');
      expect(asked.map(({ subject }) => subject).toSorted()).toEqual([
        `${sampleUsers[6]?.name} <${sampleUsers[6]?.email}>`,
        `${unknownOwner.name} <${unknownOwner.email}>`,
        'ZZ',
      ]);
      expect(asked.every(({ blocks }) => blocks === 'owners')).toBe(true);
      expect(writesBeforeAnswers).toBe(0);
    },
  },
];
