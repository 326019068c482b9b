import { type Answer, type Call, jsonAnswer } from '../../kit/exchange.ts';
import type { Ground } from '../module-api/routes.ts';
import { notEmulated, notFound } from '../refusal.ts';
import type { Cell } from '../world/row.ts';
import { isCustomerTable, LEGACY_TABLES, type LegacyRow } from './tables.ts';

/** Carries out a request of the legacy dialect: `/api/<Table>/GetList`, `GetList/{n}`, `GetById/{id}`. */
export function legacyAnswer({ account, switches }: Ground, call: Call, parts: readonly string[]): Answer {
  const [name = '', verb = '', argument] = parts;
  const table = LEGACY_TABLES.get(name);
  if (!table || (switches.legacyTables === 'customer' && !isCustomerTable(name)))
    throw notFound(`/api/${name}`);
  if (call.method !== 'GET' || !['GetList', 'GetById'].includes(verb))
    throw notEmulated(`${call.method} /api/{table}/${verb}`);
  const rows = table(account, switches);
  if (verb === 'GetById')
    return enveloped({ entity: rows.find(({ id }) => String(id) === argument) ?? null });
  if (argument === undefined) return enveloped({ list: rows, count: rows.length });
  if (!/^\d+$/.test(argument)) throw notFound(`/api/${name}/GetList/${argument}`);
  const first = rows.slice(0, Number(argument)).map((row) => shortView(row));
  // One endpoint forgets to say that it went well.
  return enveloped({ list: first, count: first.length, isSuccessful: false });
}

/** The answer to a table that fails: HTTP 200, and the truth inside. */
export function exceptionAnswer(message: string): Answer {
  return enveloped({
    hasExceptionError: true,
    exceptionMessage: message,
    isSuccessful: false,
    isValid: false,
  });
}

function enveloped(more: Readonly<Record<string, Cell | readonly LegacyRow[]>>): Answer {
  return jsonAnswer(200, {
    hasExceptionError: false,
    exceptionMessage: null,
    list: null,
    entity: null,
    count: 0,
    isValid: true,
    isSuccessful: true,
    ...more,
  });
}

function shortView(row: LegacyRow): LegacyRow {
  const [numberField] = Object.keys(row).filter((key) => key.endsWith('Number'));
  const fullName = [row.name, row.surname].filter((part) => typeof part === 'string').join(' ');
  return {
    id: row.id ?? null,
    ...(numberField ? { [numberField]: row[numberField] ?? null } : {}),
    fullName,
  };
}
