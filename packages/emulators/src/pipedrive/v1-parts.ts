import type { Account } from './account.ts';
import { isLive } from './account.ts';
import type {
  CustomValues,
  FieldEntity,
  FieldRecord,
  OrganizationRecord,
  PersonRecord,
  Reach,
} from './records.ts';
import { v1Time } from './times.ts';

/** The company's number, as v1 records carry it. */
export const COMPANY_ID = 7_000_001;

/** A time as v1 writes it; null stays null. */
export function v1TimeOrNull(sec: number | null): string | null {
  return sec === null ? null : v1Time(sec);
}

/** Custom fields as v1 carries them: at the root, with parts of a value under `<code>_<part>`; empty ones as null. */
export function flatCustom(
  account: Account,
  entity: FieldEntity,
  custom: CustomValues | null,
): Record<string, unknown> {
  const fields = account.state.fieldsByCode.get(entity);
  const flat: Record<string, unknown> = {};
  for (const code of account.state.customCodes.get(entity) ?? []) {
    const field = fields?.get(code);
    if (field) Object.assign(flat, flatValue(field, custom?.[code]));
  }
  return flat;
}

/** The parts that a value of these types has beside its `value`. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  monetary: ['currency'],
  daterange: ['until'],
  time: ['timezone_id'],
  timerange: ['until', 'timezone_id'],
};

function flatValue({ code, type }: FieldRecord, value: unknown): Record<string, unknown> {
  if (type === 'set') return { [code]: Array.isArray(value) ? value.join(',') : null };
  if (type === 'address') return { [code]: (value as { value?: unknown } | undefined)?.value ?? null };
  const parts = PARTS[type];
  if (!parts) return { [code]: value ?? null };
  const given = (value ?? {}) as Readonly<Record<string, unknown>>;
  const flat: Record<string, unknown> = { [code]: given.value ?? null };
  for (const part of parts) flat[`${code}_${part}`] = given[part] ?? null;
  return flat;
}

/** E-mails or phones; none are one empty entry (seen live). */
export function reachesV1(given: readonly Reach[]): readonly object[] {
  return given.length > 0
    ? given.map(({ label, value, primary }) => ({ label, value, primary }))
    : [{ value: '', primary: true }];
}

/** A user as v1 nests them in other records. */
export function userPart(account: Account, userId: number): Record<string, unknown> {
  const user = account.state.users.get(userId);
  return {
    id: userId,
    name: user?.name ?? '',
    email: user?.email ?? '',
    has_pic: 0,
    pic_hash: null,
    active_flag: user?.active ?? false,
  };
}

/** An organization as v1 nests it in other records. */
export function organizationPart(
  account: Account,
  organization: OrganizationRecord,
): Record<string, unknown> {
  return {
    id: organization.id,
    name: organization.name,
    people_count: account.state.peopleByOrganization.get(organization.id) ?? 0,
    owner_id: organization.owner_id,
    address: organization.address?.value ?? null,
    active_flag: isLive(organization),
    cc_email: 'emulated@pipedrivemail.com',
  };
}

/** A person as v1 nests them in other records. */
export function personPart(person: PersonRecord): Record<string, unknown> {
  return {
    active_flag: isLive(person),
    id: person.id,
    name: person.name,
    email: reachesV1(person.emails),
    phone: reachesV1(person.phones),
    owner_id: person.owner_id,
  };
}

/** Which records an answer mentions. */
export interface Mentioned {
  readonly users?: Iterable<number>;
  readonly persons?: Iterable<number | null>;
  readonly organizations?: Iterable<number | null>;
  readonly deals?: Iterable<number | null>;
}

/** `related_objects` of a v1 answer: what is mentioned, by kind and id. Kinds without any are left out. */
export function relatedObjects(account: Account, mentioned: Mentioned): Record<string, object> {
  const { state } = account;
  const related: Record<string, object> = {};
  const add = (
    kind: string,
    ids: Iterable<number | null> | undefined,
    part: (id: number) => object | undefined,
  ) => {
    const entries = [...new Set(ids ?? [])].flatMap((id) => {
      const view = id === null ? undefined : part(id);
      return view ? [[String(id), view]] : [];
    });
    if (entries.length > 0) related[kind] = Object.fromEntries(entries);
  };
  add('user', mentioned.users, (id) => userPart(account, id));
  add('person', mentioned.persons, (id) => {
    const person = state.persons.get(id);
    return person && personPart(person);
  });
  add('organization', mentioned.organizations, (id) => {
    const organization = state.organizations.get(id);
    return organization && organizationPart(account, organization);
  });
  add('deal', mentioned.deals, (id) => {
    const deal = state.deals.get(id);
    if (!deal) return undefined;
    const { title, status, value, currency, stage_id } = deal;
    const pipeline_id = state.stages.get(stage_id)?.pipeline_id ?? null;
    return { id, title, status, value, currency, stage_id, pipeline_id };
  });
  return related;
}
