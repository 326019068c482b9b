import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeSampleCompany } from '../../../../samples/smart-crm-online.ts';
import { sampleUsers } from '../../../../samples/users.ts';
import { type Ports, systemPorts } from '../base/ports.ts';
import { parseBlock, withoutBlock } from '../mapping/block.ts';
import { readValue } from '../phases/values.ts';
import { answer, answerDefaults } from './answers.ts';
import { checkBoth } from './check.ts';
import { duePhase } from './due-phase.ts';
import { approve, demandApprovals, gateStatuses, missingApprovals, openQuestions } from './gates.ts';
import { advance, planTakingBack, runPhase, takeBack } from './journey.ts';
import { planAnswer } from './plan-answer.ts';
import { Session } from './session.ts';
import { spentToday } from './spending.ts';
import { statusOf } from './status.ts';
import { verifyAnswer } from './verify-answer.ts';
import { whyOf } from './why.ts';

const folder = mkdtempSync(join(tmpdir(), 'landfall-journey-'));
let account: Awaited<ReturnType<typeof servePipedrive>>;
let session: Session;

const policies =
  'country: TR, timezone: Europe/Istanbul, currency: TRY, inDoubtQuietSeconds: 1, notesAs: note, budgetShare: 1';

function configure(more = policies): void {
  const lines = [
    'version: 1',
    'name: acme',
    'source: { system: smart-crm-online, export: ./export }',
    'destination:',
    '  system: pipedrive',
    `  url: ${account.url}`,
    '  auth: { token: { env: TOKEN } }',
    '  plan: ultimate',
    '  seats: 10',
    '  pace: off',
    `policies: { ${more} }`,
  ];
  writeFileSync(join(folder, 'landfall.yaml'), `${lines.join('\n')}\n`);
}

function open(ports: Ports = systemPorts()): Promise<Session> {
  return Session.open({
    directory: folder,
    ports,
    environment: { TOKEN: account.token },
    signal: new AbortController().signal,
    report: () => undefined,
  });
}

beforeAll(async () => {
  account = await servePipedrive({ plan: 'ultimate', seats: 10, limits: 'off' });
  const users = sampleUsers.map((user) => ({
    name: user.name,
    email: user.email,
    active_flag: user.active,
    is_admin: user.admin,
  }));
  account.emulator.control.seed({ users });
  await writeSampleCompany(join(folder, 'export'), {
    companies: 1,
    contacts: 1,
    deals: 1,
    activities: 1,
    notes: 1,
  });
  configure();
  session = await open();
});
afterAll(async () => {
  await session.close();
  await account.close();
  rmSync(folder, { recursive: true, force: true });
});

function writesSent(): number {
  return account.emulator.control.log().filter((request) => request.method !== 'GET').length;
}

const decisionsText = () => readFileSync(join(folder, 'decisions.yaml'), 'utf8');

describe('before the plan', () => {
  it('both sides are proven', async () => {
    const found = await checkBoth(session);
    expect(found.source.system).toBe('smart-crm-online');
    expect(found.destination).toMatchObject({ plan: 'Ultimate', seats: 10 });
  });

  it('the first phase is due, no gate has anything to approve, and nothing can be written', async () => {
    expect(await duePhase(session)).toBe('discover');
    const states = new Set((await gateStatuses(session)).map((gate) => gate.state));
    expect([...states]).toEqual(['open']);
    await expect(approve(session, 'plan', 'ayse')).rejects.toMatchObject({ code: 'phase-order' });
    await expect(approve(session, 'everything', 'ayse')).rejects.toMatchObject({ code: 'gate-unknown' });
    await expect(runPhase(session, 'run')).rejects.toMatchObject({ code: 'waiting' });
    await expect(runPhase(session, 'plan')).rejects.toMatchObject({ code: 'phase-order' });
    await expect(runPhase(session, 'verify')).rejects.toMatchObject({ code: 'phase-order' });
    await expect(planAnswer(session)).rejects.toMatchObject({ code: 'phase-order' });
    await expect(verifyAnswer(session)).rejects.toMatchObject({ code: 'phase-order' });
  });

  it('advance goes as far as it is asked to, phase by phase, and writes nothing (cli.md)', async () => {
    expect(await advance(session, { to: 'discover', approveAs: null })).toEqual({
      done: ['discover'],
      waiting: [],
    });
    expect(await duePhase(session)).toBe('map');
    expect(await advance(session, { to: 'plan', approveAs: null })).toEqual({
      done: ['map', 'audit', 'plan'],
      waiting: [],
    });
    expect(await duePhase(session)).toBe('configure');
    expect(writesSent()).toBe(0);
  });
});

describe('questions and gates (law 4)', () => {
  it('what only a person can decide is asked, and its gate is not approved before', async () => {
    const questions = await openQuestions(session);
    expect(questions.map((question) => question.kind)).toContain('owner');
    await expect(approve(session, 'owners', 'ayse')).rejects.toMatchObject({ code: 'waiting' });
    const { waiting } = await advance(session, { to: null, approveAs: 'ayse' });
    expect(waiting).toContain('gate owners (waiting)');
    expect(writesSent()).toBe(0);
  });

  it.each([
    ['a question nobody asked', { id: 'owner-none', choice: 'map' }, /There is no question/],
    [
      'a choice it does not have',
      { choice: 'whoever' },
      /has no choice “whoever”; it has provisioned, map, fallback/,
    ],
    ['a choice without its value', { choice: 'map' }, /needs --value/],
    ['a value that is no active user', { choice: 'map', value: 'nobody@x.example' }, /is no active user/],
  ])('refuses %s and keeps nothing', async (_what, given, message) => {
    const owner = (await openQuestions(session)).find((question) => question.kind === 'owner');
    const whole = { id: owner?.id ?? '', value: undefined, by: 'ayse', ...given };
    await expect(answer(session, whole)).rejects.toThrow(message);
    expect(existsSync(join(folder, 'decisions.yaml'))).toBe(false);
  });

  it.each([
    ['is no company', 'No Such Company Ltd.', /is no company of the source/, /such as \S+ \(.+\)/],
    ['fits several', 'twice', /fits several companies/, /Give the id of one: \S+, \S+/],
  ])('a parent that %s is refused with what can be given', async (_, named, message, hint) => {
    const question = (await session.store.questions()).find(({ kind }) => kind === 'unlinked-deals');
    const given = { id: question?.id ?? '', choice: 'parent', by: 'ayse' };
    const [shared] = await session.store.sharedLookups('companies', 'name', '', 1);
    const refused = answer(session, { ...given, value: named === 'twice' ? shared?.value : named });
    await expect(refused).rejects.toMatchObject({
      code: 'decision-unknown',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    expect(existsSync(join(folder, 'decisions.yaml'))).toBe(false);
  });

  it('an answer is kept in the file, the store and the audit log, and plans are due again', async () => {
    const owner = (await openQuestions(session)).find((question) => question.kind === 'owner');
    const value = sampleUsers.find((user) => user.active)?.email;
    await answer(session, { id: owner?.id ?? '', choice: 'map', value, by: 'ayse' });
    expect(decisionsText()).toContain(`value: ${value}`);
    expect((await session.store.decisions()).map(({ id, by }) => [id, by])).toEqual([[owner?.id, 'ayse']]);
    const { seq } = await session.store.auditHead();
    expect((await session.store.auditPage(seq - 1, 1))[0]).toMatchObject({ kind: 'decision' });
    expect((await openQuestions(session)).map((question) => question.id)).not.toContain(owner?.id);
    expect(await duePhase(session)).toBe('audit');
  });

  it('an answer taken out of the file stands no longer', async () => {
    const text = decisionsText();
    writeFileSync(join(folder, 'decisions.yaml'), '[]\n');
    await session.takeDecisions();
    expect(await session.store.decisions()).toEqual([]);
    writeFileSync(join(folder, 'decisions.yaml'), text);
    expect(await session.takeDecisions()).toHaveLength(1);
    expect(await session.store.decisions()).toHaveLength(1);
  });

  it('“provisioned” stays open until the user is there', async () => {
    const owner = (await openQuestions(session)).find((question) => question.kind === 'owner');
    const id = owner?.id ?? '';
    await answer(session, { id, choice: 'provisioned', value: undefined, by: 'ayse' });
    expect((await openQuestions(session)).map((question) => question.id)).toContain(id);
  });

  it('the rest is answered by defaults, and then only gates wait', async () => {
    do await advance(session, { to: 'plan', approveAs: null });
    while ((await answerDefaults(session, 'ayse')).length > 0);
    expect(await openQuestions(session)).toEqual([]);
    const { waiting } = await advance(session, { to: null, approveAs: null });
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.every((one) => one.startsWith('gate '))).toBe(true);
    await expect(demandApprovals(session)).rejects.toMatchObject({ code: 'waiting' });
  });

  it('an approval binds what was seen: another plan makes it stale, the old one makes it good again', async () => {
    for (const gate of ['scope', 'mapping', 'data', 'owners', 'configuration', 'plan']) {
      expect(await approve(session, gate, 'ayse')).toMatchObject({ gate, by: 'ayse' });
    }
    expect(await missingApprovals(session)).toEqual([]);
    await session.close();
    configure(`${policies}, unlinkedDeals: leave`);
    session = await open();
    expect(await duePhase(session)).toBe('map');
    await expect(runPhase(session, 'run')).rejects.toMatchObject({ code: 'approval-stale' });
    await advance(session, { to: 'plan', approveAs: null });
    expect((await gateStatuses(session)).find((one) => one.gate === 'plan')).toMatchObject({
      state: 'stale',
    });
    await expect(runPhase(session, 'run')).rejects.toMatchObject({ code: 'approval-stale' });
    await session.close();
    configure();
    session = await open();
    await advance(session, { to: 'plan', approveAs: null });
    expect(await missingApprovals(session)).toEqual([]);
    expect(writesSent()).toBe(0);
  });

  it('a person’s own mapping.yaml is never overwritten: the next proposal lies beside it', async () => {
    const path = join(folder, 'mapping.yaml');
    const proposed = readFileSync(path, 'utf8');
    appendFileSync(path, '# seen by Ayse\n');
    expect(await runPhase(session, 'map')).toMatchObject({ file: 'kept' });
    expect(readFileSync(join(folder, 'mapping.proposed.yaml'), 'utf8')).toBe(proposed);
    expect(readFileSync(path, 'utf8')).toContain('# seen by Ayse');
    expect(await missingApprovals(session)).toEqual([]);
    writeFileSync(path, proposed);
    expect(await runPhase(session, 'map')).toMatchObject({ file: 'written' });
  });

  it('the schema that the first line of mapping.yaml names for editors is there, and the map fits it', () => {
    const text = readFileSync(join(folder, 'mapping.yaml'), 'utf8');
    const named = /\$schema=(\S+)/.exec(text.split('\n')[0] ?? '')?.[1] ?? '';
    const schema = JSON.parse(readFileSync(join(folder, named), 'utf8')) as object;
    expect(new Ajv({ strict: false }).compile(schema)(parse(text))).toBe(true);
  });
});

describe('the load and after', () => {
  it('advance does the rest; status, plan and proof tell the same books', async () => {
    const { done, waiting } = await advance(session, { to: null, approveAs: 'ayse' });
    expect(waiting).toEqual([]);
    expect(done.slice(-3)).toEqual(['configure', 'run', 'verify']);
    const status = await statusOf(session);
    expect(status.phase).toBe('done');
    const plan = await planAnswer(session);
    const proof = await verifyAnswer(session);
    const rows = Object.values(status.ledger);
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
    const operations = Object.values(plan.operations);
    expect(sum((row) => row.created + row.failed)).toBe(operations.reduce((all, one) => all + one.create, 0));
    expect(sum((row) => row.created + row.updated + row.matched)).toBe(proof.records);
    expect(proof.fields).toBe(
      proof.equal + proof.normalised + proof.byRule + proof.lossy + proof.missing + proof.different,
    );
    expect(proof).toMatchObject({ missing: 0, different: 0, findings: [] });
    expect(sum((row) => row.extracted)).toBe(sum((row) => row.excluded + row.rejected + row.mapped));
  });

  it('what was spent is what the account charged, also over several openings of the workspace', async () => {
    const before = await spentToday(session.store, Date.now());
    const charged = account.emulator.control.log().reduce((sum, request) => sum + request.tokens, 0);
    await session.keepSpending();
    await session.keepSpending();
    expect((await spentToday(session.store, Date.now())).tokens).toBe(before.tokens);
    expect(before.tokens).toBe(charged);
  });

  it('why tells source, rule, proof and the request of a value, merged ones too; what is not ours is not told', async () => {
    const [deal] = (account.emulator.control.snapshot() as { deals: { id: number; title: string }[] }).deals;
    const story = await whyOf(session, 'deal', String(deal?.id), 'title');
    expect(story.fields).toMatchObject([
      { field: 'title', value: deal?.title, readBack: 'came back as planned' },
    ]);
    expect(story.fields[0]?.rule?.to).toBe('deal.title');
    expect(Object.values(story.fields[0]?.source ?? {})).toContain(deal?.title);
    expect(story.audit.map((entry) => entry.kind)).toEqual(['intent', 'outcome']);
    await expect(whyOf(session, 'deal', '999999', null)).rejects.toMatchObject({ code: 'not-found' });
    await expect(whyOf(session, 'invoice', '1', null)).rejects.toMatchObject({ code: 'usage' });
    await expect(whyOf(session, 'deal', String(deal?.id), 'shoe_size')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/was given no “shoe_size”; it was given .*title/),
    });
  });

  it('why names the rule that applied, where several make the same kind of record of one table', async () => {
    const { activities } = account.emulator.control.snapshot() as { activities: { id: number }[] };
    const told = await Promise.all(
      activities.map(async ({ id }) => (await whyOf(session, 'activity', String(id), 'type')).fields[0]),
    );
    const types = told.filter((field) => field?.rule?.why?.includes('the type') === true);
    expect(new Set(types.map((field) => field?.value)).size).toBeGreaterThan(1);
    for (const field of types) expect(field?.rule?.why).toContain(`the type ${String(field?.value)}`);
  });

  it('why names every column of the source that went into a body with lines above it, and no other', async () => {
    const { activities } = account.emulator.control.snapshot() as {
      activities: { id: number; note: string | null }[];
    };
    // here each line is of one column, and what stands below them of another
    const bodies = activities.flatMap(({ id, note }) => {
      const lines = parseBlock(note ?? '')?.length ?? 0;
      return lines < 3 ? [] : [{ id, columns: lines + (withoutBlock(note ?? '') === '' ? 0 : 1) }];
    });
    expect(new Set(bodies.map(({ columns }) => columns)).size).toBeGreaterThan(1);
    for (const { id, columns } of bodies) {
      const [story] = (await whyOf(session, 'activity', String(id), 'note')).fields;
      expect(Object.keys(story?.source ?? {}), String(id)).toHaveLength(columns);
      expect(story?.source).toMatchObject({ 'Created At': expect.stringMatching(/^2024-/) });
    }
  });

  it('earlier phases are refused, for what was written hangs on them', async () => {
    for (const phase of ['discover', 'map', 'audit', 'plan'] as const) {
      await expect(runPhase(session, phase)).rejects.toMatchObject({ code: 'phase-order' });
    }
  });

  it('a second process is told who works, and works itself as soon as that one is done', async () => {
    const other = await open();
    await session.work(async () => {
      await expect(other.work(async () => 1)).rejects.toMatchObject({ code: 'lease-held' });
    });
    expect(await other.work(async () => 1)).toBe(1);
    await other.close();
  });

  it('a process whose lease was taken is stopped by its own signal', async () => {
    let tick = () => {};
    const sleep = (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        tick = resolve;
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    const held = await open({ ...systemPorts(), clock: { ...systemPorts().clock, sleep } });
    const work = held.work(async (context) => {
      await context.lease.release();
      await session.work(async () => {
        tick();
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve, { once: true }));
      });
      return context.signal.reason as unknown;
    });
    expect(await work).toMatchObject({ code: 'lease-lost' });
    await held.close();
  });

  it('rollback takes it all back, and the journey begins again at the plan', async () => {
    const foretold = await planTakingBack(session);
    const summary = await takeBack(session);
    expect(summary.reversed).toBe(foretold.reversed);
    expect(foretold.impossible.join(' ')).toMatch(/webhooks.*30 days.*merged.*field or option/);
    expect(summary.kept).toEqual([]);
    expect(await duePhase(session)).toBe('plan');
    expect(await readValue(session.store, 'runStarted')).toBeNull();
  });
});
