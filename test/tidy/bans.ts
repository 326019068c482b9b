import ts from 'typescript';
import { emulatorRoot, productFiles, productRoot } from './rooms.ts';
import { isGlobal } from './scope.ts';
import { importsOf, placeOf, syntaxOf, visitAll } from './syntax.ts';
import type { Findings, Rule, Tree, TreeFile } from './tree.ts';

/** The only places that may touch the clock, chance, the network, the environment and the terminal. */
const allowed: readonly RegExp[] = [
  new RegExp(`^${productRoot}base/ports\\.ts$`),
  new RegExp(`^${productRoot}cli/`),
  new RegExp(`^${emulatorRoot}kit/`),
  new RegExp(`^${emulatorRoot}(?:[^/]+/)?server\\.ts$`),
];

const bannedModules = new Set(['node:timers', 'node:timers/promises', 'node:console', 'timers/promises']);

/** What is banned about this use of a global, or null. */
function bannedUse(node: ts.Identifier): string | null {
  const { parent } = node;
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : '';
  const use = member === '' ? node.text : `${node.text}.${member}`;
  if (use === 'Date') return isNow(parent, node) ? 'new Date()' : null;
  if (node.text === 'console') return 'console';
  return ['Date.now', 'Math.random', 'process.env', 'setTimeout', 'setInterval', 'fetch'].includes(use)
    ? use
    : null;
}

/** `new Date()` and `Date()`: without an argument they read the clock. */
function isNow(parent: ts.Node, node: ts.Node): boolean {
  const called = ts.isNewExpression(parent) || ts.isCallExpression(parent);
  return called && parent.expression === node && (parent.arguments?.length ?? 0) === 0;
}

function bansIn(file: TreeFile): readonly string[] {
  const found = importsOf(file)
    .filter(({ specifier }) => bannedModules.has(specifier))
    .map(({ place, specifier }) => `${place} ${specifier} is banned here: take it from Ports`);
  visitAll(syntaxOf(file), (node) => {
    if (!ts.isIdentifier(node)) return;
    const use = bannedUse(node);
    if (use === null || !(isGlobal(node) || use === 'process.env')) return;
    found.push(`${placeOf(file, node)} ${use} is banned here: take it from Ports`);
  });
  return found;
}

function check(tree: Tree): Findings {
  const files = productFiles(tree).filter(({ path }) => !allowed.some((place) => place.test(path)));
  return { looked: files.length, found: files.flatMap(bansIn) };
}

const guilty = `
const a = Date.now();
const b = new Date();
const c = Math.random() + setTimeout(f, 1);
await fetch('https://x');
console.log(process.env.HOME);
globalThis.setInterval(f);
const { now } = { now: Date };
import { setTimeout as wait } from 'node:timers/promises';
const d = { fetch };
`;

const innocent = `
/** Not Date.now() nor fetch(). */
import { fetch } from 'undici';
export const a = new Date(0), b = Date.parse('x'), c = Math.max(1), d = 'process.env';
export function later(setTimeout: () => void, { console }: { console: () => void }) { setTimeout(); console(); }
app.fetch(request); await fetch(url);
interface Clock { setTimeout(): void; console: string }
type T = typeof Date;
function own() { const Math = { random: () => 1 }; return Math.random(); }
`;

/** Nothing is random and nothing waits. */
export const banRules: readonly Rule[] = [
  {
    claim: 'clock, chance, network, environment and terminal are used only in base/ports.ts, cli/ and kit/',
    check,
    planted: {
      [`${productRoot}phases/a.ts`]: guilty,
      [`${productRoot}phases/b.ts`]: innocent,
      [`${productRoot}phases/a.test.ts`]: guilty,
      [`${productRoot}base/ports.ts`]: guilty,
      [`${productRoot}cli/a.ts`]: guilty,
      [`${emulatorRoot}kit/clock.ts`]: guilty,
      [`${emulatorRoot}pipedrive/server.ts`]: guilty,
      [`${emulatorRoot}pipedrive/costs.ts`]: 'setTimeout(f);',
    },
    finds: [
      [`${productRoot}phases/a.ts:9`, 'node:timers/promises'],
      [`${productRoot}phases/a.ts:2`, 'Date.now'],
      [`${productRoot}phases/a.ts:3`, 'new Date()'],
      [`${productRoot}phases/a.ts:4`, 'Math.random'],
      [`${productRoot}phases/a.ts:4`, 'setTimeout'],
      [`${productRoot}phases/a.ts:5`, 'fetch'],
      [`${productRoot}phases/a.ts:6`, 'console'],
      [`${productRoot}phases/a.ts:6`, 'process.env'],
      [`${productRoot}phases/a.ts:7`, 'setInterval'],
      [`${productRoot}phases/a.ts:10`, 'fetch'],
      [`${emulatorRoot}pipedrive/costs.ts:1`, 'setTimeout'],
    ].map(([place, use]) => `${place} ${use} is banned here: take it from Ports`),
  },
];
