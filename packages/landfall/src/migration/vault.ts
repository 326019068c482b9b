import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { MigrationError } from '../model/error.ts';
import type { Environment } from './workspace-config.ts';

/** Secrets of one workspace at rest: AES-256-GCM, the secret's name bound as associated data. */
export interface Vault {
  read(name: string): string | null;
  write(name: string, secret: string): void;
}

const keyBytes = 32;
const ivBytes = 12;
const entry = z.strictObject({ iv: z.string(), tag: z.string(), data: z.string() });
const content = z.record(z.string(), entry);

/**
 * Opens `<directory>/secrets.json`. The key is LANDFALL_KEY (64 hex digits) or, without it, `<directory>/key`, made on
 * first use and readable by its owner only. Throws `store-unusable` when a secret cannot be opened with the key.
 */
export function openVault(directory: string, environment: Environment): Vault {
  const file = join(directory, 'secrets.json');
  return {
    read(name) {
      const sealed = readAll(file)[name];
      return sealed === undefined ? null : open(sealed, name, readKey(directory, environment), file);
    },
    write(name, secret) {
      const all = { ...readAll(file), [name]: seal(secret, name, readKey(directory, environment)) };
      writePrivate(file, JSON.stringify(all));
    },
  };
}

type Sealed = z.infer<typeof entry>;

function readAll(file: string): Readonly<Record<string, Sealed>> {
  if (!existsSync(file)) return {};
  demandPrivate(file);
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new MigrationError('store-unusable', `${file} is damaged: it does not hold sealed secrets.`, {
      hint: 'Restore it from a backup, or delete it and connect again.',
      cause,
    });
  }
}

/** Secrets that others on this machine can read are none (T1). Windows has no such bits. */
function demandPrivate(file: string): void {
  const othersMay = statSync(file).mode & 0o077;
  if (othersMay === 0 || process.platform === 'win32') return;
  throw new MigrationError('configuration-wrong', `${file} can be read by other users of this machine.`, {
    hint: `Take their rights away (chmod 600 ${file}); if it lay open for long, connect again.`,
  });
}

function readKey(directory: string, environment: Environment): Buffer {
  const given = environment.LANDFALL_KEY;
  const file = join(directory, 'key');
  if (given === undefined && !existsSync(file)) writePrivate(file, randomBytes(keyBytes).toString('hex'));
  if (given === undefined) demandPrivate(file);
  const text = (given ?? readFileSync(file, 'utf8')).trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  throw new MigrationError('configuration-wrong', 'The key of the secrets is not 64 hex digits.', {
    hint: 'Mend LANDFALL_KEY, or the file .landfall/key.',
  });
}

function seal(secret: string, name: string, key: Buffer): Sealed {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

function open(sealed: Sealed, name: string, key: Buffer, file: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'));
    decipher.setAAD(Buffer.from(name)).setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString(
      'utf8',
    );
  } catch (cause) {
    throw new MigrationError(
      'store-unusable',
      `The secret ${name} in ${file} cannot be opened with this key.`,
      {
        hint: 'Give the key it was sealed with, or delete the file and connect again.',
        cause,
      },
    );
  }
}

function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}
