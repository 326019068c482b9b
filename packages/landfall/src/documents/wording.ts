/** An instant as people read it: `2026-01-31 14:05 UTC`. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** A part of a whole in percent: `12 %`, `<1 %` for little, `-` of nothing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '-';
  const share = (part * 100) / whole;
  if (share > 0 && share < 1) return '<1 %';
  return share < 100 && share > 99 ? '>99 %' : `${Math.round(share)} %`;
}

/** A text on one line, cut to what people read at a glance. */
export function glance(value: string, limitChars = 60): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length > limitChars ? `${[...line].slice(0, limitChars - 1).join('')}…` : line;
}

/** Samples of a field for a document; values of sensitive fields are not shown. */
export function samplesOf(
  field: { readonly samples: readonly string[]; readonly sensitive: boolean },
  limit = 3,
): string {
  if (field.sensitive) return '(not shown: sensitive)';
  return field.samples
    .slice(0, limit)
    .map((sample) => glance(sample, 40))
    .join(' · ');
}
