/** Where letters were damaged before the file was saved, and how it looks. */
export interface Mojibake {
  readonly line: number;
  readonly what: string;
}

/** UTF-8 that was read as Windows-1252 or Latin-1 and saved again: `Ã¶`, `Å\x9F`, `â€™`. */
const doubled =
  /[ÃÄÅ][\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC\u2013-\u203A\u20AC\u2122]|â€[\u0080-\u00BF\u2018-\u203A\u0153\u02DC\u2122]/g;
/** Windows-1254 read as 1252 and saved as UTF-8: `Ayþe`, `Þahin`, `Yýlmaz`. */
const icelandic = /[ÐÝÞðýþ]/g;
const notTurkish = /[áæíóúÁÆÍÓÚ]/g;
/** Fewer than this may be a real word. */
const enough = 3;

/** Tells whether `text` shows the two damages that exports are known for. */
export function mojibakeIn(text: string): Mojibake | undefined {
  const twice = text.match(doubled)?.length ?? 0;
  if (twice >= enough)
    return {
      line: lineOf(text, doubled),
      what: `${twice} places where UTF-8 was read as Latin-1 ("Ã¼" for "ü")`,
    };
  const wrong = text.match(icelandic)?.length ?? 0;
  const foreign = text.match(notTurkish)?.length ?? 0;
  if (wrong < enough || foreign * 2 >= wrong) return undefined;
  return {
    line: lineOf(text, icelandic),
    what: `${wrong} letters that look like Turkish read as Windows-1252 ("þ" for "ş")`,
  };
}

function lineOf(text: string, pattern: RegExp): number {
  const before = text.slice(0, Math.max(0, text.search(pattern)));
  return before.split(/\r\n|\r|\n/).length;
}
