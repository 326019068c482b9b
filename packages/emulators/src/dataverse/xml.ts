/** An element of an XML text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name ?? ''] ?? whole;
    },
  );
}

/** A text in a form that may stand in XML. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Parses a small XML text without namespaces, DTDs and CDATA; null when it is not well-formed. */
export function parseXml(text: string): XmlElement | null {
  const tags = /<(\/?)([\w:-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|<!--.*?-->|<\?.*?\?>/gs;
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open = [root];
  let from = 0;
  for (const tag of text.matchAll(tags)) {
    const top = open[open.length - 1] ?? root;
    top.text += plain(text.slice(from, tag.index).trim());
    from = tag.index + tag[0].length;
    const [, closes, name, attributes = '', empty] = tag;
    if (name === undefined) continue;
    if (closes) {
      if (open.length < 2 || top.name !== name) return null;
      open.pop();
      continue;
    }
    const element = { name, attributes: attributesOf(attributes), children: [] as XmlElement[], text: '' };
    top.children.push(element);
    if (!empty) open.push(element);
  }
  return open.length === 1 && text.slice(from).trim() === '' ? (root.children[0] ?? null) : null;
}

function attributesOf(text: string): Record<string, string> {
  const found = text.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries(
    [...found].map(([, name = '', double, single]) => [name, plain(double ?? single ?? '')]),
  );
}
