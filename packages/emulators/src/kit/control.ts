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

/**
 * The body of a control request as JSON text. A multipart form becomes an object: its texts, which may be JSON
 * themselves (`options` is spread into the object), and each file as `{ name, base64 }`.
 */
export async function controlText(request: Request): Promise<string> {
  if (!(request.headers.get('content-type') ?? '').startsWith('multipart/form-data')) return request.text();
  const body: Record<string, unknown> = {};
  for (const [key, value] of await request.formData())
    if (key === 'options') Object.assign(body, optionsOf(String(value)));
    else if (typeof value === 'string') body[key] = value;
    else {
      const base64 = Buffer.from(await value.arrayBuffer()).toString('base64');
      body[key] = { name: value.name, base64 };
    }
  return JSON.stringify(body);
}

/** What is no JSON stays under its name, for the call to refuse. */
function optionsOf(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return { options: text };
  }
}

/** Serves one control request: the name after the control path, the method, the body's text. */
export async function answerControl(
  control: Control,
  method: string,
  name: string,
  text: string,
): Promise<{ status: number; value: unknown }> {
  try {
    const body: unknown = text.trim() === '' ? {} : JSON.parse(text);
    const value = await dispatch(control, `${method} ${name}`, body);
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
