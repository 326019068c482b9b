import { subscribe } from 'node:diagnostics_channel';
import { afterEach, expect } from 'vitest';
import { ANSWER_CHANNEL, type Answered } from '../answer-channel.ts';
import type { Witness } from './witness-fixture.ts';

// Set up for every test file: whatever asks an emulated Pipedrive in this process, its answers are compared with the
// published description. `LANDFALL_CONTRACT=off` leaves that out, `loose` lets undescribed properties pass.
const mode = process.env.LANDFALL_CONTRACT ?? 'strict';
const HINT =
  'answers are not as published: mend them, or (if the publication is wrong) say so in contract/openapi-faults.ts';
const waiting: Answered[] = [];
let witness: Witness | null | undefined;
let loading: Promise<void> | undefined;

if (mode !== 'off') subscribe(ANSWER_CHANNEL, hear);

// Loaded by the first answer: most test files ask no emulator, and the descriptions take their time.
function hear(message: unknown): void {
  if (witness) witness.look(message as Answered);
  else if (witness === undefined) {
    waiting.push(message as Answered);
    loading ??= load();
  }
}

async function load(): Promise<void> {
  const { missing } = await import('./published-fixture.ts');
  if (missing === null) {
    const { createWitness } = await import('./witness-fixture.ts');
    witness = createWitness({ strict: mode !== 'loose' });
  } else witness = null;
  for (const answered of waiting.splice(0)) witness?.look(answered);
}

afterEach(async () => {
  await loading;
  const complaints = witness?.complaints() ?? [];
  expect(complaints.join('\n'), HINT).toBe('');
});
