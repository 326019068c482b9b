import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrationError } from '../model/error.ts';
import type { Policies } from '../model/policy.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import { pairPolicies } from './pair.ts';
import { readYaml, settingLines } from './yaml-file.ts';

/** How `landfall.yaml` writes a token or password. */
export const secret = z.union([z.string().min(1), z.strictObject({ env: z.string().min(1) })]);

const timezone = z.string().refine(isZone, 'is no IANA time zone (such as Europe/Istanbul)');

const policies = z.strictObject({
  timezone: timezone.default(defaultPolicies.timezone),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is two capital letters, such as TR')
    .default(defaultPolicies.country),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is three capital letters, such as TRY')
    .default(defaultPolicies.currency),
  unlinkedDeals: z.enum(['review', 'placeholder', 'leave']).default(defaultPolicies.unlinkedDeals),
  contactsWithoutCompany: z
    .enum(['review', 'placeholder', 'leave'])
    .default(defaultPolicies.contactsWithoutCompany),
  unmatchedOwners: z.enum(['queue', 'fallback']).default(defaultPolicies.unmatchedOwners),
  fallbackOwner: z.email().nullable().default(null),
  notesAs: z.enum(['activity', 'note']).default(defaultPolicies.notesAs),
  tagsAs: z.enum(['labels', 'field', 'review']).default(defaultPolicies.tagsAs),
  commissionPlacement: z.enum(['deal', 'person']).default(defaultPolicies.commissionPlacement),
  dealsAre: z.enum(['both', 'proposals', 'sales']).default(defaultPolicies.dealsAre),
  duplicates: z.enum(['review', 'merge', 'keep']).default(defaultPolicies.duplicates),
  existing: z.enum(['review', 'update-empty', 'skip', 'create']).default(defaultPolicies.existing),
  ownersGate: z.enum(['any', 'deals']).default(defaultPolicies.ownersGate),
  budgetShare: z.number().gt(0).max(1).default(defaultPolicies.budgetShare),
  offPeak: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'is HH:MM-HH:MM')
    .nullable()
    .default(null),
  offPeakShare: z.number().gt(0).max(1).default(defaultPolicies.offPeakShare),
  supportDays: z.int().min(0).max(365).default(defaultPolicies.supportDays),
  inDoubtQuietSeconds: z.number().min(0).max(3600).default(defaultPolicies.inDoubtQuietSeconds),
  rollbackRelationships: z.enum(['ask', 'skip']).default(defaultPolicies.rollbackRelationships),
  fileProof: z.enum(['size', 'bytes']).default(defaultPolicies.fileProof),
  noValues: z.boolean().default(false),
});

const auth = z.union(
  [
    z.strictObject({ token: secret }),
    z.strictObject({
      clientId: z.string().min(1),
      clientSecret: secret,
      refreshToken: secret,
      tokenUrl: z.url().default('https://oauth.pipedrive.com/oauth/token'),
    }),
  ],
  'needs { token }, or { clientId, clientSecret, refreshToken }; a secret is a text or { env: NAME }',
);

const destination = z.strictObject({
  system: z.literal('pipedrive'),
  url: z.url(),
  auth,
  plan: z.enum(['lite', 'growth', 'premium', 'ultimate']).default('growth'),
  seats: z.int().min(1).max(100_000).default(1),
  /** `off`: assume no limits until an answer names one (an emulator without limits). */
  pace: z.enum(['plan', 'off']).default('plan'),
});

const workspace = z.strictObject({
  version: z.literal(1),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is lower-case letters, digits and hyphens, at most 63'),
  source: z.looseObject({ system: z.string().min(1) }),
  destination,
  policies: policies.default(policies.parse({})),
  database: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'starts with postgres://')
    .optional(),
});

/** Where the file is silent, what the pair's template says stands before the defaults of all pairs. */
const schema = z.preprocess((raw) => {
  if (!isRecord(raw) || !isRecord(raw.source)) return raw;
  const own = raw.policies ?? {};
  return isRecord(own) ? { ...raw, policies: { ...pairPolicies(raw.source.system), ...own } } : raw;
}, workspace);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A token or password: itself, or the environment variable that holds it. */
export type Secret = z.infer<typeof secret>;

/** `landfall.yaml`, checked and with its defaults. */
export type WorkspaceConfig = z.infer<typeof schema> & { readonly policies: Policies };

/** The file's name in a workspace. */
export const configFileName = 'landfall.yaml';

/** Reads `landfall.yaml` of a workspace. Throws `workspace-missing` or `configuration-wrong` with every fault and its line. */
export function readConfig(directory: string): WorkspaceConfig {
  const path = join(directory, configFileName);
  if (!existsSync(path)) {
    throw new MigrationError('workspace-missing', `There is no ${configFileName} in ${directory}.`);
  }
  return readYaml(path, schema, 'configuration-wrong').value;
}

/** How a fault names its setting: `source.tables[0].entity: ...`. */
const namedSetting = /^(?:source|destination|policies|database)(?:\.\w+|\[\d+\])*(?=[\s:])/;

/**
 * A trouble with settings that only showed when they were used, with file and line before each setting it names.
 * Everything else comes back as it is.
 */
export function placedInConfig(directory: string, error: unknown): unknown {
  if (!(error instanceof MigrationError)) return error;
  const faults = error.message.split('\n');
  const isOurs = error.code === 'configuration-wrong' || error.code === 'secret-missing';
  if (!isOurs || !faults.some((fault) => namedSetting.test(fault))) return error;
  const lineOf = settingLines(join(directory, configFileName));
  const placed = faults.map((fault) => {
    const named = namedSetting.exec(fault)?.[0];
    return named === undefined ? fault : `${configFileName}:${lineOf(placeOf(named))}: ${fault}`;
  });
  const { code, hint, cause } = error;
  return new MigrationError(code, placed.join('\n'), { hint, at: placed[0] ?? configFileName, cause });
}

function placeOf(named: string): readonly (string | number)[] {
  return named
    .split(/[.[\]]+/)
    .flatMap((part) => (part === '' ? [] : [/^\d+$/.test(part) ? Number(part) : part]));
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** The environment variables of the process, handed in by the command line. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The secret itself. Throws `secret-missing` with the name of the variable, never with a value. */
export function reveal(value: Secret, environment: Environment, what: string): string {
  if (typeof value === 'string') return value;
  const found = environment[value.env];
  if (found !== undefined && found !== '') return found;
  throw new MigrationError('secret-missing', `${what}: the environment variable ${value.env} is not set.`);
}
