import { afterEach, describe, expect, it, vi } from 'vitest';
import { testPorts } from './test-ports.ts';

afterEach(() => vi.restoreAllMocks());

function killsAt(crash: string, points: readonly string[]): number {
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
  const ports = testPorts({ LANDFALL_CRASH: crash });
  let at = 0;
  for (const [index, point] of points.entries()) {
    ports?.crashPoint(point);
    if (at === 0 && kill.mock.calls.length > 0) at = index + 1;
  }
  if (at > 0) expect(kill.mock.calls).toEqual([[process.pid, 'SIGKILL']]);
  return at;
}

describe('crash points for the tests that kill', () => {
  it('nobody asks for any: the usual ports are used', () => {
    expect(testPorts({})).toBeNull();
    expect(testPorts({ LANDFALL_CRASH_LOG: '0' })).toBeNull();
  });

  it.each([
    ['a:1', 1],
    ['a:2', 3],
    ['a:3', 0],
    ['load:after-intent:1', 4],
    ['store: before commit:1', 5],
    ['b:1', 2],
  ])('%s kills at pass %i, once', (crash, pass) => {
    const points = ['a', 'b', 'a', 'load:after-intent', 'store: before commit', 'b'];
    expect(killsAt(crash, points)).toBe(pass);
  });

  it('tells every point it passes when it is asked to', () => {
    let told = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      told += String(text);
      return true;
    });
    const ports = testPorts({ LANDFALL_CRASH_LOG: '1' });
    ports?.crashPoint('one');
    ports?.crashPoint('two');
    expect(told).toBe('crash-point one\ncrash-point two\n');
  });
});
