import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ordinaryTables, type Sizes, type Tables } from './ordinary-rows.ts';
import { plantedCases, plantedTables } from './planted-rows.ts';
import { type FileForm, type Row, writeTable } from './table-writer.ts';
import { Dice, type PlantedCase } from './world.ts';

/** What to make; left out: seed 1 and a company of about 400 companies and 2,200 contacts, without leads. */
export interface SampleOptions extends Partial<Sizes> {
  readonly seed?: number;
}

/** What a reader of the sample must find. */
export interface SampleManifest {
  readonly seed: number;
  /** Data rows of each entity, unreadable and duplicate ones included. */
  readonly rows: { readonly [Name in keyof Tables]: number };
  /** Rows that cannot be read (the last line of activities.csv breaks off). */
  readonly unreadable: { readonly [Name in keyof Tables]: number };
  /** Rows whose id an earlier row has. */
  readonly duplicateIds: { readonly [Name in keyof Tables]: number };
  /** Files by name, with what they are; null: not a table of the CRM. */
  readonly files: Readonly<Record<string, keyof Tables | null>>;
  readonly cases: readonly PlantedCase[];
}

const usualSizes: Sizes = {
  companies: 400,
  contacts: 2_200,
  deals: 900,
  activities: 3_500,
  notes: 900,
  leads: 0,
};

/** Each file is dirty in a way of its own. */
const forms: { readonly [Name in keyof Tables]: FileForm } = {
  companies: { delimiter: ';', encoding: 'windows-1254', lineEnds: ['\r\n'] },
  contacts: { delimiter: ',', encoding: 'utf-8-bom', lineEnds: ['\n', '\r\n', '\n', '\n'] },
  deals: { delimiter: ';', encoding: 'utf-8', lineEnds: ['\r\n'], separatorLine: true },
  activities: { delimiter: ',', encoding: 'utf-8', lineEnds: ['\n'], cutChars: 40 },
  notes: { delimiter: '\t', encoding: 'utf-16le', lineEnds: ['\r\n'] },
  leads: { delimiter: ';', encoding: 'utf-8-bom', lineEnds: ['\n'] },
};

/** In the order of the export; the first row of a kind has them all. */
const activityHeader = [
  ...[
    'Activity ID',
    'Type',
    'Subject',
    'Body',
    'Start',
    'End',
    'Duration',
    'Direction',
    'Disposition',
    'Location',
  ],
  ...[
    'Attendees',
    'Due Date',
    'Status',
    'Completed',
    'Completed At',
    'Contact ID',
    'Contact Name',
    'Deal ID',
  ],
  ...['Owner', 'Created At'],
];

/**
 * Writes the export of a made-up company that ran on Smart CRM Online, dirty as exports are, and says what is in it.
 * The same seed and sizes give the same bytes. Makes the directory; overwrites files of the same names.
 */
export async function writeSampleCompany(
  directory: string,
  options: SampleOptions = {},
): Promise<SampleManifest> {
  const { seed = 1, ...sizes } = options;
  const tables = withPlanted(ordinaryTables(new Dice(seed), { ...usualSizes, ...sizes }));
  await mkdir(directory, { recursive: true });
  for (const name of Object.keys(forms) as (keyof Tables)[]) {
    if (tables[name].length === 0) continue; // no page says that every account has leads
    await writeTable(join(directory, `${name}.csv`), headerOf(name, tables[name]), tables[name], forms[name]);
  }
  await writePriceList(directory);
  return manifestOf(seed, tables);
}

function withPlanted(tables: Tables): Tables {
  return {
    companies: [...tables.companies, ...plantedTables.companies],
    contacts: [...tables.contacts, ...plantedTables.contacts],
    deals: [...tables.deals, ...plantedTables.deals],
    // One more, whose line breaks off.
    activities: [...tables.activities, ...plantedTables.activities, brokenRow],
    notes: [...tables.notes, ...plantedTables.notes],
    leads: tables.leads.length === 0 ? [] : [...tables.leads, ...plantedTables.leads],
  };
}

/** The file ends inside this row, before its fourth cell is whole. */
const brokenRow: Row = {
  'Activity ID': 'A-99999',
  Type: 'Call',
  Subject: 'Yarım kalan satır',
  Body: 'x'.repeat(40),
};

function headerOf(name: keyof Tables, rows: readonly Row[]): readonly string[] {
  if (name === 'activities') return activityHeader;
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** A table that no CRM entity fits: it must be listed and left alone. */
async function writePriceList(directory: string): Promise<void> {
  const form: FileForm = { delimiter: ',', encoding: 'utf-8', lineEnds: ['\n'] };
  const rows = [
    { SKU: 'LF-1', 'List Price': '100', Unit: 'piece' },
    { SKU: 'LF-2', 'List Price': '250', Unit: 'box' },
  ];
  await writeTable(join(directory, 'price-list.csv'), ['SKU', 'List Price', 'Unit'], rows, form);
}

function manifestOf(seed: number, tables: Tables): SampleManifest {
  const none = { companies: 0, contacts: 0, deals: 0, activities: 0, notes: 0, leads: 0 };
  return {
    seed,
    rows: {
      companies: tables.companies.length,
      contacts: tables.contacts.length,
      deals: tables.deals.length,
      activities: tables.activities.length,
      notes: tables.notes.length,
      leads: tables.leads.length,
    },
    unreadable: { ...none, activities: 1 },
    duplicateIds: { ...none, contacts: 1 },
    files: {
      'activities.csv': 'activities',
      'companies.csv': 'companies',
      'contacts.csv': 'contacts',
      'deals.csv': 'deals',
      'notes.csv': 'notes',
      ...(tables.leads.length === 0 ? {} : ({ 'leads.csv': 'leads' } as const)),
      'price-list.csv': null,
    },
    cases: plantedCases,
  };
}
