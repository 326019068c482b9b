import sanitizeHtml from 'sanitize-html';
import type { Account } from './account.ts';

/**
 * UNC: the real whitelist is not described. Kept are the tags that the vendor's own editor makes, with links and
 * pictures; everything else loses its tag and keeps its text; scripts and styles lose their text too.
 */
const WHITELIST: sanitizeHtml.IOptions = {
  allowedTags: [
    'a',
    'b',
    'blockquote',
    'br',
    'code',
    'div',
    'em',
    'h1',
    'h2',
    'h3',
    'h4',
    'hr',
    'i',
    'img',
    'li',
    'ol',
    'p',
    'pre',
    's',
    'span',
    'strike',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'u',
    'ul',
  ],
  allowedAttributes: { a: ['href', 'target', 'rel', 'title'], img: ['src', 'alt', 'width', 'height'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  disallowedTagsMode: 'discard',
};

/** HTML as the account keeps it. */
export function sanitisedHtml(account: Account, html: string): string {
  if (account.switches.noteSanitiser === 'off' || !/[<>&]/.test(html)) return html;
  return sanitizeHtml(html, WHITELIST);
}
