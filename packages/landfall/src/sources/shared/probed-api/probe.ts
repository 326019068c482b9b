import type { Ports } from '../../../base/ports.ts';
import type { Paging } from '../module-rest/dialect.ts';
import { firstMember, isObject, type Json, plainText } from '../module-rest/member.ts';
import { type Inquired, Inquiry, listIn } from './inquiry.ts';
import type { AuthWay, ProbeBounds, ProbePlan } from './probe-plan.ts';
import type { ListFinding, ObjectFinding, ProbeReport } from './probe-report.ts';

/** What is probed: an address, a secret, and how much may be asked. */
export interface ProbeSubject {
  readonly plan: ProbePlan;
  readonly origin: string;
  /** Paths below which the API may lie, the likeliest first. */
  readonly basePaths: readonly string[];
  readonly token: string;
  readonly bounds: ProbeBounds;
  readonly ports: Ports;
}

/** Lists on which a way to sign in is tried before the next one. */
const triedLists = 3;
const farFuture = '2999-01-01';

/**
 * Finds out what an API hands out and how, by asking (P-02, P-03): the way to sign in, each list, the pages, the
 * limits, custom objects, the bytes of files. Never throws but the signal's reason: what it could not find out stands
 * in the report.
 */
export async function probe(subject: ProbeSubject, signal: AbortSignal): Promise<ProbeReport> {
  const { plan, origin, basePaths, token, ports, bounds } = subject;
  const inquiry = new Inquiry({
    ...{ origin, basePath: basePaths[0] ?? plan.basePath, token, ports, bounds },
    limitHeaders: plan.limitHeaders,
  });
  try {
    return await new Probing(subject, inquiry).run(signal);
  } finally {
    await inquiry.close();
  }
}

/** One list that answered, with its first page. */
interface Open {
  readonly finding: ListFinding;
  readonly items: readonly Json[];
  readonly answer: Inquired;
}

class Probing {
  readonly #plan: ProbePlan;
  readonly #origin: string;
  readonly #ports: Ports;
  readonly #inquiry: Inquiry;
  readonly #basePaths: readonly string[];
  #way: AuthWay | null = null;
  #member = '';

  constructor({ plan, origin, ports, basePaths }: ProbeSubject, inquiry: Inquiry) {
    this.#plan = plan;
    this.#origin = origin;
    this.#ports = ports;
    this.#basePaths = basePaths;
    this.#inquiry = inquiry;
  }

  async run(signal: AbortSignal): Promise<ProbeReport> {
    await this.#findBase(signal);
    const authEvidence = await this.#signIn(signal);
    const { findings, open } = await this.#lists(signal);
    const long = open.toSorted((a, b) => b.items.length - a.items.length)[0];
    const total = this.#plan.total.find((path) => Number.isInteger(this.#numberAt(long?.answer, path)));
    const { paging, evidence } = await this.#paging(long, signal);
    const next = this.#plan.next.find((path) => firstMember(long?.answer.body, [path]) !== undefined);
    const since = await this.#since(long, signal);
    const { objects, objectsUntold } = await this.#objects(open, paging, signal);
    const files = await this.#files(open, signal);
    return {
      version: 1,
      at: new Date(this.#ports.clock.nowMs()).toISOString(),
      address: this.#origin + this.#inquiry.basePath,
      requests: this.#inquiry.log.length,
      auth: this.#way?.name ?? null,
      authEvidence,
      paging,
      pagingEvidence: evidence,
      items: this.#member,
      total: total ?? null,
      next: next ?? null,
      limits: this.#inquiry.limits,
      since,
      filesOpen: files.isOpen,
      filesEvidence: files.evidence,
      stopped: this.#inquiry.stopped,
      lists: findings,
      objects,
      objectsUntold,
      log: this.#inquiry.log,
    };
  }

  /** Of several paths the API may lie below, the first where something else answers than "not found". */
  async #findBase(signal: AbortSignal): Promise<void> {
    const [first] = this.#basePaths;
    const [list] = this.#plan.lists;
    if (first === undefined || list === undefined || this.#basePaths.length === 1) return;
    for (const path of this.#basePaths) {
      this.#inquiry.basePath = path;
      const answer = await this.#inquiry.ask('GET', list.path, this.#plan.auth[0] ?? null, signal);
      if (answer === null || (answer.status !== 404 && answer.status !== 0 && !answer.isPage)) return;
    }
    this.#inquiry.basePath = first;
  }

  /** Tries the ways to sign in, one after the other, until a list comes. */
  async #signIn(signal: AbortSignal): Promise<string> {
    const { lists, auth, items } = this.#plan;
    const seen = new Set<string>();
    for (const way of auth) {
      for (const { path } of lists.slice(0, triedLists)) {
        const answer = await this.#inquiry.ask('GET', path, way, signal);
        const list = listIn(answer, items);
        if (list !== null) {
          this.#way = way;
          this.#member = list.member;
          return `${way.name} was let in at ${path}`;
        }
        seen.add(kindOf(answer));
        if (answer === null || answer.status === 401 || answer.isPage) break;
      }
    }
    return `none of ${auth.map(({ name }) => name).join(', ')} got a list (${[...seen].join(', ')})`;
  }

  async #lists(signal: AbortSignal): Promise<{ findings: ListFinding[]; open: Open[] }> {
    const findings: ListFinding[] = [];
    const open: Open[] = [];
    for (const { name, path } of this.#plan.lists) {
      const answer = this.#way === null ? null : await this.#inquiry.ask('GET', path, this.#way, signal);
      const list = listIn(answer, [this.#member, ...this.#plan.items]);
      const total = this.#totalOf(answer);
      const finding = {
        ...{ name, path, status: answer?.status ?? 0, isReadable: list !== null, total },
        evidence: list === null ? this.#whyNot(path, answer) : this.#found(path, list.items.length, total),
      };
      findings.push(finding);
      if (list !== null && answer !== null) open.push({ finding, items: list.items, answer });
    }
    const [first] = open;
    if (first !== undefined) await this.#inquiry.ask('OPTIONS', first.finding.path, this.#way, signal);
    return { findings, open };
  }

  #found(path: string, items: number, total: number | null): string {
    const all = total === null ? `${items} records on the first page` : `${total} records`;
    return `API, GET ${path} answered 200 with ${all}`;
  }

  #whyNot(path: string, answer: Inquired | null): string {
    if (answer === null)
      return this.#way === null
        ? 'not over the API: nobody was let in'
        : `not asked: ${this.#inquiry.stopped ?? 'the probe had ended'}`;
    return `not over the API: GET ${path} answered ${kindOf(answer)}`;
  }

  #totalOf(answer: Inquired | null): number | null {
    const found = this.#plan.total
      .map((path) => this.#numberAt(answer, path))
      .find((value) => Number.isInteger(value));
    return found ?? null;
  }

  #numberAt(answer: Inquired | null | undefined, path: string): number {
    return answer === undefined || answer === null
      ? Number.NaN
      : Number(firstMember(answer.body, [path]) ?? Number.NaN);
  }

  /** The first way of paging that changes what comes: two pages of one record each, with different ids. */
  async #paging(
    long: Open | undefined,
    signal: AbortSignal,
  ): Promise<{ paging: ProbeReport['paging']; evidence: string }> {
    if (long === undefined || long.items.length < 2)
      return { paging: { kind: 'none' }, evidence: 'no list is long enough to tell' };
    const first = idOf(long.items[0]);
    for (const candidate of this.#plan.paging) {
      const answer = await this.#second(long, candidate, signal);
      const items = listIn(answer, [this.#member])?.items ?? [];
      if (items.length !== 1 || idOf(items[0]) === first) continue;
      const words = `${parametersOf(candidate).join(' and ')} change the answer`;
      return { paging: await this.#sized(long, candidate, signal), evidence: words };
    }
    return { paging: { kind: 'none' }, evidence: 'no parameter changes the answer: lists come whole' };
  }

  async #second(
    { finding: { path } }: Open,
    candidate: ProbePlan['paging'][number],
    signal: AbortSignal,
  ): Promise<Inquired | null> {
    const ask = (query: string) => this.#inquiry.ask('GET', `${path}?${query}`, this.#way, signal);
    if (candidate.kind === 'page') return ask(`${candidate.page}=${candidate.first + 1}&${candidate.size}=1`);
    if (candidate.kind === 'offset') return ask(`${candidate.offset}=1&${candidate.size}=1`);
    const page = await ask(`${candidate.size}=1`);
    const cursor = plainText(firstMember(page?.body, this.#plan.next));
    if (cursor === '') return null;
    return ask(`${candidate.cursor}=${encodeURIComponent(cursor)}&${candidate.size}=1`);
  }

  /** Asks for as many as the plan would like: what comes is what is given at most. */
  async #sized(
    { finding: { path, total } }: Open,
    candidate: ProbePlan['paging'][number],
    signal: AbortSignal,
  ): Promise<Exclude<Paging, { kind: 'link' }>> {
    if (total !== null && total <= candidate.pageRecords) return candidate;
    const query = `${candidate.size}=${candidate.pageRecords}`;
    const answer = await this.#inquiry.ask('GET', `${path}?${query}`, this.#way, signal);
    const count = listIn(answer, [this.#member])?.items.length ?? 0;
    return { ...candidate, pageRecords: count === 0 ? candidate.pageRecords : count };
  }

  async #since(long: Open | undefined, signal: AbortSignal): Promise<boolean> {
    const { since } = this.#plan;
    if (since === null || long === undefined) return false;
    const path = `${long.finding.path}?${since}=${farFuture}`;
    const list = listIn(await this.#inquiry.ask('GET', path, this.#way, signal), [this.#member]);
    return list !== null && list.items.length === 0;
  }

  async #objects(
    open: readonly Open[],
    paging: ProbeReport['paging'],
    signal: AbortSignal,
  ): Promise<Pick<ProbeReport, 'objects' | 'objectsUntold'>> {
    const rules = this.#plan.objects;
    const list = open.find(({ finding }) => finding.name === rules?.list);
    if (rules === null || list === undefined) return { objects: [], objectsUntold: 0 };
    const definitions = await this.#definitions(list, paging, signal);
    const found: ObjectFinding[] = [];
    for (const definition of definitions) {
      const key = plainText(definition[rules.key]);
      if (key === '') continue;
      const path = rules.records.replace('{key}', encodeURIComponent(key));
      const answer = await this.#inquiry.ask('GET', path, this.#way, signal);
      found.push({
        key,
        label: plainText(definition[rules.label]) || key,
        path,
        isReadable: listIn(answer, [this.#member, ...this.#plan.items]) !== null,
        fields: fieldsOf(definition[rules.fields]),
      });
    }
    return {
      objects: found,
      objectsUntold: Math.max(0, (list.finding.total ?? definitions.length) - definitions.length),
    };
  }

  /** All definitions where the first page has not all of them: once more, in the largest page there is. */
  async #definitions(
    { finding: { path, total }, items }: Open,
    paging: ProbeReport['paging'],
    signal: AbortSignal,
  ): Promise<readonly Json[]> {
    if (total === null || total <= items.length || paging.kind === 'none') return items;
    const query = `${paging.size}=${paging.pageRecords}`;
    const answer = await this.#inquiry.ask('GET', `${path}?${query}`, this.#way, signal);
    const more = listIn(answer, [this.#member])?.items ?? [];
    return more.length > items.length ? more : items;
  }

  /** Whether the bytes of a file can be had: those of the first that lies on the same host. */
  async #files(open: readonly Open[], signal: AbortSignal): Promise<{ isOpen: boolean; evidence: string }> {
    const rules = this.#plan.files;
    const items = open.find(({ finding }) => finding.name === rules?.list)?.items ?? [];
    const paths = items.flatMap((item) => pathOf(item[rules?.url ?? ''], this.#origin) ?? []);
    const path = paths.find((one) => one.startsWith(`${this.#inquiry.basePath}/`));
    if (path === undefined)
      return {
        isOpen: false,
        evidence: 'no address of bytes was found: export them by hand into a folder (source.files)',
      };
    const below = path.slice(this.#inquiry.basePath.length);
    const answer = await this.#inquiry.ask('GET', below, this.#way, signal);
    const isOpen = answer?.status === 200 && !answer.isPage;
    return isOpen
      ? { isOpen, evidence: `bytes over the API: GET ${below.split('?')[0]} answered 200` }
      : {
          isOpen: false,
          evidence: `GET ${below.split('?')[0]} answered ${kindOf(answer)}: export the files by hand into a folder (source.files)`,
        };
  }
}

function kindOf(answer: Inquired | null): string {
  if (answer === null) return 'nothing more was asked';
  if (answer.isPage) return `a web page (${answer.status})`;
  if (answer.status === 0) return 'nothing: the connection failed';
  return answer.status === 200 ? '200, but no list' : String(answer.status);
}

function idOf(item: Json | undefined): string {
  return plainText(item?.id);
}

function parametersOf(paging: ProbePlan['paging'][number]): readonly string[] {
  if (paging.kind === 'page') return [paging.page, paging.size];
  return paging.kind === 'offset' ? [paging.offset, paging.size] : [paging.cursor, paging.size];
}

function fieldsOf(value: unknown): ObjectFinding['fields'] {
  const list = Array.isArray(value) ? value.filter(isObject) : [];
  return list.flatMap((field) => {
    const key = plainText(field.key ?? field.name);
    if (key === '') return [];
    const references = plainText(field.references);
    return [
      {
        key,
        label: plainText(field.label) || key,
        type: plainText(field.type),
        references: references === '' ? null : references,
      },
    ];
  });
}

/** Path and query of an address of the same host; null for any other. */
function pathOf(value: unknown, origin: string): string | null {
  const text = plainText(value);
  if (text.startsWith('/')) return text;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.origin === origin ? url.pathname + url.search : null;
}
