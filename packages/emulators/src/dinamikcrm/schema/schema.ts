import { CUSTOM_MODULES } from './custom-modules.ts';
import { type Field, type Module, modulesOf, type Option } from './module.ts';
import { OTHER_MODULES } from './other-modules.ts';
import { PEOPLE_MODULES } from './people-modules.ts';
import { SALES_MODULES } from './sales-modules.ts';
import { WORK_MODULES } from './work-modules.ts';

/** Every module of the account, custom and inactive ones too, in the order of their numbers. */
export const MODULES: readonly Module[] = modulesOf([
  ...PEOPLE_MODULES,
  ...SALES_MODULES,
  ...WORK_MODULES,
  ...OTHER_MODULES,
  ...CUSTOM_MODULES,
]);

const BY_KEY = new Map(MODULES.map((module) => [module.key, module]));

/** The module of a key; undefined: there is none. */
export function moduleOf(key: string): Module | undefined {
  return BY_KEY.get(key);
}

/** The module of a key that is there. Throws when it is not: a mistake of ours. */
export function moduleNamed(key: string): Module {
  const module = BY_KEY.get(key);
  if (!module) throw new Error(`there is no module ${key}`);
  return module;
}

/** The field of a key; undefined: the module has none. */
export function fieldOf(module: Module, key: string): Field | undefined {
  return module.fields.find((field) => field.key === key);
}

/** A choice of a dropdown by its Turkish name. Throws when it is not there: a mistake of ours. */
export function optionOf(module: string, field: string, label: string): Option {
  const option = fieldOf(moduleNamed(module), field)?.options.find((each) => each.label === label);
  if (!option) throw new Error(`${module}.${field} has no choice ${label}`);
  return option;
}
