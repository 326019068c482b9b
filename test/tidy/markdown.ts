import { posix } from 'node:path';
import type { Tree, TreeFile } from './tree.ts';

/** The Markdown files of the project. */
export function markdownFiles(tree: Tree): readonly TreeFile[] {
  return tree.files.filter(({ path }) => path.endsWith('.md'));
}

/** A link to another place of the project. */
export interface RelativeLink {
  readonly place: string;
  readonly href: string;
  /** The file or folder it names, from the root. */
  readonly target: string;
  /** The part after `#`, or ''. */
  readonly anchor: string;
}

/** Lines outside fenced code, with their numbers from 1; code spans are blanked out. */
function proseOf(text: string): readonly { readonly line: number; readonly text: string }[] {
  let fenced = false;
  const lines: { line: number; text: string }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^\s*(?:```|~~~)/.test(line);
    if (fence) fenced = !fenced;
    if (!fence && !fenced)
      lines.push({ line: index + 1, text: line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length)) });
  }
  return lines;
}

const inline = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const definition = /^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/g;

/** Links of a file that stay inside the project: no scheme, no `mailto:`. */
export function relativeLinks(file: TreeFile): readonly RelativeLink[] {
  return proseOf(file.text).flatMap(({ line, text }) => {
    const hrefs = [...text.matchAll(inline), ...text.matchAll(definition)].map((match) => match[1] ?? '');
    return hrefs
      .filter((href) => !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href))
      .map((href) => linkOf(file.path, line, href));
  });
}

function linkOf(path: string, line: number, href: string): RelativeLink {
  const [to = '', anchor = ''] = href.split('#');
  const target = to === '' ? path : posix.join(posix.dirname(path), decodeURI(to));
  return { place: `${path}:${line}`, href, target: target.replace(/\/$/, ''), anchor };
}

/** The anchors of a file's headings, as the usual renderers make them. */
export function anchorsOf(file: TreeFile): ReadonlySet<string> {
  const anchors = new Set<string>();
  let fenced = false;
  for (const line of file.text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : /^#{1,6}\s+(.+?)\s*#*$/.exec(line);
    if (heading?.[1] !== undefined) anchors.add(anchorOf(heading[1], anchors));
  }
  return anchors;
}

function anchorOf(heading: string, taken: ReadonlySet<string>): string {
  const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  const anchor = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
  let name = anchor;
  for (let count = 1; taken.has(name); count += 1) name = `${anchor}-${count}`;
  return name;
}

/** What follows `landfall` in code spans and fenced lines: `landfall approve plan` -> `approve`. */
export function commandsNamed(
  file: TreeFile,
): readonly { readonly place: string; readonly command: string }[] {
  return file.text.split('\n').flatMap((text, index) => {
    const spans = /^\s*(?:\$ |npx )?landfall /.test(text) ? [text] : (text.match(/`[^`]+`/g) ?? []);
    return spans.flatMap((span) => {
      const match = /^[`\s$]*(?:npx )?landfall ([a-z][a-z-]*)\b/.exec(span);
      return match?.[1] === undefined ? [] : [{ place: `${file.path}:${index + 1}`, command: match[1] }];
    });
  });
}
