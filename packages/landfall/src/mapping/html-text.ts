/** Tags that a body may keep; everything else goes, its text stays. */
export const keptTags: readonly string[] =
  'p br b strong i em u s strike del ul ol li a div span blockquote h1 h2 h3 h4 h5 h6 pre code hr table thead tbody tfoot tr th td'.split(
    ' ',
  );

/** Tags of a body that was cleaned to its structure. */
export const plainTags: readonly string[] = 'p br b strong i em ul ol li a'.split(' ');

/** Tags that show something which is no text: a body that loses one has lost something. */
export const visibleTags: ReadonlySet<string> = new Set(
  'img picture iframe object embed video audio canvas svg math form input button select textarea map'.split(
    ' ',
  ),
);

const knownTags = new Set([
  ...keptTags,
  ...visibleTags,
  ...'html head body title meta link base style script noscript template font center small big sub sup marquee details summary section article header footer nav main aside figure figcaption label dl dt dd address abbr cite q kbd samp var tt ins mark wbr o:p xmp keygen image source param area col colgroup caption fieldset legend option optgroup frame frameset'.split(
    ' ',
  ),
]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters no HTML may hold
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const tagStart = /<[/!]?([a-z][a-z0-9:]*)[\s/>]/gi;
const entity = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/i;

/** Whether a text is HTML and not plain text: it holds a tag that exists, or an entity. `a < b` and `<3` are text. */
export function looksLikeHtml(text: string): boolean {
  if (text.includes('<')) {
    for (const match of text.matchAll(tagStart)) {
      if (knownTags.has((match[1] ?? '').toLowerCase())) return true;
    }
  }
  return text.includes('&') && entity.test(text);
}

/** The text with the characters that no HTML may hold taken out. */
export function withoutControls(text: string): string {
  return text.replace(controls, '');
}

/** The text as HTML shows it between tags (not inside attributes): `<`, `>` and `&` escaped, as sanitisers do. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The text of which `escapeHtml` made this, non-breaking spaces as spaces. Takes the spellings of sanitisers, too. */
export function unescapeHtml(html: string): string {
  return html
    .replace(/&(?:nbsp|#160|#xa0);/gi, ' ')
    .replace(/&(?:lt|#60|#x3c);/gi, '<')
    .replace(/&(?:gt|#62|#x3e);/gi, '>')
    .replace(/&(?:quot|#34|#x22);/gi, '"')
    .replace(/&(?:apos|#39|#x27);/gi, "'")
    .replace(/&(?:amp|#38|#x26);/gi, '&');
}

/** Plain text as paragraphs: an empty line parts them, a line end is a `<br>`. */
export function paragraphs(text: string): string {
  const lines = withoutControls(text).replace(/\r\n?/g, '\n').trim();
  return lines
    .split(/\n(?:[ \t]*\n)+/)
    .map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br>')}</p>`)
    .join('');
}
