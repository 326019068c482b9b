import type { SilentChange } from './switches.ts';

const CHANGES: Readonly<Record<SilentChange, (text: string, key: string) => string>> = {
  trim: (text) => text.trim(),
  'truncate-255': (text) => [...text].slice(0, 255).join(''),
  'strip-phone': (text, key) => (key === 'phones' ? text.replace(/[^\d+]/g, '') : text),
  'drop-emoji': (text) => text.replace(/\p{Extended_Pictographic}/gu, ''),
  'other-bytes': (text) => text,
};

/** The bytes that are kept of a file: as many as came, and the last one another when the switches say so. */
export function silentlyStored(bytes: Uint8Array, changes: readonly SilentChange[]): Uint8Array {
  if (!changes.includes('other-bytes') || bytes.length === 0) return bytes;
  const kept = Uint8Array.from(bytes);
  kept[kept.length - 1] = (kept.at(-1) ?? 0) ^ 1;
  return kept;
}

/** A body with every text changed as the switches say; the same body when they say nothing. */
export function silentlyChanged(value: unknown, changes: readonly SilentChange[], key = ''): unknown {
  if (changes.length === 0) return value;
  if (typeof value === 'string') return changes.reduce((text, change) => CHANGES[change](text, key), value);
  if (Array.isArray(value)) return value.map((each) => silentlyChanged(each, changes, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      silentlyChanged(each, changes, name === 'value' || name === 'label' ? key : name),
    ]),
  );
}
