import type { TransformCall } from '../model/mapping.ts';
import { yearPivot } from './date-reading.ts';

/** Transforms that read dates and may be told the format. */
const dateReaders: ReadonlySet<string> = new Set(['date', 'dateTime']);
/** Transforms that read numbers and may be told the decimal sign. */
const numberReaders: ReadonlySet<string> = new Set(['number', 'money', 'percent', 'sum', 'max', 'min']);
/** The name of a transform call. */
export function callName(call: TransformCall): string {
  return typeof call === 'string' ? call : (Object.keys(call)[0] ?? '');
}

/** The settings of a transform call; empty when it has none. */
export function callSettings(call: TransformCall): Readonly<Record<string, unknown>> {
  return typeof call === 'string' ? {} : (Object.values(call)[0] ?? {});
}

/** The call with what the source's values say about formats, where the template leaves it open. */
export function completeCall(
  call: TransformCall,
  form: { readonly dateFormats: readonly string[]; readonly decimal: '.' | ',' | null },
): TransformCall {
  const name = callName(call);
  const settings = callSettings(call);
  if (dateReaders.has(name) && form.dateFormats.length > 0 && !('format' in settings)) {
    const [only] = form.dateFormats;
    const format = form.dateFormats.length === 1 ? only : form.dateFormats;
    const short = form.dateFormats.some((text) => /(?<!y)yy(?!y)/.test(text));
    return { [name]: { ...settings, format, ...(short ? { pivot: yearPivot } : {}) } };
  }
  if (numberReaders.has(name) && form.decimal !== null && !('decimal' in settings)) {
    return { [name]: { ...settings, decimal: form.decimal } };
  }
  return call;
}
