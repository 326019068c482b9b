import { describe, expect, it } from 'vitest';
import { banRules } from './bans.ts';
import { circleRules } from './circles.ts';
import { docRules } from './docs.ts';
import { exportRules } from './exports.ts';
import { floorRules } from './floors.ts';
import { nameRules } from './names.ts';
import { packageRules } from './packages.ts';
import { placeRules } from './places.ts';
import { sizeRules } from './sizes.ts';
import { plant, type Rule, readTree } from './tree.ts';
import { vendorRules } from './vendors.ts';

const rules: readonly Rule[] = [
  ...floorRules,
  ...circleRules,
  ...sizeRules,
  ...banRules,
  ...nameRules,
  ...exportRules,
  ...vendorRules,
  ...packageRules,
  ...docRules,
  ...placeRules,
];

const tree = readTree();

describe('the tree is tidy', () => {
  it.each(rules)('$claim', ({ check }) => {
    const { looked, found } = check(tree);
    expect(found.join('\n')).toBe('');
    expect(looked, 'the rule looked at nothing, so it proves nothing').toBeGreaterThan(0);
  });
});

describe('a planted violation is found, and nothing else', () => {
  it.each(rules)('$claim', ({ check, planted, finds }) => {
    expect([...check(plant(planted)).found].sort()).toEqual([...finds].sort());
  });

  it.each(rules)('and nothing is looked at where nothing is: $claim', ({ check }) => {
    expect(check(plant({})).looked).toBe(0);
  });
});
