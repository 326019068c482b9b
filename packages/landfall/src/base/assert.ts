/** Our own bug: the program contradicts itself. Never caught to go on. */
class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

/** Stops the run when a thing that must hold does not. The message says what was expected. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message);
}

/** The value, or a stop when it is missing. */
export function must<T>(value: T | null | undefined, message: string): T {
  assert(value !== null && value !== undefined, message);
  return value;
}
