import type { CatalogIssue, LookupKey, SourceType } from '../../../model/source.ts';
import type { PatternRule } from '../export-files/export-catalog.ts';
import type { RestDialect } from './dialect.ts';

/** How a value is read that is more than a word or a number. */
export type Reading =
  /** The number of a module beside the record's business key: which entity, and which record. */
  | { readonly as: 'parent'; readonly module: string; readonly type: string }
  /** Addresses or numbers with a type each, the primary one first: by type into fields of their own. */
  | { readonly as: 'typed'; readonly into: Readonly<Record<string, string>>; readonly rest: string }
  /** Ids of records whose names are wanted, as `Name <e-mail>`. */
  | { readonly as: 'names'; readonly standard: string }
  | { readonly as: 'pipeline' }
  | { readonly as: 'stage' }
  /** Rows inside the record: a line of text for each, of these members. */
  | { readonly as: 'lines'; readonly cells: readonly string[] }
  /** A number that may be a person's national id: those stand in a sensitive field of their own. */
  | { readonly as: 'guarded'; readonly personal: string }
  /** The end of something that began at `since`: how many minutes it took, beside it. */
  | { readonly as: 'end'; readonly since: string; readonly minutes: string }
  /** Where a file lies; `standard` names the field that opens its bytes, where they can be had. */
  | { readonly as: 'file'; readonly standard: string; readonly bytesAt: string };

/** A field that modules of this kind are known to have. */
export interface KnownField {
  /** The member of a record. */
  readonly key: string;
  /** Our name for it. */
  readonly standard: string;
  readonly type: SourceType;
  readonly references?: string;
  /** Personal data that is not mapped unless somebody says so. */
  readonly sensitive?: true;
  readonly reading?: Reading;
}

/** By which fields others may name a record of a module. */
export interface KeyRule {
  readonly kind: LookupKey['kind'];
  /** Members; each filled one gives a key of its own, or all together one (`join`). */
  readonly from: readonly string[];
  readonly join?: true;
}

/** A table that holds a part of a module's records, for services that give tables. */
export type ChildTable = {
  readonly table: string;
  /** The member of its rows that names the record, and the record's member that it names. */
  readonly by: string;
} & (
  | { readonly gives: 'columns' }
  /** One row for each value: type, value, and which comes first. */
  | {
      readonly gives: 'typed';
      readonly into: string;
      readonly value: string;
      readonly type: string;
      readonly first: string;
    }
  | { readonly gives: 'values'; readonly into: string; readonly column: string }
  | { readonly gives: 'rows'; readonly into: string }
);

/** A module that accounts of this system are known to have. */
export interface KnownModule {
  readonly key: string;
  /** Names it goes by in lists of modules that give no key, in any language. */
  readonly names: readonly string[];
  readonly label: string;
  /** The member that holds its business key. */
  readonly numberField: string;
  readonly fields: readonly KnownField[];
  readonly keys: readonly KeyRule[];
  /** Members that make the name of a record, for those that name it by id. */
  readonly nameOf?: readonly string[];
  /** Why its records have no place in the destination; absent: they have one. */
  readonly noPlace?: string;
  /** Read for others, and no entity itself: tags, which lie on the records they mark. */
  readonly aside?: true;
  /** What a person should know before going on, when it has records. */
  readonly notes?: readonly Omit<CatalogIssue, 'at'>[];
  /** Its table, for services that give tables. */
  readonly table: string;
  readonly children?: readonly ChildTable[];
}

/** A list that tells about the account, and what the members of its rows are called. */
export interface MetaList<Name extends string> {
  /** `{key}` stands for the key of a module. */
  readonly path: string;
  readonly members: Readonly<Record<Name, string>>;
}

/** What a service tells about users, pipelines, automation rules and tags. */
export interface SharedLists {
  readonly users: MetaList<'id' | 'name' | 'surname' | 'email'> & {
    /** Members that are all true of an active user. */
    readonly active: readonly string[];
  };
}

/** A service with lists of its modules and their fields. */
export interface ModuleService extends SharedLists {
  readonly kind: 'modules';
  readonly dialect: RestDialect;
  readonly modules: MetaList<
    'id' | 'key' | 'label' | 'otherLabel' | 'active' | 'custom' | 'count' | 'number'
  >;
  readonly fields: MetaList<
    | 'key'
    | 'label'
    | 'otherLabel'
    | 'type'
    | 'options'
    | 'optionId'
    | 'optionLabel'
    | 'lookup'
    | 'cardinality'
    | 'custom'
  > & { readonly types: Readonly<Record<string, SourceType>>; readonly many: string };
  readonly relations: MetaList<'field' | 'module' | 'moduleField' | 'cardinality'> & {
    readonly oneToOne: string;
    readonly manyToMany: string;
  };
  readonly pipelines: MetaList<
    'id' | 'name' | 'stages' | 'stageId' | 'stageName' | 'order' | 'probability' | 'outcome'
  >;
  readonly automations: MetaList<'name' | 'kind' | 'module' | 'trigger' | 'action' | 'active'>;
  readonly tags: MetaList<'name' | 'group'>;
  /** Path of a module's records, and the parameter that asks for those changed since a local time. */
  readonly records: string;
  readonly since: string;
  /** Path of a file's bytes, `{id}` in it. */
  readonly files: string;
}

/** A service that gives its tables whole, with nothing about their fields. */
export interface TableService extends SharedLists {
  readonly kind: 'tables';
  readonly dialect: RestDialect;
  /** Path of a table; `{table}` in it. */
  readonly list: string;
  readonly modules: MetaList<'id' | 'label' | 'otherLabel' | 'active'>;
  /** Choices of all dropdowns, by number; `of` names the module. */
  readonly options: MetaList<'id' | 'label' | 'of'>;
  /** Custom fields: entity, attribute, value. */
  readonly customFields: MetaList<'number' | 'module' | 'type' | 'label' | 'otherLabel'> & {
    readonly types: Readonly<Record<string, SourceType>>;
    /** End of the name of the table that holds a module's values; the members of its rows. */
    readonly valueTable: string;
    readonly field: string;
    readonly value: string;
  };
  readonly stages: readonly (MetaList<'id' | 'pipeline' | 'name' | 'order' | 'probability'> & {
    /** Words of stages that end a pipeline, case aside. */
    readonly won: readonly string[];
    readonly lost: readonly string[];
  })[];
  readonly pipelines: MetaList<'id' | 'name'>;
  readonly tags: MetaList<'name' | 'group' | 'module' | 'record'>;
}

/** One or the other way of reading the same system. */
export type RestService = ModuleService | TableService;

/** What is known of a CRM behind such a service: data only. */
export interface RestCatalog {
  readonly system: string;
  readonly label: string;
  /** The member that holds a record's id, and the one that says whether it was deleted (only `true` is not). */
  readonly id: string;
  readonly live: string;
  /** The member that says when a record changed, in local time. */
  readonly changedAt: string;
  /** The member that names the tenant, where tables hold more than one. */
  readonly tenant: string;
  /** In the order of their references: a module after those it points to. */
  readonly modules: readonly KnownModule[];
  /** Fields that every module has. */
  readonly common: readonly KnownField[];
  /** Columns of tables that nobody describes which are no field, or must not be read at all (passwords). */
  readonly unread: readonly string[];
  /** What the destination has for an automation rule of a kind. */
  readonly equivalents: Readonly<Record<string, string>>;
  /** Rules that leave traces in records: looked for where the service tells of none. */
  readonly patterns: readonly PatternRule[];
}
