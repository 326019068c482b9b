import { z } from 'zod';

// The shapes that the command line promises to scripts.

/** A counter: never negative, never a fraction. */
export const count = z.int().min(0);
/** A text that says something. */
export const text = z.string().min(1);
const choice = z.object({ id: text, label: text, consequence: text, default: z.boolean() });
const question = z.object({
  id: text,
  kind: text,
  question: text,
  choices: z.array(choice).min(1),
  blocks: text.nullable(),
});
const ledgerRow = z.object({
  extracted: count,
  excluded: count,
  rejected: count,
  mapped: count,
  drafted: count,
  created: count,
  matched: count,
  updated: count,
  skipped: count,
  failed: count,
  inDoubt: count,
  verified: count,
  diverged: count,
});
const gateNames = [
  'scope',
  'mapping',
  'configuration',
  'owners',
  'data',
  'sample',
  'plan',
  'cutover',
] as const;
const gate = z.object({
  gate: z.enum(gateNames),
  state: z.enum(['open', 'waiting', 'approved', 'stale']),
  hash: text.nullable(),
  by: text.nullable(),
  at: z.iso.datetime().nullable(),
});

/** `status --json`. */
export const status = z.object({
  workspace: text,
  source: z.literal('smart-crm-online'),
  destination: z.literal('pipedrive'),
  phase: text,
  gates: z.array(gate).length(gateNames.length),
  waiting: z.array(question),
  ledger: z.record(z.string(), ledgerRow),
  budget: z.object({
    dailyTokens: count.nullable(),
    spentToday: count,
    planned: count.nullable(),
    forecastEnd: z.union([z.iso.date(), z.iso.datetime()]).nullable(),
  }),
});
/** `verify --json`. */
export const verify = z
  .object({
    records: count,
    fields: count,
    equal: count,
    normalised: count,
    byRule: count,
    lossy: count,
    missing: count,
    different: count,
    findings: z.array(
      z.object({
        entity: text,
        sourceKey: text,
        targetId: text.nullable(),
        field: text,
        expected: z.string(),
        found: z.string(),
        verdict: text,
      }),
    ),
  })
  .refine(
    (one) => one.fields === one.equal + one.normalised + one.byRule + one.lossy + one.missing + one.different,
    'fields is the sum of the verdicts',
  );
/** `plan --json`. */
export const plan = z.object({
  hash: text,
  operations: z.record(z.string(), z.object({ create: count, update: count, link: count, skip: count })),
  tokens: count,
  requests: count,
  days: z.number().min(0),
  start: text,
  end: text,
  caps: z.array(z.object({ name: text, limit: count.nullable(), fits: z.boolean() })),
  rollbackTokens: count,
});
/** `rollback --json`, and `rollback --plan --json`. */
export const rollback = z.object({
  reversed: count,
  restored: count,
  kept: z.array(z.object({ entity: text, targetId: text, because: text })),
  errored: count,
});
/** `queue --json`. */
export const queue = z.array(question.extend({ records: z.array(text), default: text.nullable() }));
/** One field of `propose --json` and `map --json`. */
export const proposed = z.object({
  source: text,
  target: text.nullable(),
  confidence: z.number().min(0).max(1),
  band: z.enum(['auto', 'review', 'leave']),
  evidence: text,
  samples: z.array(z.string()),
  filled: count,
  sensitive: z.boolean(),
});
/** The line that `emulate` prints. */
export const emulated = z.object({
  system: z.literal('pipedrive'),
  url: z.url(),
  token: text,
  control: z.url(),
  pid: z.int().min(1),
});
/** One request of an emulator’s log. */
export const logLine = z.object({
  method: text,
  path: text,
  status: z.int(),
  tokens: count,
  at: z.iso.datetime(),
});
