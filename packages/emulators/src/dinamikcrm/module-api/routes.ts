import { type Answer, type Call, jsonAnswer } from '../../kit/exchange.ts';
import type { Account } from '../account.ts';
import { badRequest, notEmulated, notFound } from '../refusal.ts';
import type { Module } from '../schema/module.ts';
import { fieldOf, moduleOf } from '../schema/schema.ts';
import type { Switches } from '../switches.ts';
import type { Cell, Row } from '../world/row.ts';
import { fieldsView, LISTS, modulesView, relationsView } from './definitions.ts';
import { fileAnswer } from './files.ts';
import { pageAnswer } from './pages.ts';
import { recordView } from './record-view.ts';

/** What of an account a request works on. */
export interface Ground {
  readonly account: Account;
  readonly switches: Switches;
}

/** First words of paths that belong to the module API. */
export const MODULE_API_WORDS: ReadonlySet<string> = new Set(['modules', 'files', ...Object.keys(LISTS)]);

/** Carries out a request of the module API; `parts` are those of its path behind `/api`. */
export function moduleApiAnswer(ground: Ground, call: Call, parts: readonly string[]): Answer {
  const [first = '', key, part, id] = parts;
  if (first === 'files' && call.method === 'GET') return fileAnswer(ground.account, numberIn(key));
  if (first !== 'modules') return listAnswer(call, first);
  if (key === undefined) return onlyGet(call, () => jsonAnswer(200, modulesView(ground.account)));
  const module = moduleOf(key);
  if (!module) throw notFound(`Modül ${key}`);
  if (part === 'fields') return onlyGet(call, () => jsonAnswer(200, fieldsView(module)));
  if (part === 'relations') return onlyGet(call, () => jsonAnswer(200, relationsView(module)));
  if (part !== 'records') throw notEmulated(`${call.method} /api/modules/{key}/${part ?? ''}`);
  return id === undefined ? collection(ground, call, module) : record(ground, call, module, numberIn(id));
}

function listAnswer(call: Call, name: string): Answer {
  return onlyGet(call, () => jsonAnswer(200, LISTS[name] ?? []));
}

function onlyGet(call: Call, make: () => Answer): Answer {
  if (call.method !== 'GET') throw notEmulated(`${call.method} ${call.path}`);
  return make();
}

function collection({ account, switches }: Ground, call: Call, module: Module): Answer {
  if (call.method === 'GET') return pageAnswer(call, module, account.rows(module), switches);
  if (call.method !== 'POST') throw notEmulated(`${call.method} /api/modules/{key}/records`);
  return jsonAnswer(201, recordView(module, account.insert(module, valuesIn(call, module)), switches));
}

function record({ account, switches }: Ground, call: Call, module: Module, id: number): Answer {
  const row: Row | undefined = account.find(module, id);
  if (!row) throw notFound(`${module.name} ${id}`);
  if (call.method === 'GET') return jsonAnswer(200, recordView(module, row, switches));
  if (call.method === 'PATCH')
    return jsonAnswer(200, recordView(module, account.update(module, row, valuesIn(call, module)), switches));
  if (call.method !== 'DELETE') throw notEmulated(`${call.method} /api/modules/{key}/records/{id}`);
  account.remove(module, row);
  return jsonAnswer(200, { id });
}

function numberIn(text: string | undefined): number {
  if (!/^\d{1,15}$/.test(text ?? '')) throw notFound(String(text));
  return Number(text);
}

function valuesIn(call: Call, module: Module): Record<string, Cell> {
  let body: unknown;
  try {
    body = JSON.parse(call.text());
  } catch {
    throw badRequest('Gövde JSON değil.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('Gövde bir nesne değil.');
  return checkedValues(module, body as Record<string, Cell>);
}

/** Values of a record whose fields are all there; lookups that are numbers in text become numbers. Throws a refusal. */
export function checkedValues(module: Module, values: Readonly<Record<string, Cell>>): Record<string, Cell> {
  const checked: Record<string, Cell> = {};
  for (const [key, value] of Object.entries(values)) {
    const field = fieldOf(module, key);
    if (!field && !['id', 'active'].includes(key))
      throw badRequest(`${module.key}: "${key}" diye bir alan yok.`);
    const isReference = (field?.type === 'lookup' && field.lookupModule !== null) || field?.type === 'user';
    checked[key] = isReference ? numbered(value) : value;
  }
  return checked;
}

function numbered(value: Cell): Cell {
  if (Array.isArray(value)) return value.map((each: Cell) => numbered(each));
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}
