import type { Account } from '../account.ts';
import type { Field, Module } from '../schema/module.ts';
import { MODULES } from '../schema/schema.ts';
import { AUTOMATIONS, LOOSE_TAGS, PIPELINES, TAG_GROUPS, USERS } from '../world/furniture.ts';

/** The list of modules, with how many records each has (deleted ones are not counted). */
export function modulesView(account: Account): readonly object[] {
  return MODULES.map((module) => ({
    id: module.id,
    key: module.key,
    name: module.name,
    nameEn: module.nameEn,
    active: module.active,
    isCustom: module.isCustom,
    recordCount: account.count(module),
    numberField: module.numberField,
  }));
}

/** The fields of a module. */
export function fieldsView(module: Module): readonly object[] {
  return module.fields.map(
    ({ key, label, labelEn, type, required, maxLength, options, lookupModule, cardinality, part }) => ({
      key,
      label,
      labelEn,
      type,
      required,
      maxLength,
      options,
      lookupModule,
      cardinality,
      isCustom: part === 'custom' || module.isCustom,
    }),
  );
}

/** How the records of a module refer to others. */
export function relationsView(module: Module): readonly object[] {
  return module.fields.filter(({ type }) => type === 'lookup').map((field) => relationOf(module, field));
}

/** Custom modules with one record for each parent at most. */
const ONE_TO_ONE: ReadonlySet<string> = new Set(['ozel_kredi_profili', 'ozel_kisi_profili']);

function relationOf(module: Module, { key, lookupModule, cardinality }: Field): object {
  const one = ONE_TO_ONE.has(module.key) ? 'one-to-one' : 'many-to-one';
  return {
    field: key,
    toModule: lookupModule,
    /** A polymorphic reference names the module in a field of its own and the record by its number. */
    moduleField: lookupModule === null ? key.replace('dataNumber', 'moduleId') : null,
    cardinality: cardinality === 'many' ? 'many-to-many' : one,
  };
}

/** Users, pipelines, automation rules, tags. A password is never among them. */
export const LISTS: Readonly<Record<string, readonly object[]>> = {
  users: USERS.map((user) => ({ ...user, groupId: 1 })),
  pipelines: PIPELINES,
  automations: AUTOMATIONS,
  tags: [
    ...Object.entries(TAG_GROUPS).flatMap(([groupName, names]) => names.map((name) => ({ name, groupName }))),
    ...LOOSE_TAGS.map((name) => ({ name, groupName: null })),
  ],
};
