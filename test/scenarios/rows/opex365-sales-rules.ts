import type { Value } from 'landfall-emulators/dataverse/world/content.ts';
import { expect } from 'vitest';
import { blockOf } from '../account-view.ts';
import type { SnapshotRecord } from '../support/emulator.ts';
import {
  decimal,
  leadsTo,
  madeOf,
  type OpexLanded,
  type OpexRule,
  personOfLead,
  rowAt,
  rowsOf,
  rowWhere,
} from './opex365-landed.ts';

/** O-22: opportunities become deals. */
export const opportunityRules: readonly OpexRule[] = [
  {
    rule: 'O-22(a)',
    says: 'each sales process is a pipeline with its stages in order, and each opportunity stands in that of its process',
    holds: (landed) => {
      const { world, seen } = landed;
      const names = (pipeline: string) => seen.stages(pipeline).map(({ name }) => name);
      expect(names('Opportunity Sales Process')).toEqual(['Qualify', 'Develop', 'Propose', 'Close']);
      expect(names('Lead To Opportunity Sales Process')).toEqual(['Qualify', 'Develop', 'Propose', 'Close']);
      expect(names('Renewal Process')).toEqual(['Hazırlık', 'Görüşme', 'İmza']);
      for (const row of rowsOf(world, 'opportunity')) {
        const process = world.indexOf('workflow', String(world.value('opportunity', row, 'processid')));
        const { pipeline } = seen.stageOf(madeOf(landed, 'opportunity', row));
        if (inRenewal(landed, row)) continue;
        expect(pipeline, `opportunity ${row}`).toBe(world.value('workflow', process ?? -1, 'name'));
      }
    },
  },
  {
    rule: 'O-22(a)',
    says: 'an opportunity in two processes stands in one of them and names the other',
    holds: (landed) => {
      const row = rowWhere(landed.world, 'opportunity', (one) => inRenewal(landed, one));
      const deal = madeOf(landed, 'opportunity', row);
      const both = `${landed.seen.stageOf(deal).pipeline} ${deal.custom['Other processes']}`;
      expect(both).toContain('Renewal Process');
      expect(both).toMatch(/Sales Process/);
    },
  },
  {
    rule: 'O-22(b)',
    says: 'the stage is that of the process, not the stale one of the record; the map lists each stage with the source’s name',
    holds: (landed) => {
      const { world, seen, mapping } = landed;
      const stages = rowsOf(world, 'opportunity').filter((row) => !inRenewal(landed, row));
      let disagreeing = 0;
      for (const row of stages) {
        const stage = world.indexOf('processstage', String(world.value('opportunity', row, 'stageid'))) ?? -1;
        const { stage: landedIn } = seen.stageOf(madeOf(landed, 'opportunity', row));
        expect(landedIn, `opportunity ${row}`).toBe(world.value('processstage', stage, 'stagename'));
        if (
          world.value('processstage', stage, 'stagecategory') !==
          world.value('opportunity', row, 'salesstage')
        )
          disagreeing += 1;
      }
      expect(disagreeing).toBeGreaterThan(2);
      expect(mapping).toMatch(/name: Propose[\s\S]{0,80}from: \[? ?\n?[- ]*"?Propose/);
    },
  },
  {
    rule: 'O-22(c)',
    says: 'amount with its currency, probability and estimated close date are the deal’s own',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(
        world,
        'opportunity',
        (one) => one > 10 && world.value('opportunity', one, 'statecode') === 0,
      );
      const deal = madeOf(landed, 'opportunity', row);
      expect(deal['value']).toBe(decimal(world.value('opportunity', row, 'estimatedvalue'), 4));
      expect(deal['currency']).toBe(currencyOf(landed, 'opportunity', row));
      expect(deal['probability']).toBe(world.value('opportunity', row, 'closeprobability'));
      expect(deal['expected_close_date']).toBe(world.value('opportunity', row, 'estimatedclosedate'));
      expect(deal['status']).toBe('open');
    },
  },
  {
    rule: 'O-22(c)',
    says: 'won and lost ones say so, with the day they closed; a lost one says why',
    holds: (landed) => {
      const { world } = landed;
      const closed = (state: number) =>
        rowWhere(
          world,
          'opportunity',
          (one) => one > 8 && world.value('opportunity', one, 'statecode') === state,
        );
      const won = madeOf(landed, 'opportunity', closed(1));
      expect(won['status']).toBe('won');
      expect(dayIn(won['won_time'])).toBe(world.value('opportunity', closed(1), 'actualclosedate'));
      expect(won['value']).toBe(decimal(world.value('opportunity', closed(1), 'actualvalue'), 4));
      const lost = madeOf(landed, 'opportunity', closed(2));
      expect(lost['status']).toBe('lost');
      expect(dayIn(lost['lost_time'])).toBe(world.value('opportunity', closed(2), 'actualclosedate'));
      expect(lost['lost_reason']).toMatch(/Canceled|Out-Sold/);
    },
  },
  {
    rule: 'O-22(c)',
    says: 'a deal with products has their sum for its value; the estimate stays beside, in its currency and with the rate of its day',
    holds: (landed) => {
      const { world } = landed;
      const deal = madeOf(landed, 'opportunity', 0);
      const estimate = decimal(world.value('opportunity', 0, 'estimatedvalue'), 4);
      expect(deal.custom['Estimated Revenue']).toEqual({
        value: estimate,
        currency: currencyOf(landed, 'opportunity', 0),
      });
      expect(deal['currency']).toBe(currencyOf(landed, 'opportunity', 0));
      const row = rowWhere(world, 'opportunity', (one) => currencyOf(landed, 'opportunity', one) !== 'EUR');
      expect(madeOf(landed, 'opportunity', row).custom['Exchange Rate']).toBe(
        decimal(world.value('opportunity', row, 'exchangerate'), 10),
      );
    },
  },
];

/** O-23: leads. */
export const leadRules: readonly OpexRule[] = [
  {
    rule: 'O-23(a)',
    says: 'a lead is a lead with its topic, estimate, person and status as a label',
    holds: (landed) => {
      const { world, seen } = landed;
      const lead = leadOf(landed, 2);
      expect(lead).toMatchObject({
        title: 'Inquiry 3',
        value: {
          amount: decimal(world.value('lead', 2, 'estimatedamount'), 4),
          currency: currencyOf(landed, 'lead', 2),
        },
      });
      expect(lead['person_id']).toBe(personOfLead(landed, 2).id);
      const labels = seen
        .list('leadLabels')
        .filter(({ id }) => (lead['label_ids'] as unknown[]).includes(id));
      expect(labels.map(({ name }) => name)).toHaveLength(1);
    },
  },
  {
    rule: 'O-23(b)',
    says: 'a lead that became an opportunity is neither a lead nor a second deal: its history is a note on that deal',
    holds: (landed) => {
      const { world, seen } = landed;
      for (const opportunity of rowsOf(world, 'opportunity').filter((row) => row % 7 === 0)) {
        const lead = rowAt(world, 'lead', world.value('opportunity', opportunity, 'originatingleadid'));
        expect(seen.has('deal', world.id('lead', lead)), `lead ${lead}`).toBe(false);
        expect(leadsMade(landed, lead)).toEqual([]);
        const deal = madeOf(landed, 'opportunity', opportunity);
        const note = seen
          .list('notes')
          .find(
            ({ deal_id, content }) =>
              deal_id === deal.id && String(content).includes(`<b>Lead:</b> Inquiry ${lead + 1}<`),
          );
        expect(note, `lead ${lead}`).toBeDefined();
        expect(blockOf(note ?? {})).toMatchObject({ Company: world.value('lead', lead, 'companyname') });
      }
    },
  },
  {
    rule: 'O-23(b)',
    says: 'one that was qualified without an opportunity is a deal of its own',
    holds: (landed) => {
      const { world, seen } = landed;
      const became = new Set(
        rowsOf(world, 'opportunity')
          .map((row) => world.value('opportunity', row, 'originatingleadid'))
          .flatMap((ref) => (leadsTo(ref, 'lead') ? [rowAt(world, 'lead', ref)] : [])),
      );
      const row = rowWhere(
        world,
        'lead',
        (one) => world.value('lead', one, 'statecode') === 1 && !became.has(one),
      );
      expect(seen.made('deal', world.id('lead', row))).toMatchObject({
        title: `Inquiry ${row + 1}`,
        status: 'open',
      });
      expect(leadsMade(landed, row)).toEqual([]);
    },
  },
  {
    rule: 'O-23(b)',
    says: 'what was about such a lead hangs on the deal it became',
    holds: (landed) => {
      const { world, seen } = landed;
      const tables = ['phonecall', 'email', 'task', 'appointment'] as const;
      const found = tables.flatMap((table) =>
        rowsOf(world, table).flatMap((row) => {
          const about = world.value(table, row, 'regardingobjectid');
          if (!leadsTo(about, 'lead')) return [];
          const lead = rowAt(world, 'lead', about);
          return world.value('lead', lead, 'statecode') === 1 ? [{ table, row, lead }] : [];
        }),
      );
      const notes = rowsOf(world, 'annotation').filter((row) => {
        const about = world.value('annotation', row, 'objectid');
        return leadsTo(about, 'lead') && world.value('lead', rowAt(world, 'lead', about), 'statecode') === 1;
      });
      expect(found.length + notes.length).toBeGreaterThan(0);
      for (const { table, row, lead } of found) {
        const created = stamp(world.createdMs(table, row));
        const activity = seen.list('activities').find(({ note }) => String(note).includes(created));
        expect(activity?.['deal_id'], `${table} ${row}`).toBe(dealOfLead(landed, lead));
      }
      for (const row of notes) {
        const created = stamp(world.createdMs('annotation', row));
        const lead = rowAt(world, 'lead', world.value('annotation', row, 'objectid'));
        const made = [...seen.list('activities'), ...seen.list('files')].filter(
          (one) =>
            String(one['note']).includes(created) ||
            one['name'] === world.value('annotation', row, 'filename'),
        );
        expect(made.length).toBeGreaterThan(0);
        for (const one of made) expect(one['deal_id'], `note ${row}`).toBe(dealOfLead(landed, lead));
      }
    },
  },
];

function inRenewal({ world }: OpexLanded, opportunity: number): boolean {
  return rowsOf(world, 'new_bpf_renewal').some(
    (row) =>
      rowAt(world, 'opportunity', world.value('new_bpf_renewal', row, 'bpf_opportunityid')) === opportunity,
  );
}

function currencyOf({ world }: OpexLanded, table: string, row: number): Value {
  const at = rowAt(world, 'transactioncurrency', world.value(table, row, 'transactioncurrencyid'));
  return world.value('transactioncurrency', at, 'isocurrencycode');
}

/** The day of a time in Istanbul, where the company is. */
function dayIn(time: unknown): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Istanbul' }).format(new Date(String(time)));
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function leadsMade({ seen, world }: OpexLanded, row: number): readonly SnapshotRecord[] {
  return seen.list('leads').filter((lead) => JSON.stringify(lead).includes(world.id('lead', row)));
}

function leadOf(landed: OpexLanded, row: number): SnapshotRecord {
  const [lead, ...others] = leadsMade(landed, row);
  if (lead === undefined || others.length > 0) throw new Error(`not one lead of row ${row}`);
  return lead;
}

/** The deal a qualified lead is: the opportunity's, else its own. */
function dealOfLead(landed: OpexLanded, lead: number): number {
  const { world, seen } = landed;
  const opportunity = rowsOf(world, 'opportunity').find((row) => {
    const from = world.value('opportunity', row, 'originatingleadid');
    return leadsTo(from, 'lead') && rowAt(world, 'lead', from) === lead;
  });
  return opportunity === undefined
    ? seen.made('deal', world.id('lead', lead)).id
    : madeOf(landed, 'opportunity', opportunity).id;
}
