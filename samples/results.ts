import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWorkbook } from '../packages/landfall/src/files/xlsx-writing.ts';
import { plantedResultsCases } from './results-cases.ts';
import { writeSampleFiles } from './results-files.ts';
import { sampleReps } from './results-people.ts';
import { plantedResults } from './results-planted.ts';
import {
  opportunityStages,
  ordinaryResults,
  type ResultsSizes,
  type ResultsTable,
  type ResultsTables,
} from './results-rows.ts';
import { type FileForm, type Row, writeTable } from './table-writer.ts';
import { Dice, type PlantedCase } from './world.ts';

/** What to make; left out: seed 1 and a firm of about 6,500 records. */
export interface ResultsOptions extends Partial<ResultsSizes> {
  readonly seed?: number;
}

/** What a reader of the export must find. */
export interface ResultsManifest {
  readonly seed: number;
  /** Data rows of each table. */
  readonly rows: Readonly<Record<ResultsTable, number>>;
  readonly cases: readonly PlantedCase[];
}

const usualSizes: ResultsSizes = {
  companies: 500,
  contacts: 1_500,
  deals: 700,
  activities: 1_800,
  notes: 250,
  products: 60,
  lines: 700,
  invoices: 250,
  workOrders: 120,
  documents: 80,
  photos: 200,
};

/** As a Windows program in the United States writes files. */
const form: FileForm = { delimiter: ',', encoding: 'windows-1252', lineEnds: ['\r\n'] };
const folderOfFiles = 'field-service';
const inWorkbooks: readonly ResultsTable[] = ['products', 'work-orders'];

/**
 * Writes the export of a made-up firm that ran on Results into `directory`: tables in Windows-1252 and US formats, three
 * workbooks, a list of QuickBooks customers beside them, and the folder `field-service` with a manifest, photos,
 * signatures and the documents of the file share. The same seed and sizes give the same rows.
 */
export async function writeResultsExport(
  directory: string,
  options: ResultsOptions = {},
): Promise<ResultsManifest> {
  const { seed = 1, ...sizes } = options;
  const tables = withPlanted(ordinaryResults(new Dice(seed), { ...usualSizes, ...sizes }));
  const files = join(directory, folderOfFiles);
  await mkdir(files, { recursive: true });
  for (const name of Object.keys(tables) as ResultsTable[]) {
    const folder = name === 'manifest' ? files : directory;
    if (tables[name].length === 0) continue;
    if (inWorkbooks.includes(name)) await writeSheet(join(folder, `${name}.xlsx`), name, tables[name]);
    else await writeTable(join(folder, `${name}.csv`), headerOf(tables[name]), tables[name], form);
  }
  await writeTable(join(directory, 'stages.csv'), headerOf(stageRows), stageRows, form);
  await writeSheet(join(directory, 'sales-reps.xlsx'), 'sales-reps', repRows);
  await writeSampleFiles(files, tables.manifest, tables.documents);
  return { seed, rows: countsOf(tables), cases: plantedResultsCases };
}

function withPlanted(tables: ResultsTables): ResultsTables {
  const names = Object.keys(tables) as ResultsTable[];
  return Object.fromEntries(
    names.map((name) => [name, [...tables[name], ...plantedResults[name]]]),
  ) as unknown as ResultsTables;
}

const stageRows: readonly Row[] = [
  ...opportunityStages.map(([stage, percent], at) => ({
    Stage: stage,
    'Sort Order': String(at + 1),
    'Stage %': String(percent),
    Meaning: '',
  })),
  { Stage: 'On Hold', 'Sort Order': '5', 'Stage %': '40', Meaning: '' },
  { Stage: 'Won', 'Sort Order': '8', 'Stage %': '100', Meaning: 'Won' },
  { Stage: 'Lost', 'Sort Order': '9', 'Stage %': '0', Meaning: 'Lost' },
];

const repRows: readonly Row[] = sampleReps.map(({ initials, name, email, active }) => ({
  Initials: initials,
  Name: name,
  'E-mail': email,
  Active: active ? 'Yes' : 'No',
}));

function headerOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

async function writeSheet(path: string, name: string, rows: readonly Row[]): Promise<void> {
  const header = headerOf(rows);
  await writeWorkbook(path, [{ name, header, rows: rows.map((row) => header.map((one) => row[one] ?? '')) }]);
}

function countsOf(tables: ResultsTables): Readonly<Record<ResultsTable, number>> {
  const names = Object.keys(tables) as ResultsTable[];
  return Object.fromEntries(names.map((name) => [name, tables[name].length])) as Record<ResultsTable, number>;
}
