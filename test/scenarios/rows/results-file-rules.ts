import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { blockOf } from '../account-view.ts';
import type { ResultsLanded, ResultsRule } from './results-landed.ts';

function fileNamed({ seen }: ResultsLanded, name: string): Readonly<Record<string, unknown>> {
  const found = seen.list('files').filter((file) => file['name'] === name);
  expect(found, name).toHaveLength(1);
  return found[0] ?? {};
}

function sha256Of({ workspace }: ResultsLanded, path: string): string {
  const bytes = readFileSync(join(workspace.directory, 'export', 'field-service', path));
  return createHash('sha256').update(bytes).digest('hex');
}

/** attachments; R-09: Field Service: what was verified and what stays behind. */
export const resultsFileRules: readonly ResultsRule[] = [
  {
    rule: 'R-27(a)',
    says: 'documents of a company, a person and a deal are files there, byte for byte',
    holds: (landed) => {
      const { seen } = landed;
      const plan = fileNamed(landed, 'floor plan.pdf');
      expect(plan['org_id']).toBe(seen.made('organization', '90001').id);
      expect(plan['sha256']).toBe(sha256Of(landed, 'Documents/90001/floor plan.pdf'));
      expect(fileNamed(landed, 'card.jpg')['person_id']).toBe(seen.made('person', '91001').id);
      expect(fileNamed(landed, 'contract.pdf')['deal_id']).toBe(seen.made('deal', '92001').id);
    },
  },
  {
    rule: 'R-27(b)',
    says: 'sizes and types are looked at in the export, before anything moves',
    holds: ({ report }) => {
      const scope = report('scope.md');
      expect(scope).toMatch(/"video\.mp4" is larger than can be handed over/);
      expect(scope).toMatch(/"setup\.exe" has a type that is refused/);
      expect(scope).toMatch(/"login\.jpg" has a type that is refused or that its content does not have/);
    },
  },
  {
    rule: 'R-27(c)',
    says: 'files that need another way are listed with it, and a note on the record says where they lie',
    holds: ({ seen, report }) => {
      const note = seen.text('notes', 'lost.pdf');
      expect(note['deal_id']).toBe(seen.made('deal', '92001').id);
      expect(blockOf(note)).toMatchObject({
        'Where it lies': 'C:\\Users\\jq\\Desktop\\lost.pdf',
        Why: 'missing',
        'What to do': 'Find the file and upload it here.',
      });
      const list = report('attachments.csv');
      for (const name of ['video.mp4', 'setup.exe', 'login.jpg', 'lost.pdf', 'signature.isf'])
        expect(list, name).toContain(name);
      expect(list).not.toContain('floor plan.pdf');
    },
  },
  {
    rule: 'R-09',
    says: 'photos and signatures come out of their folder onto the work order, its project and its company',
    holds: (landed) => {
      const { seen } = landed;
      const photo = fileNamed(landed, 'before.jpg');
      expect(photo).toMatchObject({
        activity_id: seen.activity('WO-9001: Hang the taps')['id'],
        deal_id: seen.made('deal', '92001').id,
        org_id: seen.made('organization', '90001').id,
        sha256: sha256Of(landed, 'WO-9001/before.jpg'),
      });
      expect(fileNamed(landed, 'signature.png')['activity_id']).toBe(photo['activity_id']);
      expect(fileNamed(landed, 'portrait.jpg')['person_id']).toBe(seen.made('person', '91001').id);
      // One picture of two records is there twice: its deal, with the deal’s company, and a company by itself.
      const after = seen.list('files').filter(({ name }) => name === 'after.jpg');
      expect(after.map((one) => [one['deal_id'] ?? null, one['org_id'] ?? null])).toEqual([
        [seen.made('deal', '92002').id, seen.made('organization', '90003').id],
        [null, seen.made('organization', '90003').id],
      ]);
      expect(fileNamed(landed, 'site.jpg')['org_id']).toBe(seen.made('organization', '90003').id);
    },
  },
  {
    rule: 'R-09',
    says: 'a path out of the folder opens nothing, and an empty file is no file',
    holds: ({ seen, report }) => {
      const names = seen.list('files').map(({ name }) => name);
      expect(names).not.toContain('passwd');
      expect(names).not.toContain('empty.jpg');
      expect(report('quality.csv')).toMatch(/passwd.* leads out of the folder of files/);
      expect(blockOf(seen.text('notes', 'never-uploaded.jpg'))['Why']).toBe('missing');
    },
  },
  {
    rule: 'R-01',
    says: 'the scope says of every table what was there against what was to be expected',
    holds: ({ report }) => {
      const scope = report('scope.md');
      expect(scope).toMatch(
        /deals against what was to be expected: Every field that was to be expected is there/,
      );
      expect(scope).toMatch(/documents names 11 files/);
      expect(scope).toMatch(
        /1 row of projects\.csv names 1 companies id in "Contact ID" that no table holds: 99999/,
      );
    },
  },
  {
    rule: 'R-02',
    says: 'what has no equivalent is a question, and what is no table of the suite is told',
    holds: ({ questions, report }) => {
      const asked = questions.filter(({ kind }) => kind === 'custom-entity' || kind === 'unmapped-entity');
      expect(asked.map(({ subject }) => subject)).toEqual(['timesheets']);
      expect(report('scope.md')).toMatch(/Timesheet/);
    },
  },
  {
    rule: 'R-05',
    says: 'rules of the suite are told with their evidence, and none is rebuilt',
    holds: ({ log, report }) => {
      expect(report('automations.csv')).toMatch(/Stage makes an opportunity a project/);
      expect(log.filter(({ path }) => /automation|workflow|webhook/i.test(path))).toEqual([]);
    },
  },
];
