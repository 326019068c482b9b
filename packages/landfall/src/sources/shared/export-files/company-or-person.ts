import { legalSuffixes } from '../../../mapping/company-words.ts';
import { foldLetters } from '../../../mapping/fold.ts';
import type { KindRule } from './export-catalog.ts';
import { type ExtraColumns, notThere } from './extra-columns.ts';
import type { KnownTable } from './known-table.ts';
import { cellReader } from './row-cells.ts';

/** The words of the made fields. */
const kinds = { company: 'company', person: 'person' } as const;
const roles = { first: 'first', further: 'further' } as const;

const suffixes: ReadonlySet<string> = new Set(legalSuffixes);

/**
 * The columns that say whether a record is a company or a person, where one list holds both, and of several records of
 * one company (a row for each contact) which is the first: by name, case and accents aside.
 */
export class CompaniesAndPersons {
  readonly #tables: readonly KnownTable[];
  readonly #first = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(tables: readonly KnownTable[]) {
    this.#tables = tables;
  }

  /** The columns to add to a table; none when its entity has no such rule. */
  columnsFor(known: KnownTable): ExtraColumns {
    const { kind: rule, id, name } = known.recognised.entity;
    if (rule === undefined) return { names: [], cellsOf: () => Promise.resolve([]) };
    const names = notThere(known, [rule.name, rule.company.record, rule.company.role]);
    return {
      names,
      cellsOf: async (cell) => {
        const made = await this.#made(rule, id, name, cell);
        return names.map((one) => made[one] ?? '');
      },
    };
  }

  async #made(
    rule: KindRule,
    id: string,
    entity: string,
    cell: (standard: string) => string,
  ): Promise<Readonly<Record<string, string>>> {
    const kind = kindOf(rule, cell);
    if (kind !== kinds.company) return { [rule.name]: kind };
    const first = (await this.#firstOf(rule, id, entity)).get(nameOf(rule, cell)) ?? '';
    const role = first === '' || first === cell(id) ? roles.first : roles.further;
    return { [rule.name]: kind, [rule.company.record]: first, [rule.company.role]: role };
  }

  #firstOf(rule: KindRule, id: string, entity: string): Promise<ReadonlyMap<string, string>> {
    const read = this.#first.get(entity) ?? this.#read(rule, id, entity);
    this.#first.set(entity, read);
    return read;
  }

  async #read(rule: KindRule, id: string, entity: string): Promise<ReadonlyMap<string, string>> {
    const first = new Map<string, string>();
    for (const known of this.#tables.filter(({ recognised }) => recognised.entity.name === entity)) {
      const reader = cellReader(known);
      for await (const rows of known.table.rows()) {
        for (const row of rows) {
          const cell = reader(row);
          const name = nameOf(rule, cell);
          if (kindOf(rule, cell) === kinds.company && !first.has(name)) first.set(name, cell(id));
        }
      }
    }
    return first;
  }
}

/** A company has somebody else as its contact, repeats its name as company, or ends as companies do; else it is a person. */
export function kindOf(rule: KindRule, cell: (standard: string) => string): string {
  const company = cell(rule.company.name);
  const title = titleOf(rule, cell);
  const person = rule.person.map(cell).join(' ').trim();
  if (title === '') return person === '' ? '' : kinds.person;
  if (person !== '')
    return wordsOf(person).join(' ') === wordsOf(title).join(' ') ? kinds.person : kinds.company;
  const isNamedTwice = company !== '' && wordsOf(company).join(' ') === wordsOf(title).join(' ');
  return isNamedTwice || suffixes.has(wordsOf(title).at(-1) ?? '') ? kinds.company : kinds.person;
}

function titleOf({ title, company }: KindRule, cell: (standard: string) => string): string {
  return cell(title) === '' ? cell(company.name) : cell(title);
}

function nameOf(rule: KindRule, cell: (standard: string) => string): string {
  return wordsOf(titleOf(rule, cell)).join(' ');
}

function wordsOf(text: string): readonly string[] {
  return foldLetters(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
