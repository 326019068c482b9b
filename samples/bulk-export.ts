import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { streamTable } from './table-writer.ts';
import { sampleUsers } from './users.ts';
import { Dice, idOf, iso } from './world.ts';

/** How much to write. */
export interface BulkOptions {
  /** All records together: 20 % companies, 50 % contacts, 30 % deals. */
  readonly records: number;
  readonly seed: number;
}

/** What was written. */
export interface BulkCounts {
  readonly companies: number;
  readonly contacts: number;
  readonly deals: number;
}

const companyHeader = [
  'Company ID',
  'Company Name',
  'Domain',
  'City',
  'Country',
  'Industry',
  'Owner',
  'Tags',
  'Created At',
];
const contactHeader = [
  'Contact ID',
  'First Name',
  'Last Name',
  'Email',
  'Phone',
  'Job Title',
  'Company ID',
  'Owner',
  'Tags',
  'Created At',
];
const dealHeader = [
  'Deal ID',
  'Deal Name',
  'Pipeline',
  'Stage',
  'Amount',
  'Currency',
  'Close Date',
  'Status',
  'Company ID',
  'Contact Name',
  'Owner',
  'Created At',
];

/**
 * Writes a large, clean export for measuring: companies.csv, contacts.csv, deals.csv. Streams, so memory stays flat;
 * the same options give the same bytes. Makes the directory; overwrites files of the same names.
 */
export async function writeBulkExport(
  directory: string,
  { records, seed }: BulkOptions,
): Promise<BulkCounts> {
  const companies = Math.round(records * 0.2);
  const contacts = Math.round(records * 0.5);
  const counts = { companies, contacts, deals: records - companies - contacts };
  await mkdir(directory, { recursive: true });
  await streamTable(join(directory, 'companies.csv'), companyHeader, companyRows(new Dice(seed), counts));
  await streamTable(join(directory, 'contacts.csv'), contactHeader, contactRows(new Dice(seed + 1), counts));
  await streamTable(join(directory, 'deals.csv'), dealHeader, dealRows(new Dice(seed + 2), counts));
  return counts;
}

function* companyRows(dice: Dice, { companies }: BulkCounts): Iterable<readonly string[]> {
  for (let at = 1; at <= companies; at += 1) {
    const owner = dice.owner().email;
    const tags = dice.chance(30) ? dice.pick(['VIP', 'Partner', 'VIP, Partner']) : '';
    yield [
      idOf('C', at),
      `Company ${at} Ltd.`,
      `company${at}.example`,
      'London',
      'United Kingdom',
      dice.pick(['Software', 'Food', 'Energy']),
      owner,
      tags,
      iso(dice.day()),
    ];
  }
}

function* contactRows(dice: Dice, { companies, contacts }: BulkCounts): Iterable<readonly string[]> {
  for (let at = 1; at <= contacts; at += 1) {
    const company = dice.int(1, Math.max(1, companies));
    const phone = `+4420794609${String(at % 100).padStart(2, '0')}`;
    yield [
      idOf('P', at),
      'Given',
      `Family${at}`,
      `given.family${at}@company${company}.example`,
      phone,
      'Buyer',
      idOf('C', company),
      dice.owner().email,
      '',
      iso(dice.day()),
    ];
  }
}

const stages = ['Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost'] as const;

function* dealRows(dice: Dice, { companies, contacts, deals }: BulkCounts): Iterable<readonly string[]> {
  for (let at = 1; at <= deals; at += 1) {
    const stage = dice.pick(stages);
    const status = stage === 'Won' || stage === 'Lost' ? stage : 'Open';
    const contact = dice.int(1, Math.max(1, contacts));
    yield [
      idOf('D', at),
      `Deal ${at}`,
      'Sales',
      stage,
      `${dice.int(100, 99_999)}.50`,
      'EUR',
      iso(dice.day()),
      status,
      idOf('C', dice.int(1, Math.max(1, companies))),
      `Given Family${contact}`,
      dice.owner().email,
      iso(dice.day()),
    ];
  }
}

/** The owners a bulk export names: all active users of the sample. */
export const bulkOwners: readonly string[] = sampleUsers
  .filter(({ active }) => active)
  .map(({ email }) => email);
