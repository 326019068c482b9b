import type { EmulatedClock } from './clock.ts';
import type { FaultPlan } from './faults.ts';
import type { LogLine, RequestLog } from './request-log.ts';
import type { Coverage, Vendor } from './vendor.ts';

/** The control plane of an emulator, as methods. Nothing here costs tokens or is logged. */
export interface Control {
  /** State, the day's tokens, log and faults as at the start. The clock keeps its time. */
  reset(): void;
  /** Puts records in (see the emulator's README); answers their ids. */
  seed(body: unknown): unknown;
  /** All business data, keys and records in order: equal states are equal. */
  snapshot(): unknown;
  /** Every request so far, oldest first. */
  log(): LogLine[];
  /** Moves the clock forward by so many milliseconds. */
  advance(stepMs: number): void;
  /** Sets the fault rules: `{ seed?, rules: [...] }`; `rules: []` clears them. */
  faults(body: unknown): void;
  coverage(): Coverage;
  /** A further call that only this emulator has, by name. */
  extra(name: string, body?: unknown): unknown;
}

/** Builds the control plane over the parts of an emulator. */
export function createControl(
  vendor: Vendor,
  clock: EmulatedClock,
  log: RequestLog,
  faults: FaultPlan,
): Control {
  return {
    reset() {
      clock.clear();
      faults.clear();
      log.clear();
      vendor.reset();
    },
    seed: (body) => vendor.seed(body),
    snapshot() {
      clock.settle();
      return vendor.snapshot();
    },
    log: () => log.lines(),
    advance(stepMs) {
      clock.advance(stepMs);
      vendor.clockMoved?.(clock.offsetMs);
    },
    faults: (body) => faults.set(body),
    coverage: () => vendor.coverage(),
    extra(name, body) {
      const call = vendor.extras?.[name];
      if (!call) throw new Error(`this emulator has no control call ${name}`);
      return call(body);
    },
  };
}

/** Serves one control request: the name after the control path, the method, the body's text. */
export function answerControl(
  control: Control,
  method: string,
  name: string,
  text: string,
): { status: number; value: unknown } {
  try {
    const body: unknown = text.trim() === '' ? {} : JSON.parse(text);
    const value = dispatch(control, `${method} ${name}`, body);
    return value === undefined ? { status: 200, value: { ok: true } } : { status: 200, value };
  } catch (error) {
    return { status: 400, value: { error: error instanceof Error ? error.message : String(error) } };
  }
}

function dispatch(control: Control, call: string, body: unknown): unknown {
  switch (call) {
    case 'POST reset':
      return control.reset();
    case 'POST seed':
      return control.seed(body);
    case 'GET snapshot':
      return control.snapshot();
    case 'GET log':
      return control.log();
    case 'POST clock':
      return control.advance(advanceMs(body));
    case 'POST faults':
      return control.faults(body);
    case 'GET coverage':
      return control.coverage();
    default:
      return control.extra(call.slice(call.indexOf(' ') + 1), body);
  }
}

function advanceMs(body: unknown): number {
  const step = (body as { advanceMs?: unknown } | null)?.advanceMs;
  if (typeof step !== 'number' || !(step >= 0))
    throw new Error('clock needs { "advanceMs": a number of at least 0 }');
  return step;
}
