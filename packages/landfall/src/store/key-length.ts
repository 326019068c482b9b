import { assert } from '../base/assert.ts';
import { maxIndexedBytes } from './text-code.ts';

/** Stops when a key is longer than an index takes: whoever makes keys must reject such a record before. */
export function assertIndexable(key: string): void {
  const fits = key.length * 3 <= maxIndexedBytes || Buffer.byteLength(key) <= maxIndexedBytes;
  assert(fits, `a key is at most ${maxIndexedBytes} bytes long; this one begins ${key.slice(0, 60)}`);
}
