const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * The text a person reads in a piece of HTML: without tags, comments, scripts and styles, entities decoded,
 * white space made one space. The same for a text and for what a sanitiser leaves of it. Linear in its length.
 */
export function htmlText(html: string): string {
  const bare = withoutSilent(html).replace(/<\/?[a-z!?][^<>]*>/gi, ' ');
  return bare
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decodeEntity)
    .replace(/[\s\u00a0\u200b]+/g, ' ')
    .trim();
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : whole;
}

const silent = [
  ['<!--', '-->'],
  ['<script', '</script'],
  ['<style', '</style'],
] as const;

/** Cuts comments, scripts and styles out by looking for their ends: a pattern would go back and forth. */
function withoutSilent(html: string): string {
  let text = html;
  for (const [open, close] of silent) text = cut(text, open, close);
  return text;
}

function cut(text: string, open: string, close: string): string {
  const lower = text.toLowerCase();
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = lower.indexOf(open, at);
    if (start < 0) break;
    const end = lower.indexOf(close, start + open.length);
    kept.push(text.slice(at, start), ' ');
    if (end < 0) return kept.join('');
    at = end + close.length;
    if (close.startsWith('</')) at = lower.indexOf('>', at) < 0 ? text.length : lower.indexOf('>', at) + 1;
  }
  kept.push(text.slice(at));
  return kept.join('');
}
