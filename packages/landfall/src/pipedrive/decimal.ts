/**
 * The shortest decimal text of a number, without an exponent: `0.1`, `1200000000000000000000`.
 * Pipedrive keeps numbers as doubles, so two texts of one double are the same value.
 */
export function decimalText(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return (
    sign +
    (point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`)
  );
}

const decimalForm = /^-?\d+(\.\d+)?$/;

/** The number of a decimal text; null when it is none or too large for a double. */
export function decimalOf(text: string): number | null {
  if (!decimalForm.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? (value === 0 ? 0 : value) : null;
}

const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** An id as a JSON number, exact above 2^53 too; null when it is no whole number. */
export function idNumber(text: string): unknown {
  if (!/^\d+$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : rawJson(text);
}
