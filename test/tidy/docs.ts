import { referencePages } from '../../scripts/reference.ts';
import { cliCommands } from './commands.ts';
import { anchorsOf, commandsNamed, markdownFiles, relativeLinks } from './markdown.ts';
import { floors } from './rooms.ts';
import { type Findings, fileAt, type Rule, type Tree } from './tree.ts';

function checkLinks(tree: Tree): Findings {
  const links = markdownFiles(tree).flatMap(relativeLinks);
  const found = links.flatMap(({ place, href, target, anchor }) => {
    if (!tree.has(target)) return [`${place} ${href} leads nowhere`];
    const file = target.endsWith('.md') && anchor !== '' ? fileAt(tree, target) : null;
    return file === null || anchorsOf(file).has(anchor) ? [] : [`${place} ${href} names no heading`];
  });
  return { looked: links.length, found };
}

const adr = /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/;

function checkAdrs(tree: Tree): Findings {
  const listed = relativeLinks(fileAt(tree, 'docs/adr/README.md') ?? { path: '', text: '' });
  const targets = new Set(listed.map(({ target }) => target));
  const adrs = tree.files.map(({ path }) => path).filter((path) => adr.test(path));
  const found = adrs
    .sort()
    .flatMap((path, index) => [
      ...(targets.has(path) ? [] : [`${path}:1 is not listed in docs/adr/README.md`]),
      ...(Number(adr.exec(path)?.[1]) === index + 1 ? [] : [`${path}:1 should have number ${index + 1}`]),
    ]);
  return { looked: adrs.length, found };
}

function checkReference(tree: Tree): Findings {
  const found = referencePages.filter(({ path, text }) => fileAt(tree, path)?.text !== text);
  return {
    looked: referencePages.filter(({ path }) => tree.has(path)).length,
    found: found.map(
      ({ path }) => `${path}:1 is not as the code says: run \`npx node scripts/reference.ts\``,
    ),
  };
}

function checkCommands(tree: Tree): Findings {
  const known = cliCommands(tree);
  const named = markdownFiles(tree).flatMap(commandsNamed);
  const wrong = named.filter(({ command }) => !known.has(command));
  return {
    looked: Math.min(known.size, named.length),
    found: wrong.map(({ place, command }) => `${place} there is no command ${command}`),
  };
}

const pageOfRooms = 'docs/ARCHITECTURE.md';

/** The table of rooms on the page: `| 3 | \`store/\` | ...`. */
function checkRooms(tree: Tree): Findings {
  const text = fileAt(tree, pageOfRooms)?.text ?? '';
  const told = [...text.matchAll(/^\| (\d) \| `([a-z]+)\/` \|/gm)].map(
    (row) => `${row[2]} on floor ${row[1]}`,
  );
  const standing = Object.entries(floors).map(([room, floor]) => `${room} on floor ${floor}`);
  const missing = text === '' ? [] : standing.filter((room) => !told.includes(room));
  const invented = told.filter((room) => !standing.includes(room));
  return {
    looked: told.length,
    found: [
      ...missing.map((room) => `${pageOfRooms}:1 does not tell of ${room}`),
      ...invented.map((room) => `${pageOfRooms}:1 tells of ${room}, which is not so`),
    ],
  };
}

const pageOfSources = 'docs/reference/sources.md';
const rowTests = /^test\/scenarios\/rows(?:\.test\.ts|\/.+\.ts)$/;
const seedRule = /\b[DOPRS]-(?:2\d|3[01])(?:\([a-z]\))?/g;

function seedRulesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(seedRule));
}

/** Rules of the seed's rows on the page of sources, and those that tests of the rows cite. */
function checkSources(tree: Tree): Findings {
  const told = seedRulesIn(fileAt(tree, pageOfSources)?.text ?? '');
  const tests = tree.files.filter(({ path }) => rowTests.test(path));
  const shown = new Set(tests.flatMap(({ text }) => [...seedRulesIn(text)]));
  const unshown = [...told].filter((rule) => rule.endsWith(')') && !shown.has(rule));
  const untold = [...shown].filter((rule) => !told.has(rule));
  return {
    looked: Math.min(told.size, shown.size),
    found: [
      ...unshown.map((rule) => `${pageOfSources}:1 names ${rule}, which no test of the rows shows`),
      ...untold.map((rule) => `${pageOfSources}:1 does not tell of ${rule}`),
    ],
  };
}

const rowsOfRooms = Object.entries(floors).map(([room, floor]) => `| ${floor} | \`${room}/\` | things |`);

const firstPage = referencePages[0] ?? { path: '', text: '' };
const otherPages = Object.fromEntries(referencePages.slice(1).map(({ path, text }) => [path, text]));

/** Pages say what the code does. */
export const docRules: readonly Rule[] = [
  {
    claim: 'every relative link in a Markdown file leads somewhere',
    check: checkLinks,
    planted: {
      'README.md': [
        '# Top\n\n## What *it* is',
        '[a](docs/a.md) [b](docs/b.md) [c](#what-it-is) [d](https://x.org/y) `[e](f.md)`',
        '```\n[g](h.md)\n```',
        '[i](docs/) [j](docs/a.md#none) ![k](k.png "title")',
        '[l]: m.md',
      ].join('\n'),
      'docs/a.md': '[up](../README.md#top)',
    },
    finds: [
      'README.md:4 docs/b.md leads nowhere',
      'README.md:8 docs/a.md#none names no heading',
      'README.md:8 k.png leads nowhere',
      'README.md:9 m.md leads nowhere',
    ],
  },
  {
    claim: 'every decision is listed in docs/adr/README.md, and numbers have no gaps',
    check: checkAdrs,
    planted: {
      'docs/adr/README.md': '[1](0001-a.md)\n[3](0003-c.md)',
      'docs/adr/0001-a.md': '',
      'docs/adr/0003-c.md': '',
      'docs/adr/0004-d.md': '',
    },
    finds: [
      'docs/adr/0003-c.md:1 should have number 2',
      'docs/adr/0004-d.md:1 is not listed in docs/adr/README.md',
      'docs/adr/0004-d.md:1 should have number 3',
    ],
  },
  {
    claim: 'docs/reference is what scripts/reference.ts makes of the code',
    check: checkReference,
    planted: { ...otherPages, [firstPage.path]: `${firstPage.text}edited by hand\n` },
    finds: [`${firstPage.path}:1 is not as the code says: run \`npx node scripts/reference.ts\``],
  },
  {
    claim: 'the table of rooms in docs/ARCHITECTURE.md is that of test/tidy/rooms.ts',
    check: checkRooms,
    planted: { [pageOfRooms]: rowsOfRooms.join('\n').replace('| 3 | `store/`', '| 4 | `store/`') },
    finds: [
      `${pageOfRooms}:1 does not tell of store on floor 3`,
      `${pageOfRooms}:1 tells of store on floor 4, which is not so`,
    ],
  },
  {
    claim: 'the rules in docs/reference/sources.md are those that test/scenarios/rows shows',
    check: checkSources,
    planted: {
      [pageOfSources]: '| S-20 | a (S-20(a)), b (S-20(b)) |\n| S-31 | d (S-31(d)) |',
      'test/scenarios/rows.test.ts': `it('S-31(d): text'); // S-20`,
      'test/scenarios/rows/people.ts': `const rules = ['S-20(a)', 'S-21', 'S-02'];`,
      'test/scenarios/other.test.ts': `it('S-20(b)');`,
    },
    finds: [
      `${pageOfSources}:1 does not tell of S-21`,
      `${pageOfSources}:1 names S-20(b), which no test of the rows shows`,
    ],
  },
  {
    claim: 'commands named in the documentation exist',
    check: checkCommands,
    planted: {
      'packages/landfall/src/cli/program.ts': `program.command('init <dir>').command('plan');\nphaseCommand(program, 'audit', '');`,
      'README.md':
        '`landfall init DIR`, `landfall audit` and `landfall fly`, the landfall itself\n```\nlandfall plan\n$ landfall swim\n```',
    },
    finds: ['README.md:1 there is no command fly', 'README.md:4 there is no command swim'],
  },
];
