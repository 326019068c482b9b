import { expect } from 'vitest';
import { askedOf, type LandedRule, madeAt, ownerOf } from './landed.ts';

/** S-22: deals become deals. */
export const dealRules: readonly LandedRule[] = [
  {
    rule: 'S-22(a)',
    says: 'the Company ID, or the name, is the organization',
    holds: ({ seen }) => {
      expect(seen.made('deal', 'D-90001')['org_id']).toBe(seen.made('organization', 'C-90001').id);
      expect(seen.made('deal', 'D-90002')['org_id']).toBe(seen.made('organization', 'C-90003').id);
    },
  },
  {
    rule: 'S-22(b)',
    says: 'a contact name is the person of that name in the deal’s company',
    holds: ({ seen }) => {
      expect(seen.made('deal', 'D-90001')['person_id']).toBe(seen.made('person', 'P-90001').id);
      expect(seen.made('deal', 'D-90007')['person_id']).toBe(seen.made('person', 'P-90009').id);
    },
  },
  {
    rule: 'S-22(b)',
    says: 'a name that two people of the company have is asked about and never guessed',
    holds: ({ seen, questions }) => {
      const question = askedOf(questions, 'ambiguous-link').find(({ records }) =>
        records.includes('D-90006'),
      );
      expect(question?.choices.map(({ id }) => id)).toEqual(['contacts:P-90007', 'contacts:P-90008', 'none']);
      expect(seen.made('deal', 'D-90006')['person_id']).toBeNull();
    },
  },
  {
    rule: 'S-22(c)',
    says: 'value, currency, close date, owner and custom properties arrive',
    holds: ({ seen }) => {
      const deal = seen.made('deal', 'D-90001');
      expect(deal).toMatchObject({
        title: 'Akçay lisans',
        value: 1234.56,
        currency: 'TRY',
        status: 'open',
        expected_close_date: '2025-12-24',
        probability: 60,
      });
      expect(ownerOf(deal)).toBe(seen.userId('selin.aksoy@sample.example'));
      expect(deal.custom).toMatchObject({
        Region: 'Marmara',
        'Contract Signed': 'No',
        'Discount %': 10,
        'Products of Interest': ['CRM', 'ERP'],
        'Original created': '2024-03-17',
      });
      expect(seen.made('deal', 'D-90015')).toMatchObject({ value: 12_500, currency: 'EUR' });
    },
  },
  {
    rule: 'S-22(c)',
    says: 'won and lost deals keep outcome, day and reason',
    holds: ({ seen }) => {
      // The day of the source in the zone of the company (UTC+3): midnight there.
      expect(seen.made('deal', 'D-90013')).toMatchObject({
        status: 'won',
        won_time: '2024-06-29T21:00:00Z',
        expected_close_date: null,
      });
      expect(seen.made('deal', 'D-90014')).toMatchObject({
        status: 'lost',
        lost_time: '2024-05-28T21:00:00Z',
        lost_reason: 'Fiyat',
      });
    },
  },
  {
    rule: 'S-22(d)',
    says: 'every deal stands in the pipeline and stage of its row, made before the first deal',
    holds: ({ seen, log }) => {
      expect(seen.stageOf(seen.made('deal', 'D-90001'))).toEqual({
        pipeline: 'Sales',
        stage: 'Proposal Sent',
        probability: 60,
      });
      expect(seen.stageOf(seen.made('deal', 'D-90005'))).toMatchObject({
        pipeline: 'Sales',
        stage: 'Negotiation',
      });
      expect(madeAt(log, '/api/v2/stages').last).toBeLessThan(madeAt(log, '/api/v2/deals').first);
      expect(seen.all('deal').filter((deal) => seen.stageOf(deal).pipeline === 'Pipeline')).toEqual([]);
    },
  },
];

/** S-23: pipelines and stages. */
export const stageRules: readonly LandedRule[] = [
  {
    rule: 'S-23(a)',
    says: 'the pipelines and stages of the account are those that the deals name',
    holds: ({ seen }) => {
      expect(
        seen
          .list('pipelines')
          .map(({ name }) => String(name))
          .toSorted(),
      ).toEqual(['Enterprise Sales', 'Pipeline', 'Sales']);
      expect(seen.stages('Sales').map(({ name }) => name)).toContain('Teklif Gönderildi');
    },
  },
  {
    rule: 'S-23(b)',
    says: 'stages have their names, their probabilities and the order of the way to the deal',
    holds: ({ seen }) => {
      const stages = seen.stages('Sales');
      expect(stages).toEqual(
        expect.arrayContaining([
          { name: 'Proposal Sent', probability: 60 },
          { name: 'Teklif Gönderildi', probability: 65 },
          { name: 'Negotiation', probability: 80 },
        ]),
      );
      const probabilities = stages.map(({ probability }) => Number(probability));
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b));
      expect(seen.list('pipelines').find(({ name }) => name === 'Sales')).toMatchObject({
        is_deal_probability_enabled: true,
      });
    },
  },
  {
    rule: 'S-23(c)',
    says: 'a stage with a name of its own has a stage of that name; another spelling of a stage has none (DQ-05)',
    holds: ({ seen }) => {
      expect(seen.stageOf(seen.made('deal', 'D-90011'))).toMatchObject({
        stage: 'Teklif Gönderildi',
        probability: 65,
      });
      expect(seen.stageOf(seen.made('deal', 'D-90012'))).toMatchObject({ stage: 'Proposal Sent' });
      expect(seen.stages('Sales').filter(({ name }) => /proposal/i.test(String(name)))).toHaveLength(1);
    },
  },
];
