import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ports, systemPorts } from '../../../packages/landfall/src/base/ports.ts';
import { exitCodeOf, type MigrationError } from '../../../packages/landfall/src/model/error.ts';
import { type FileForm, type Row, writeTable } from '../../../samples/table-writer.ts';
import { sampleUsers } from '../../../samples/users.ts';
import { openScene, type Scene, type SceneOptions } from './crashes.ts';
import { startAccount } from './emulator.ts';
import { type Contents, contentsOf } from './oracle.ts';
import { advanceHere, makeWorkspace, planned, type Workspace } from './workspace.ts';

const form: FileForm = { delimiter: ',', encoding: 'utf-8', lineEnds: ['\n'] };
const industries = ['Bakery', 'Printing', 'Transport'];
const regions = ['Marmara', 'Ege', 'Akdeniz'];
const stages = ['Qualified', 'Proposal Sent', 'Negotiation'];
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const ownerOf = (at: number) => sampleUsers[at % 2]?.email ?? '';
const madeOn = (at: number) => `2023-03-${String(at + 1).padStart(2, '0')}`;

function companies(): readonly Row[] {
  return numbers(6).map((at) => ({
    'Company ID': `C-${at}`,
    'Company Name': `Firm ${at}`,
    Industry: industries[at % industries.length] ?? '',
    City: 'İzmir',
    Owner: ownerOf(at),
    'Created At': madeOn(at),
  }));
}

function contacts(): readonly Row[] {
  return numbers(9).map((at) => ({
    'Contact ID': `P-${at}`,
    'First Name': `Given${at}`,
    'Last Name': `Family${at}`,
    Email: `p${at}@firm${at % 6}.example`,
    'Company ID': `C-${at % 6}`,
    Owner: ownerOf(at),
    'Created At': madeOn(at),
  }));
}

function deals(): readonly Row[] {
  return numbers(9).map((at) => ({
    'Deal ID': `D-${at}`,
    'Deal Name': `Order ${at}`,
    Pipeline: 'Sales',
    Stage: stages[at % stages.length] ?? '',
    Amount: `${1_000 + at}`,
    Currency: 'TRY',
    Status: 'Open',
    Owner: ownerOf(at),
    'Company ID': `C-${at % 6}`,
    'Contact ID': `P-${at % 6}`,
    Region: regions[at % regions.length] ?? '',
    'Created At': madeOn(at),
  }));
}

function notes(): readonly Row[] {
  return numbers(6).map((at) => ({
    'Note ID': `N-${at}`,
    'Parent Type': 'Deal',
    'Parent ID': `D-${at}`,
    Content: `Said on the phone: ${at}`,
    Author: ownerOf(at),
    'Created At': madeOn(at),
  }));
}

/** A clean export of 30 records without a question worth asking: 6 companies, 9 contacts, 9 deals, 6 notes. */
async function writeSmallFirm(directory: string): Promise<void> {
  const tables = { companies: companies(), contacts: contacts(), deals: deals(), notes: notes() };
  for (const [name, rows] of Object.entries(tables))
    await writeTable(join(directory, `${name}.csv`), Object.keys(rows[0] ?? {}), rows, form);
}

/** A small firm's migration, planned and approved by nobody yet, and what an uninterrupted run of it leads to. */
export interface Rehearsed {
  readonly plannedAt: string;
  readonly contents: Contents;
  /** A fresh account and a copy of the planned workspace. */
  scene(options?: SceneOptions): Promise<Scene>;
  remove(): void;
}

/** In memory where there is such a place: what is proven here is not the speed of a disk. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Plans the small firm's migration and runs a copy of it to its end without a fault. */
export async function rehearse(given: SceneOptions = {}): Promise<Rehearsed> {
  const options = { ...given, place };
  const folder = mkdtempSync(join(place, 'landfall-firm-'));
  mkdirSync(join(folder, 'export'));
  await writeSmallFirm(join(folder, 'export'));
  const account = await startAccount(options.account);
  const workspace = await makeWorkspace(account, { ...options, from: folder });
  await planned(workspace);
  await account.close();
  const scene = (more: SceneOptions = {}) => openScene(workspace.directory, { ...options, ...more });
  const run = await scene();
  await advanceHere(run.workspace);
  const contents = contentsOf(run.account.snapshot());
  await run.end();
  return {
    plannedAt: workspace.directory,
    contents,
    scene,
    remove: () => {
      workspace.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How a command ended that could not go on. */
export interface Stopped {
  readonly exit: number;
  readonly error: MigrationError;
}

/** What `advance --approve-as tester` ends with when something stops it. Throws when nothing does. */
export async function stopped(workspace: Workspace, ports: Ports = systemPorts()): Promise<Stopped> {
  try {
    await advanceHere(workspace, 1, ports);
  } catch (error) {
    return { exit: exitCodeOf(error), error: error as MigrationError };
  }
  throw new Error('nothing stopped it');
}
