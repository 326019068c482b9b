import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { hasEnded, holderName } from './holder.ts';

const gone = spawnSync(process.execPath, ['-e', '']).pid;

it.each([
  ['this process', holderName('load'), false],
  ['a process that has ended', `load (process ${gone} on ${hostname()})`, true],
  ['one of another machine', `load (process ${gone} on elsewhere)`, false],
  ['a name of another shape', 'ann', false],
  ['process 1, which is not ours', `load (process 1 on ${hostname()})`, false],
])('knows whether %s has certainly ended', (_name, holder, ended) => {
  expect(hasEnded(holder)).toBe(ended);
});
