import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import type { Operation } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import { defaultPolicies } from '../../model/policy-table.ts';
import type { SourceRecord } from '../../model/source.ts';
import type { Link, TargetValue } from '../../model/target.ts';
import {
  type Bench,
  decide,
  draft,
  keepDrafts,
  link,
  openBench,
  record,
  type SampleDraft,
  sampleMapping,
} from '../phase-fixture.ts';
import { readValue, writeValue } from '../values.ts';
import { plan } from './plan.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

interface Sample {
  readonly record: SourceRecord;
  readonly drafts: readonly SampleDraft[];
}

function company(id: string, name: string, values: Record<string, TargetValue> = {}): Sample {
  const key = sourceKey('companies', id);
  return {
    record: record('companies', id, {
      name,
      ...(values.website ? { domain: values.website as string } : {}),
    }),
    drafts: [draft('organization', key, { name, ...values })],
  };
}

function contact(id: string, name: string, email: string | null, links: readonly Link[] = []): Sample {
  const emails = email === null ? [] : [{ value: email, label: 'work', primary: true }];
  return {
    record: record('contacts', id, { name, ...(email === null ? {} : { email }) }),
    drafts: [
      draft('person', sourceKey('contacts', id), { name, ...(email === null ? {} : { emails }) }, links),
    ],
  };
}

function deal(id: string, links: readonly Link[]): Sample {
  const key = sourceKey('deals', id);
  return {
    record: record('deals', id, { name: `Deal ${id}` }),
    drafts: [draft('deal', key, { title: `Deal ${id}` }, links)],
  };
}

const org = (tries: Parameters<typeof link>[2], more: Partial<Link> = {}) =>
  link('org_id', 'organization', tries, { whenMissing: 'review', ...more });
const person = (tries: Parameters<typeof link>[2]) =>
  link('person_id', 'person', tries, { within: 'org_id' });

/** Plans these records anew; policies and answers as given. */
async function planned(
  samples: readonly Sample[],
  policies: Partial<Policies> = {},
  answers: Record<string, string> = {},
) {
  await bench.close();
  bench = await openBench({ policies });
  return plannedHere(samples, answers);
}

async function plannedHere(samples: readonly Sample[], answers: Record<string, string> = {}) {
  await keepDrafts(
    bench,
    samples.map((one) => one.record),
    samples.flatMap((one) => one.drafts),
  );
  await decide(bench, answers);
  const { hash } = await plan(bench.context, sampleMapping);
  const operations = await bench.store.operationPage({}, 0, 1000);
  const of = (name: string): Operation => {
    const found = operations.find((one) => `${one.entity} ${one.key.split(':')[1]}` === name);
    if (found === undefined) throw new Error(`no operation for ${name}`);
    return found;
  };
  const linkOf = (name: string, field: string) => {
    const found = of(name).links.find((one) => one.field === field);
    return found === undefined ? null : [('key' in found.to && found.to.key) || found.to, found.evidence];
  };
  return {
    hash,
    operations,
    of,
    linkOf,
    questions: await bench.store.questions(),
    rejects: await bench.store.rejects('plan', 0, 1000),
    ledger: (await bench.store.ledger()).target,
  };
}

const twoAcmes = [company('1', 'Acme'), company('2', 'ACME A.Ş.'), company('3', 'Beta')];

describe('links (S-03, sources.md 5)', () => {
  it('an id beats a name, and a name is found without its legal form', async () => {
    const found = await planned([
      company('1', 'Acme Ltd.'),
      company('2', 'Beta'),
      deal('1', [org({ id: '1', name: 'Beta' })]),
      deal('2', [org({ name: 'ACME' })]),
      deal('3', [org({ id: '99', name: 'Beta' })]),
    ]);
    expect(found.linkOf('deal 1', 'org_id')).toEqual(['companies:1', 'id']);
    expect(found.linkOf('deal 3', 'org_id')).toEqual(['companies:2', 'name']);
  });

  it('a contact’s name is enough when it is unique within the deal’s company, and not when it is not', async () => {
    const ali = (id: string, companyId: string) => contact(id, 'Ali Kaya', null, [org({ id: companyId })]);
    const found = await planned([
      company('1', 'Acme'),
      company('2', 'Beta'),
      ...[ali('1', '1'), ali('2', '2'), ali('3', '2')],
      deal('1', [person({ name: 'Ali Kaya' }), org({ id: '1' })]),
      deal('2', [person({ name: 'Ali Kaya' }), org({ id: '2' })]),
    ]);
    expect(found.linkOf('deal 1', 'person_id')).toEqual(['contacts:1', 'name']);
    expect(found.linkOf('deal 2', 'person_id')).toBeNull();
    const [question] = found.questions;
    expect(question?.choices.map((choice) => choice.id)).toEqual(['contacts:2', 'contacts:3', 'none']);
    expect(found.ledger.deal).toMatchObject({ linksDue: 4, unlinked: 1 });
  });

  it('an ambiguous name is asked about, and the answer is honoured', async () => {
    const samples = [...twoAcmes, deal('1', [org({ name: 'Acme' })])];
    const open = await planned(samples, { duplicates: 'keep' });
    const [question] = open.questions;
    expect(open.linkOf('deal 1', 'org_id')).toBeNull();
    expect(question).toMatchObject({ kind: 'ambiguous-link', blocks: 'plan' });
    const decided = await plannedHere(samples, { [question?.id ?? '']: 'companies:2' });
    expect(decided.linkOf('deal 1', 'org_id')).toEqual(['companies:2', 'decision']);
    expect(decided.questions).toEqual([]);
    expect(decided.hash).not.toBe(open.hash);
  });

  it.each([
    ['none', 0, 'link-missing'],
    ['each', 1, undefined],
  ])('for all ambiguous names at once: %s', async (choice, asked, code) => {
    const samples = [...twoAcmes, deal('1', [org({ name: 'Acme' }, { entity: 'organization' })])];
    const found = await planned(
      samples,
      { duplicates: 'keep', unlinkedDeals: 'leave' },
      {
        'ambiguous-deal-org_id': choice,
      },
    );
    expect(found.questions).toHaveLength(asked);
    expect(found.rejects[0]?.code).toBe(code);
  });

  it('a deal that names no company takes its contact’s', async () => {
    const found = await planned([
      company('1', 'Acme'),
      contact('1', 'Ali', 'ali@acme.example', [org({ id: '1' })]),
      deal('1', [person({ email: 'ali@acme.example' })]),
    ]);
    expect(found.linkOf('deal 1', 'org_id')).toEqual(['companies:1', 'contact']);
    expect(found.questions).toEqual([]);
  });

  it('a deal whose company cannot be found does not take its contact’s: the source says otherwise', async () => {
    const found = await planned([
      company('1', 'Acme'),
      contact('1', 'Ali', 'ali@acme.example', [org({ id: '1' })]),
      deal('1', [person({ email: 'ali@acme.example' }), org({ name: 'Gone Inc' })]),
    ]);
    expect(found.linkOf('deal 1', 'org_id')).toBeNull();
    expect(found.questions).toMatchObject([{ kind: 'unlinked-deals', records: ['1'] }]);
  });

  it('a note whose parents are not moved is not moved either, and says why', async () => {
    const note: Sample = {
      record: record('deals', '9', {}),
      drafts: [
        draft('note', sourceKey('deals', '9'), { content: 'x' }, [link('deal_id', 'deal', { id: '404' })]),
      ],
    };
    const found = await planned([note]);
    expect(found.of('note 9')).toMatchObject({ action: 'skip', state: 'skipped' });
    expect(found.ledger.note).toMatchObject({ drafted: 1, skipped: 1 });
    expect(found.rejects.map((one) => one.code)).toContain('link-missing');
  });
});

describe('records without a company (001, 003, 004; decisions.md)', () => {
  const alone = () => [company('1', 'Acme'), company('5', 'Acme'), deal('1', []), deal('2', [])];

  it.each([
    ['placeholder', ['placeholder:organization', 'placeholder'], 0],
    ['leave', null, 0],
    ['parent=Acme Corp', null, 2],
    ['parent=1', ['companies:1', 'decision'], 0],
    ['each', null, 2],
  ])('decided for all: %s', async (answer, linked, asked) => {
    const found = await planned(alone(), { duplicates: 'keep' }, { 'links-deal-org_id': answer });
    expect(found.linkOf('deal 1', 'org_id')).toEqual(linked);
    expect(found.questions).toHaveLength(asked);
  });

  it('a company that was merged stands under the one it went into', async () => {
    const found = await planned(alone(), { duplicates: 'merge' }, { 'links-deal-org_id': 'parent=5' });
    expect(found.linkOf('deal 1', 'org_id')).toEqual(['companies:1', 'decision']);
  });

  it('a decision for one record beats the one for all; excluded, it is not moved', async () => {
    const open = await planned(
      alone(),
      {},
      { 'links-deal-org_id': 'each', 'duplicates-companies-name': 'keep' },
    );
    const id = open.questions.find((one) => one.subject === 'deals:2')?.id ?? '';
    const found = await plannedHere(alone(), { 'links-deal-org_id': 'leave', [id]: 'exclude' });
    expect(found.of('deal 1').action).toBe('create');
    expect(found.of('deal 2')).toMatchObject({ action: 'skip' });
    expect(found.rejects.find((one) => one.key === 'deals:2')?.code).toBe('decided-out');
  });

  it('one placeholder is made for all, priced and in the books, in this plan and in the next', async () => {
    const samples = [contact('1', 'Ali', null), deal('1', []), deal('2', [])];
    const policies = { unlinkedDeals: 'placeholder', contactsWithoutCompany: 'placeholder' } as const;
    for (const found of [await planned(samples, policies), await plannedHere(samples)]) {
      expect(found.operations.filter((one) => one.entity === 'organization')).toHaveLength(1);
      expect(found.ledger.organization).toEqual({ drafted: 1 });
      expect((await bench.store.steps()).map(({ step }) => step)).toContainEqual(
        expect.objectContaining({ kind: 'field', entity: 'organization', name: 'Landfall source key' }),
      );
    }
    await plan(bench.context, sampleMapping);
    expect((await bench.store.ledger()).target.organization?.drafted).toBe(1);
  });

  it('the placeholder is ours alone, whatever stands in the account, and the hash binds it', async () => {
    await bench.close();
    bench = await openBench({ policies: { contactsWithoutCompany: 'placeholder' } });
    bench.account.emulator.control.seed({ organizations: [{ name: 'Without company (Landfall)' }] });
    const first = await plannedHere([contact('1', 'Ali', null)]);
    expect(first.of('organization organization')).toMatchObject({ action: 'create', targetId: null });
    const { hash } = await plan(bench.context, sampleMapping);
    expect(hash).toBe(first.hash);
    expect(
      (await bench.store.operationPage({ entity: 'organization' }, 0, 10)).map((one) => one.action),
    ).toEqual(['create']);
    expect(Object.keys((await bench.store.ledger()).target)).not.toContain('');
  });
});

describe('duplicates within the source (DQ-01, DQ-02)', () => {
  const ali = (id: string, name = 'Ali Kaya', links: readonly Link[] = []) =>
    contact(id, name, 'ali@acme.example', links);

  it('two of one e-mail and name become one; another name with the same e-mail does not', async () => {
    const found = await planned([ali('1'), ali('2'), ali('3', 'Veli Kaya')], { duplicates: 'merge' });
    expect(found.of('person 1').action).toBe('create');
    expect(found.of('person 2')).toMatchObject({
      action: 'skip',
      because: 'one record with contacts:1 (same email)',
    });
    expect(found.of('person 3').action).toBe('create');
    expect(found.ledger.person).toMatchObject({ drafted: 3, skipped: 1 });
  });

  it('nobody decided: nothing is merged', async () => {
    const found = await planned([ali('1'), ali('2')], { contactsWithoutCompany: 'leave' });
    expect(found.of('person 2').action).toBe('create');
  });

  it('a record that was put aside stands for nobody: the second one is moved', async () => {
    const rejected = { ...ali('1'), drafts: [] };
    const found = await planned([rejected, ali('2'), ali('3')], { duplicates: 'merge' });
    expect(found.of('person 2').action).toBe('create');
    expect(found.of('person 3')).toMatchObject({
      action: 'skip',
      because: 'one record with contacts:2 (same email)',
    });
  });

  it('what links to a merged record leads to the one that stands for it, and its company comes along', async () => {
    const found = await planned(
      [
        company('7', 'Acme'),
        ali('1'),
        ali('2', 'Ali Kaya', [org({ id: '7' })]),
        deal('1', [link('person_id', 'person', { id: '2' })]),
      ],
      { duplicates: 'merge' },
    );
    expect(found.linkOf('deal 1', 'person_id')).toEqual(['contacts:1', 'id']);
    expect(found.linkOf('person 1', 'org_id')).toEqual(['companies:7', 'id']);
    expect(found.linkOf('deal 1', 'org_id')).toEqual(['companies:7', 'contact']);
  });

  it('companies merge by domain, and their values fill each other', async () => {
    const found = await planned(
      [
        company('1', 'Acme', { website: 'https://acme.example.com' }),
        company('2', 'Acme Trading', {
          website: 'http://www.acme.example.com/x',
          address: { value: 'Ankara' },
        }),
      ],
      { duplicates: 'merge' },
    );
    expect(found.of('organization 1').extra).toEqual({ address: { value: 'Ankara' } });
    expect(found.rejects.filter((one) => one.code === 'merged').map((one) => one.field)).toEqual([
      'name',
      'website',
      null,
    ]);
  });
});

describe('records that are there already (decisions.md, Identity)', () => {
  beforeEach(async () => {
    await bench.close();
  });

  async function withExisting(existing: Policies['existing'], samples: readonly Sample[]) {
    bench = await openBench({ policies: { ...defaultPolicies, existing, contactsWithoutCompany: 'leave' } });
    const email = { value: 'ali@acme.example', primary: true, label: 'work' };
    bench.account.emulator.control.seed({ persons: [{ name: 'Ali K.', emails: [email] }] });
    return plannedHere(samples, { 'duplicates-contacts-email': 'keep' });
  }

  it.each([
    ['update-empty', 'update', 6, /empty fields are filled/],
    ['skip', 'update', 0, /stays as it is/],
    ['create', 'create', 5, /one is there already \(same email\): made all the same/],
  ] as const)('%s', async (policy, action, costTokens, because) => {
    const found = await withExisting(policy, [contact('1', 'Ali', 'ALI@acme.example')]);
    expect(found.of('person 1')).toMatchObject({ action, costTokens });
    expect(found.of('person 1').because).toMatch(because);
    expect(found.of('person 1').targetId === null).toBe(action === 'create');
  });

  it('asked about, once for all', async () => {
    const found = await withExisting('review', [contact('1', 'Ali', 'ali@acme.example')]);
    expect(found.questions).toMatchObject([{ id: 'existing-person', records: ['1'], blocks: 'plan' }]);
  });

  it('one record there stands for one of ours: the second is made, and says why', async () => {
    const same = ['1', '2'].map((id) => contact(id, 'Ali', 'ali@acme.example'));
    const found = await withExisting('update-empty', same);
    expect(found.of('person 1').action).toBe('update');
    expect(found.of('person 2')).toMatchObject({ action: 'create', targetId: null });
    expect(found.of('person 2').because).toContain('stands for another record');
  });
});

it('the same plan has the same hash, and is refused once the load has begun', async () => {
  const samples = [company('1', 'Acme'), deal('1', [org({ id: '1' })])];
  const first = await planned(samples);
  expect((await plannedHere(samples)).hash).toBe(first.hash);
  expect(await readValue(bench.store, 'planHash')).toBe(first.hash);
  await bench.store.write(bench.context.lease, (writer) => writer.setValue('runStarted', '"now"'));
  await expect(plan(bench.context, sampleMapping)).rejects.toMatchObject({ code: 'phase-order' });
});

it('records mapped anew are another plan, though its operations look the same (law 4)', async () => {
  const first = await planned([company('1', 'Acme')]);
  await bench.store.write(bench.context.lease, (writer) =>
    writeValue(writer, 'transformedFrom', 'another mapping'),
  );
  expect((await plan(bench.context, sampleMapping)).hash).not.toBe(first.hash);
});
