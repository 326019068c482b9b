/** The day on which the organisation began. Milliseconds since 1970. */
export const FIRST_MS = Date.UTC(2021, 0, 4, 6);

/** The last day on which somebody worked in it. Milliseconds since 1970. */
export const LAST_MS = Date.UTC(2026, 9, 30, 16);
