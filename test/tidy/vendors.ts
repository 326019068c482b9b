import ts from 'typescript';
import { productFiles, productRoot, roomOf } from './rooms.ts';
import { placeOf, syntaxOf, visitAll } from './syntax.ts';
import type { Findings, Rule, Tree, TreeFile } from './tree.ts';

const sources = /smart[-_ ]?crm|dinamik|promox|opex|results[-_ ]crm/i;
const destination = /pipedrive/i;

/** Rooms that serve any destination. */
const neutralRooms = new Set(['sources', 'phases', 'mapping', 'store', 'wire', 'files']);

/** Places that may name a source: its own folder, the list of sources, templates, and what people read. */
function mayNameSources(path: string): boolean {
  const inSources = path.startsWith(`${productRoot}sources/`)
    ? path.slice(`${productRoot}sources/`.length)
    : null;
  if (inSources === null) return ['templates', 'cli'].includes(roomOf(path) ?? '');
  return inSources === 'registry.ts' || (inSources.includes('/') && !inSources.startsWith('shared/'));
}

/** Names, texts and imports of a file that `pattern` finds; comments are free. */
function namedIn(file: TreeFile, pattern: RegExp): readonly string[] {
  const found: string[] = [];
  visitAll(syntaxOf(file), (node) => {
    const named = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (!named && !ts.isRegularExpressionLiteral(node) && !ts.isPrivateIdentifier(node)) return;
    const match = pattern.exec(node.text);
    if (match !== null) found.push(`${placeOf(file, node)} names ${match[0]}`);
  });
  return found;
}

function check(tree: Tree, pattern: RegExp, looksAt: (path: string) => boolean): Findings {
  const files = productFiles(tree).filter(({ path }) => roomOf(path) !== null && looksAt(path));
  return { looked: files.length, found: files.flatMap((file) => namedIn(file, pattern)) };
}

const room = (name: string) => `${productRoot}${name}`;

/** The two banks do not know the bridge. */
export const vendorRules: readonly Rule[] = [
  {
    claim: 'only a source, its template and the command line name a source CRM',
    check: (tree) => check(tree, sources, (path) => !mayNameSources(path)),
    planted: {
      [room('phases/a.ts')]: `// as opex365 does\nif (system === 'smart-crm-online') patchOpex();`,
      [room('sources/shared/b.ts')]: `const a = \`the \${kind} of DinamikCRM\`;`,
      [room('sources/promoxcrm/c.ts')]: `const system = 'promoxcrm';`,
      [room('sources/registry.ts')]: `import './promoxcrm/c.ts';`,
      [room('templates/d.ts')]: `export const a = 'Results CRM';`,
      [room('cli/e.ts')]: `const help = 'smart-crm-online';`,
      [room('model/f.ts')]: `export const results = 'the results of the CRM';`,
    },
    finds: [
      `${room('phases/a.ts')}:2 names smart-crm`,
      `${room('phases/a.ts')}:2 names Opex`,
      `${room('sources/shared/b.ts')}:1 names Dinamik`,
    ],
  },
  {
    claim: 'sources and the rooms in the middle do not name the destination',
    check: (tree) => check(tree, destination, (path) => neutralRooms.has(roomOf(path) ?? '')),
    planted: {
      [room('phases/a.ts')]:
        `/** As Pipedrive does. */\nimport { x } from '../model/target.ts';\nfail('ask Pipedrive');`,
      [room('wire/b.ts')]: 'const isPipedrive = /pipedrive/;',
      [room('pipedrive/c.ts')]: `const name = 'Pipedrive';`,
    },
    finds: [
      `${room('phases/a.ts')}:3 names Pipedrive`,
      `${room('wire/b.ts')}:1 names Pipedrive`,
      `${room('wire/b.ts')}:1 names pipedrive`,
    ],
  },
];
