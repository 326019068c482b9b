import type { TransformCall } from '../model/mapping.ts';
import type { Transform } from './transform.ts';
import { findTransform } from './transforms.ts';

/** A call with its transform and parsed settings, or what is wrong with it. */
export type CallReading =
  | { readonly ok: true; readonly transform: Transform; readonly settings: unknown }
  | {
      readonly ok: false;
      readonly problem: 'unknown' | 'settings';
      readonly name: string;
      readonly message: string;
    };

/** The name and the written settings of a call. */
export function partsOfCall(call: TransformCall): { readonly name: string; readonly settings: unknown } {
  if (typeof call === 'string') return { name: call, settings: {} };
  const [entry] = Object.entries(call);
  return entry === undefined ? { name: '', settings: {} } : { name: entry[0], settings: entry[1] };
}

/** Finds a call's transform and parses its settings. */
export function readCall(call: TransformCall): CallReading {
  const { name, settings } = partsOfCall(call);
  const transform = findTransform(name);
  if (transform === undefined) {
    return { ok: false, problem: 'unknown', name, message: `there is no transform "${name}"` };
  }
  const parsed = transform.settings.safeParse(settings);
  if (parsed.success) return { ok: true, transform, settings: parsed.data };
  const message = parsed.error.issues
    .map((issue) => `${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue.message}`)
    .join('; ');
  return { ok: false, problem: 'settings', name, message: `settings of "${name}": ${message}` };
}
