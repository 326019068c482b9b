import type { Account } from './account.ts';
import type { AccountEvent } from './fault-plan.ts';

type Field = Readonly<Record<string, unknown>>;

/** Lets the events of a run happen in the account when their time has come. */
export class AccountEvents {
  readonly #account: Account;
  #due: readonly AccountEvent[];
  #rules: readonly Readonly<Record<string, unknown>>[] = [];
  /** What people changed in the account's shape, for people. */
  readonly drifts: string[] = [];

  constructor(account: Account, events: readonly AccountEvent[]) {
    this.#account = account;
    this.#due = events;
  }

  /** To be called before each request of the migration arrives. */
  async before(arrivals: number): Promise<void> {
    const now = this.#due.filter(({ afterArrivals }) => afterArrivals <= arrivals);
    if (now.length === 0) return;
    this.#due = this.#due.filter((event) => !now.includes(event));
    for (const { what } of now) {
      if (what.kind === 'rules') this.#addRule(what.rule);
      else if (what.kind === 'deals-cap') this.#capDeals(what.room);
      else await this.#drift(what.drift);
    }
  }

  /** Nothing more happens. */
  end(): void {
    this.#due = [];
    this.#rules = [];
    this.#account.emulator.control.faults({ rules: [] });
    this.#account.emulator.control.extra('switches', { openDealsCap: null });
  }

  #addRule(rule: Readonly<Record<string, unknown>>): void {
    this.#rules = [...this.#rules, rule];
    this.#account.emulator.control.faults({ seed: this.#rules.length, rules: this.#rules });
  }

  #capDeals(room: number): void {
    const open = (this.#account.snapshot()['deals'] ?? []).length;
    this.#account.emulator.control.extra('switches', { openDealsCap: open + room });
  }

  /** Somebody changes the shape of what the migration writes into (F8). */
  async #drift(drift: 'option' | 'field' | 'rename' | 'stage'): Promise<void> {
    const snapshot = this.#account.snapshot();
    const field = (name: string) =>
      (snapshot['fields'] ?? []).find((one) => one['field_name'] === name) as Field | undefined;
    const did = (path: string, answer: unknown) =>
      this.drifts.push(`${path} ${answer === null ? 'refused' : 'done'}`);
    if (drift === 'stage') {
      const stage = (snapshot['stages'] ?? []).find((one) => one['name'] === 'Teklif');
      if (stage === undefined) return;
      did('stage', await this.#account.person('DELETE', `/api/v2/stages/${String(stage['id'])}`));
      return;
    }
    const one = field(drift === 'option' ? 'Region' : 'Margin');
    if (one === undefined) return;
    const path = `/api/v2/dealFields/${String(one['field_code'])}`;
    if (drift === 'field') did('field', await this.#account.person('DELETE', path));
    if (drift === 'rename')
      did('rename', await this.#account.person('PATCH', path, { field_name: 'Margin renamed' }));
    if (drift === 'option') {
      const [option] = (one['options'] ?? []) as readonly Field[];
      did('option', await this.#account.person('DELETE', `${path}/options`, [{ id: option?.['id'] }]));
    }
  }
}
