import type { PipedriveOptions } from '../emulator.ts';
import type { Switches } from '../switches.ts';
import type { Read, TestClient } from '../test-client.ts';

/** How one switch shows: something to look at, and what is seen with each setting. */
export interface SwitchCase<T> {
  /** The account beside the switch; the world is `lived-in`. */
  readonly options?: PipedriveOptions;
  /** Further switches that the look needs. */
  readonly beside?: Partial<Switches>;
  /** Asks what the switch changes. */
  readonly look: (client: TestClient) => Promise<unknown>;
  /** What is seen, by setting; every setting there is, of numbers and lists at least two. */
  readonly sees: readonly (readonly [setting: T, seen: unknown])[];
}

/** A case for each of some switches. */
export type SwitchCases<K extends keyof Switches> = { readonly [Name in K]: SwitchCase<Switches[Name]> };

/** The status of an answer. */
export async function statusOf(answer: Promise<Read>): Promise<number> {
  return (await answer).status;
}
