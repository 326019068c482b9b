/** What a field holds, in the words of the module API. */
export type FieldType =
  | 'text'
  | 'number'
  | 'decimal'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'bool'
  | 'dropdown'
  | 'multiselect'
  | 'lookup'
  | 'file'
  | 'html'
  | 'email'
  | 'phone'
  | 'url'
  | 'user';

/** One choice of a dropdown, with its name in both languages. */
export interface Option {
  readonly id: number;
  readonly label: string;
  readonly labelEn: string;
}

/** In which legacy table a field lies: the module's own, or one of its child tables. */
export type Part = 'main' | 'detail' | 'email' | 'phone' | 'address' | 'permit' | 'custom' | 'lines';

/** A field of a module. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly labelEn: string;
  readonly type: FieldType;
  readonly part: Part;
  readonly required: boolean;
  readonly maxLength: number | null;
  readonly options: readonly Option[];
  /** The module that a lookup leads to; null: it is none, or `moduleId` beside it says. */
  readonly lookupModule: string | null;
  readonly cardinality: 'one' | 'many';
}

/** A module of the account. */
export interface Module {
  /** The number that polymorphic references name it by. */
  readonly id: number;
  readonly key: string;
  /** The name of its legacy table; child tables begin with it. */
  readonly table: string;
  readonly name: string;
  readonly nameEn: string;
  readonly active: boolean;
  readonly isCustom: boolean;
  /** The field with the business key, which polymorphic references name. */
  readonly numberField: string;
  readonly fields: readonly Field[];
}

/** A field as the data files write it: key, Turkish label, English label, type, and what is not usual. */
export type FieldRow = readonly [
  key: string,
  label: string,
  labelEn: string,
  type: FieldType,
  more?: Partial<Pick<Field, 'part' | 'required' | 'maxLength' | 'lookupModule' | 'cardinality'>> & {
    /** `Turkish|English` each. */
    readonly options?: readonly string[];
  },
];

/** A module as the data files write it. */
export interface ModuleRow {
  readonly key: string;
  readonly table: string;
  readonly name: string;
  readonly nameEn: string;
  readonly inactive?: true;
  readonly custom?: true;
  readonly fields: readonly FieldRow[];
}

/** Columns that every table has. */
const COMMON: readonly FieldRow[] = [
  ['userId', 'Sorumlu', 'Owner', 'user'],
  ['isShared', 'Paylaşılmış', 'Shared', 'bool'],
  ['insertDate', 'Oluşturma Tarihi', 'Created', 'datetime'],
  ['updateDate', 'Güncelleme Tarihi', 'Updated', 'datetime'],
];

const FIRST_OPTION_ID = 100;

/** Makes modules of rows. Options get numbers of their own across all modules, as their one legacy table wants it. */
export function modulesOf(rows: readonly ModuleRow[]): readonly Module[] {
  let option = FIRST_OPTION_ID;
  const fieldOf = ([key, label, labelEn, type, more = {}]: FieldRow): Field => ({
    key,
    label,
    labelEn,
    type,
    part: more.part ?? 'main',
    required: more.required ?? false,
    maxLength: more.maxLength ?? null,
    lookupModule: more.lookupModule ?? null,
    cardinality: more.cardinality ?? (type === 'multiselect' ? 'many' : 'one'),
    options: (more.options ?? []).map((names) => {
      const [turkish = names, english = turkish] = names.split('|');
      option += 1;
      return { id: option, label: turkish, labelEn: english };
    }),
  });
  return rows.map((row, at) => ({
    id: at + 1,
    key: row.key,
    table: row.table,
    name: row.name,
    nameEn: row.nameEn,
    active: row.inactive !== true,
    isCustom: row.custom === true,
    numberField: `${row.table.charAt(0).toLowerCase()}${row.table.slice(1)}Number`,
    fields: [numberRow(row.table), ...row.fields, ...COMMON].map(fieldOf),
  }));
}

function numberRow(table: string): FieldRow {
  const key = `${table.charAt(0).toLowerCase()}${table.slice(1)}Number`;
  return [key, 'Kayıt No', 'Record number', 'text', { maxLength: 50 }];
}
