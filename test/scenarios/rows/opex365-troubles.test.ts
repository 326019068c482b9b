import type { DataverseEmulator } from 'landfall-emulators/dataverse/emulator.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Ports, systemPorts } from '../../../packages/landfall/src/base/ports.ts';
import type { Progress } from '../../../packages/landfall/src/phases/context.ts';
import { decimal, landOpex, linesAbout, type OpexLanded, rowsOf } from './opex365-landed.ts';

// A whole migration in one process: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

const storm = 12;
let landed: OpexLanded;
let asked: () => readonly { readonly path: string; readonly status: number }[] = () => [];

/** Nobody waits: time passes by itself. */
function hasty(): Ports {
  const { clock, ...ports } = systemPorts();
  let waitedMs = 0;
  return {
    ...ports,
    clock: {
      nowMs: () => clock.nowMs() + waitedMs,
      monotonicMs: () => clock.monotonicMs() + waitedMs,
      sleep: async (ms) => {
        waitedMs += ms;
        await clock.sleep(0);
      },
    },
  };
}

/** When the accounts have been read the table of contacts gets another name, and a storm of refusals begins. */
function meanwhile({ phase, subject, done }: Progress, { control }: DataverseEmulator): void {
  asked = () => control.log();
  if (phase !== 'discover' || subject !== 'account' || done === 0) return;
  const renamed = control.extra('switches', {}) as { readonly renamedSets: Readonly<Record<string, string>> };
  if (renamed.renamedSets['contact'] !== undefined) return;
  control.extra('switches', { renamedSets: { contact: 'people' } });
  control.faults({ rules: [{ kind: 'status-429', path: '/api/**', count: storm }] });
}

beforeAll(async () => {
  landed = await landOpex({
    records: 60,
    switches: {
      unreadableTables: ['quote'],
      untrackedTables: ['account'],
      refusedCookiePage: 2,
      lyingSizes: true,
    },
    settings: ', limits: { pageRows: 20 }',
    ports: hasty(),
    meanwhile,
  });
});

afterAll(async () => {
  await landed?.end();
});

/** What the first issue of a code says, with its place and what to do. */
function issueOf(code: string): string {
  const issue = landed.issues.find((one) => one.code === code);
  return issue === undefined ? '' : `${issue.at}: ${issue.message} ${issue.hint}`;
}

describe('an organisation with every trouble at once: each is a clear line, and nothing else is lost (O-07, O-10, O-11)', () => {
  it('a table without the right to read it is named, with the role that is missing', () => {
    expect(issueOf('no-right')).toMatch(/^quote: .*prvRead.*role/);
    expect(landed.sources['quote']).toBeUndefined();
  });

  it('tables whose changes are not tracked are named, with what to turn on', () => {
    expect(issueOf('tracking-off')).toMatch(/account.*Track changes/);
  });

  it('a table renamed in the middle, refused cookies and a storm of 429 cost no record and make none twice', () => {
    expect(asked().filter(({ status }) => status === 429)).toHaveLength(storm);
    const names = asked().flatMap(
      ({ path }) => /\/(contacts|people)\?.*(?:orderby=contactid|skiptoken)/.exec(path)?.[1] ?? [],
    );
    expect(new Set(names)).toEqual(new Set(['contacts', 'people']));
    for (const [entity, row] of Object.entries(landed.sources)) {
      if (entity === 'bundlecomponent') continue;
      expect([entity, row.extracted]).toEqual([entity, landed.world.count(entity)]);
      const booked = (row.excluded ?? 0) + (row.rejected ?? 0) + (row.mapped ?? 0);
      expect([entity, booked]).toEqual([entity, row.extracted]);
    }
    expect(Object.keys(landed.sources).length).toBeGreaterThan(25);
  });

  it('a file that lies about its size is a line with both sizes; all other files arrive', () => {
    const { world } = landed;
    const failed = landed.rejects.filter(({ reason }) => reason.includes('the source says'));
    expect(failed.length).toBe(landed.status.ledger['file']?.failed);
    const mails = rowsOf(world, 'activitymimeattachment');
    const lying = mails.filter((row) => row % 3 === 1);
    for (const row of mails) {
      const told = linesAbout(landed, 'activitymimeattachment', row)
        .map(({ reason }) => reason)
        .join(' ');
      const size = decimal(world.value('activitymimeattachment', row, 'filesize'), 0);
      if (lying.includes(row))
        expect(told).toContain(`the source says ${size + 1_000} bytes, but ended after ${size}`);
      else expect(told).not.toContain('the source says');
    }
  });

  it('the books balance, and what was written is verified', () => {
    for (const [entity, row] of Object.entries(landed.status.ledger)) {
      expect(row.drafted, entity).toBe(row.created + row.matched + row.updated + row.skipped + row.failed);
      expect(row.created, entity).toBe(row.verified);
      expect(row.diverged + row.inDoubt, entity).toBe(0);
      if (entity !== 'file') expect([entity, row.failed]).toEqual([entity, 0]);
    }
  });
});
