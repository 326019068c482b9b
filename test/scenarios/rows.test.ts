import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plantedCases } from '../../samples/planted-rows.ts';
import { AccountView } from './account-view.ts';
import { activityRules, noteRules } from './rows/activity-rules.ts';
import { dealRules, stageRules } from './rows/deal-rules.ts';
import { customFieldRules, labelRules, ownerRules } from './rows/label-rules.ts';
import { type Landed, type LandedRule, land, type Question } from './rows/landed.ts';
import { companyRules, contactRules } from './rows/record-rules.ts';
import { sourceRules } from './rows/source-rules.ts';
import { type EmulatedAccount, startAccount } from './support/emulator.ts';
import { advanceAll, makeWorkspace, must, planned, type Workspace } from './support/workspace.ts';

// Every command is a process of its own: on a busy machine a few of them take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let landed: Landed;

beforeAll(async () => {
  landed = await land();
});

afterAll(async () => {
  await landed?.account.close();
  landed?.workspace.remove();
});

const groups: readonly (readonly [string, readonly LandedRule[]])[] = [
  ['Smart CRM Online lands in Pipedrive: the source (S-02..S-06)', sourceRules],
  ['contacts become persons (S-20)', contactRules],
  ['companies become organizations (S-21)', companyRules],
  ['deals become deals (S-22)', dealRules],
  ['stages (S-23)', stageRules],
  ['activities (S-24..S-27)', activityRules],
  ['notes (S-28), as activities of a type named Note', noteRules],
  ['tags become labels (S-29)', labelRules],
  ['owners (S-30)', ownerRules],
  ['custom properties become custom fields (S-31)', customFieldRules],
];

describe.each(groups)('%s', (_title, rules) => {
  it.each(rules)('$rule: $says', ({ holds }) => holds(landed));
});

/** Rules that only the other answers show. */
const shownOnLite = ['S-29(d)', 'S-31(d)', 'S-31(e)', 'S-31(f)'];

describe('the same company on the plan Lite, with the other answers', () => {
  let lite: EmulatedAccount;
  let small: Workspace;
  let view: AccountView;
  let open: readonly Question[];
  let plan: { readonly destination: { readonly plan: string } };

  beforeAll(async () => {
    lite = await startAccount({ plan: 'lite' });
    small = await makeWorkspace(lite, {
      sample: { companies: 1, contacts: 1, deals: 24, activities: 1, notes: 1 },
      policies: 'inDoubtQuietSeconds: 1, budgetShare: 1, notesAs: note, tagsAs: review, duplicates: keep',
    });
    plan = must(await small.run(['check']), [0]).json as typeof plan;
    must(await small.run(['advance', '--to', 'plan']), [0, 3, 5]);
    open = must(await small.run(['queue']), [3]).json as readonly Question[];
    const tags = open.find(({ kind, id }) => kind === 'tags' && id.includes('contacts'));
    must(await small.run(['decide', tags?.id ?? 'none', 'field']), [0]);
    await planned(small);
    must(await small.run(advanceAll), [0, 5]);
    view = new AccountView(lite.snapshot());
  });

  afterAll(async () => {
    await lite?.close();
    small?.remove();
  });

  it('S-29(d): tags that may be segments are asked about; as a field they are a dropdown of several options', () => {
    expect(
      open.filter(({ kind }) => kind === 'tags').map(({ choices }) => choices.map(({ id }) => id)),
    ).toContainEqual(['labels', 'field']);
    expect(view.field('person', 'Tags').field_type).toBe('set');
    expect(view.made('person', 'P-90001').custom['Tags']).toEqual(
      expect.arrayContaining(['VIP', 'Newsletter']),
    );
    expect(view.made('person', 'P-90001').labels).toEqual([]);
  });

  it('S-31(d), S-31(f): a formula and a field of one pipeline are text fields on Lite, with a word about the plan they need', () => {
    for (const name of ['Weighted Value (formula)', 'Enterprise Sales: Legal Contact']) {
      expect(view.field('deal', name).field_type).toBe('varchar');
      const create = open
        .find(({ question }) => question.includes(`"${name}"`))
        ?.choices.find(({ id }) => id === 'create');
      expect(create?.consequence).toMatch(/upgrade/);
    }
    expect(view.made('deal', 'D-90001').custom['Weighted Value (formula)']).toBe('740,74');
    expect(view.made('deal', 'D-90001').custom['Enterprise Sales: Legal Contact']).toBe('Internal');
  });

  it('S-31(e): the plan tier is confirmed before any field is designed', () => {
    expect(plan.destination.plan.toLowerCase()).toBe('lite');
  });

  it('S-28(b), C-03: notesAs note makes Pipedrive’s own notes, with author and the time they were written', () => {
    const note = view.text('notes', '<b>önemli</b>');
    expect(note).toMatchObject({
      user_id: view.userId('selin.aksoy@sample.example'),
      person_id: view.made('person', 'P-90001').id,
      add_time: '2024-03-28T11:05:00Z',
    });
    expect(note['content']).toContain('<ul><li>bir</li><li>iki</li></ul>');
    expect(view.text('notes', 'Merhaba <b>dünya</b>')['content']).not.toMatch(/<script|onerror|javascript:/i);
  });

  it('DQ-02: duplicates: keep moves both companies of one domain', () => {
    expect(view.has('organization', 'C-90001') && view.has('organization', 'C-90002')).toBe(true);
    expect(open.filter(({ kind }) => kind === 'duplicates')).toEqual([]);
  });
});

describe('what was planted', () => {
  it('every rule of the seed that has a planted case is proven by a test of this file', () => {
    const planted = new Set(plantedCases.map(({ rule }) => rule).filter((rule) => rule.startsWith('S-')));
    const proven = new Set([
      ...groups.flatMap(([, rules]) => rules.flatMap(({ rule }) => rule.split(', '))),
      ...shownOnLite,
    ]);
    expect(planted.size).toBeGreaterThan(25);
    expect([...planted].filter((rule) => !proven.has(rule))).toEqual([]);
  });
});
