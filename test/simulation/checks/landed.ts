import { isDeepStrictEqual } from 'node:util';
import type { Expected, Kind } from '../truth.ts';
import type { Evidence } from './evidence.ts';
import { type SeenRecord, seeAll } from './seen.ts';

/** What each plain name of a field is called where the migration reports a difference. */
const reportedAs: Readonly<Record<string, string>> = {
  address: 'address',
  employees: 'employee_count',
  labels: 'label_ids',
  owner: 'owner_id',
  Segment: 'custom.Segment',
  'Tax number': 'custom.Tax number',
  Birthday: 'custom.Birthday',
  Region: 'custom.Region',
  Margin: 'custom.Margin',
  Commission: 'custom.Commission',
  stage: 'stage_id',
  close: 'expected_close_date',
  reason: 'lost_reason',
  currency: 'value',
  due: 'due_date',
  text: 'note',
};

/** What carries a marker, by which it is known again. */
const marked: ReadonlySet<Kind> = new Set(['organization', 'person', 'deal', 'product']);

/** Fields whose shape somebody may change while the migration runs (F8): afterwards too, when nobody looks any more. */
const drifting: ReadonlySet<string> = new Set(['Region', 'Margin', 'stage']);

/** Holds the account against the world's own truth: nothing lost (I2), nothing twice (I3), links (I4), content (I5). */
export function checkLanded(evidence: Evidence): readonly string[] {
  return new Landing(evidence).violations();
}

class Landing {
  readonly #evidence: Evidence;
  readonly #seen: readonly SeenRecord[];
  readonly #ids = new Map<string, number>();
  readonly #found: string[] = [];
  /** Records of the account that an expectation stands for, or that were there before. */
  readonly #explained = new Set<string>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#seen = seeAll(evidence.after);
  }

  violations(): readonly string[] {
    const { all } = this.#evidence.world.truth;
    this.#twice();
    for (const expected of all) this.#identify(expected);
    for (const one of seeAll(this.#evidence.before)) this.#explained.add(nameOf(one));
    for (const expected of all) if (this.#ids.has(expected.name)) this.#compareOne(expected);
    for (const kind of ['activity', 'note', 'relationship', 'file', 'line'] as const) {
      this.#compareAll(
        kind,
        all.filter((one) => one.kind === kind && one.fate === 'made'),
      );
    }
    const strange = this.#seen.filter((one) => !this.#explained.has(nameOf(one)));
    for (const one of strange)
      this.#found.push(`I3 ${nameOf(one)} is there and nobody expects it: ${JSON.stringify(one)}`);
    return this.#found;
  }

  #twice(): void {
    const markers = this.#seen.flatMap(({ marker }) => marker ?? []);
    for (const marker of new Set(markers.filter((one, at) => markers.indexOf(one) !== at)))
      this.#found.push(`I3 ${marker} is on more than one record`);
  }

  #identify(expected: Expected): void {
    const { kind, name, fate, existing } = expected;
    if (!marked.has(kind)) return;
    if (fate === 'matched') this.#ids.set(name, (existing ?? 0) + 1);
    if (fate !== 'made') return;
    const marker = `sim:crm:${name === 'placeholder' ? 'placeholder:organization' : name}`;
    const one = this.#seen.find((record) => record.kind === kind && record.marker === marker);
    if (one !== undefined) this.#ids.set(name, one.id);
    else if (!this.#isTold(name)) this.#found.push(`I2 ${name} is lost`);
  }

  /** Whether the books say that a record could not be made: the destination's own refusal while its shape changed (F8). */
  #isTold(name: string): boolean {
    const key = name.split('#')[0];
    const { rejects } = this.#evidence.books;
    return (
      this.#evidence.plan.classes.includes('F8') &&
      rejects.some((one) => one.phase === 'run' && one.key === key)
    );
  }

  #compareOne(expected: Expected): void {
    const id = this.#ids.get(expected.name);
    const one = this.#seen.find((record) => record.kind === expected.kind && record.id === id);
    if (one === undefined) return void this.#found.push(`I2 ${expected.name}: record ${id} is gone`);
    this.#explained.add(nameOf(one));
    this.#fields(expected, one);
    this.#links(expected, one);
  }

  #fields(expected: Expected, one: SeenRecord): void {
    const { fields, later } = expected;
    const isLater =
      later !== null && differences(later, one.fields).every((name) => this.#isReported(expected, name));
    if (this.#evidence.sourceChanged && isLater) return;
    for (const name of differences(fields, one.fields)) {
      if (this.#isReported(expected, name)) continue;
      this.#found.push(
        `I5 ${expected.name}.${name}: ${JSON.stringify(one.fields[name])} instead of ${JSON.stringify(fields[name])}`,
      );
    }
  }

  /** Whether the verification names the difference: every silent change must be in it (F20), and drift too (F8). */
  #isReported(expected: Expected, name: string): boolean {
    if (this.#evidence.plan.classes.includes('F8') && drifting.has(name)) return true;
    const [key = '', part = ''] = expected.name.split('#');
    const field = expected.kind === 'note' && name === 'text' ? 'content' : (reportedAs[name] ?? name);
    return (
      part === '' &&
      this.#evidence.books.findings.some(
        (one) => one.sourceKey === key && (one.field === field || one.field === '*'),
      )
    );
  }

  #links(expected: Expected, one: SeenRecord): void {
    for (const [field, to] of Object.entries(expected.links)) {
      const wanted = to === null ? null : (this.#ids.get(to) ?? null);
      if (one.links[field] === wanted) continue;
      if (to !== null && wanted === null && this.#isTold(to)) continue;
      if (this.#isReported(expected, field)) continue;
      this.#found.push(`I4 ${expected.name}.${field}: ${one.links[field]} instead of ${to} (${wanted})`);
    }
  }

  /** Records without a marker: as many of each content as there should be. */
  #compareAll(kind: Kind, expected: readonly Expected[]): void {
    const left = this.#seen.filter((one) => one.kind === kind && !this.#explained.has(nameOf(one)));
    for (const one of expected) {
      const at = left.findIndex((record) => this.#fits(one, record));
      const record = left[at];
      if (record === undefined) {
        if (this.#isTold(one.name) || this.#hangsOnTold(one)) continue;
        this.#found.push(`I2 ${one.name} is lost, or not as it should be: ${this.#nearest(one, left)}`);
      } else {
        this.#explained.add(nameOf(record));
        left.splice(at, 1);
      }
    }
  }

  #hangsOnTold(one: Expected): boolean {
    return Object.values(one.links).some((to) => to !== null && !this.#ids.has(to) && this.#isTold(to));
  }

  #fits(expected: Expected, one: SeenRecord): boolean {
    const wrong = differences(expected.fields, one.fields).filter(
      (name) => !this.#isReported(expected, name),
    );
    const linked = Object.entries(expected.links).every(([field, to]) => {
      const wanted = to === null ? null : (this.#ids.get(to) ?? null);
      return one.links[field] === wanted;
    });
    return wrong.length === 0 && linked;
  }

  #nearest(expected: Expected, left: readonly SeenRecord[]): string {
    const same = left.filter(
      ({ fields }) =>
        fields['text'] === expected.fields['text'] || fields['subject'] === expected.fields['subject'],
    );
    return `${JSON.stringify([expected.fields, expected.links])} among ${JSON.stringify(same).slice(0, 600)}`;
  }
}

function nameOf({ kind, id }: SeenRecord): string {
  return `${kind} ${id}`;
}

function differences(
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(expected)
    .filter(
      ([name, value]) =>
        !isDeepStrictEqual(Array.isArray(value) ? value.toSorted() : value, sorted(found[name])),
    )
    .map(([name]) => name);
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted() : value;
}
