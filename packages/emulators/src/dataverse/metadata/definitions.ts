import { mix } from '../guid.ts';
import type { Organization } from '../records/organization.ts';
import { setOf } from '../rows/sets.ts';
import type { ManyToManyRow } from '../schema/column-row.ts';
import { type Column, labelsOf, type OneToMany, type Option, SCHEMA, type Table } from '../schema/schema.ts';
import { attributeKind, behaviorOf, type Shadow, shadowsOf } from './attribute-kinds.ts';

/** A definition as JSON. */
export type Definition = Readonly<Record<string, unknown>>;

/** The id of a definition, made of what it defines. */
export function metadataId(word: string): string {
  const part = (salt: number) => {
    let hash = salt;
    for (let at = 0; at < word.length; at += 1) hash = mix(hash, word.charCodeAt(at), at);
    return hash.toString(16).padStart(8, '0');
  };
  const hex = part(1) + part(2) + part(3) + part(4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A label in all languages, with the one of the signed-in user. */
export function labelJson(
  { switches }: Organization,
  text: string,
  own: Readonly<Record<number, string>> = {},
): Definition {
  const labels = Object.entries(labelsOf(text, own)).map(([language, label]) => ({
    ...{
      Label: label,
      LanguageCode: Number(language),
      IsManaged: true,
      MetadataId: metadataId(`label ${language} ${label}`),
    },
    HasChanged: null,
  }));
  const user = labels.find(({ LanguageCode }) => LanguageCode === switches.userLanguage) ?? labels[0] ?? null;
  return { LocalizedLabels: labels, UserLocalizedLabel: user };
}

function managed(value: boolean, name: string): Definition {
  return { Value: value, CanBeChanged: true, ManagedPropertyLogicalName: name };
}

const OWNERSHIP = {
  'user-owned': 'UserOwned',
  activity: 'UserOwned',
  'organization-owned': 'OrganizationOwned',
} as const;

/** An EntityDefinition without its attributes and relationships. */
export function entityDefinition(organization: Organization, table: Table): Definition {
  const { family } = table;
  const tracked = table.tracking && !organization.switches.untrackedTables.includes(table.name);
  const ownership =
    family === 'intersect' || family === 'bare'
      ? 'None'
      : family === 'process'
        ? 'OrganizationOwned'
        : OWNERSHIP[family];
  return {
    MetadataId: metadataId(`entity ${table.name}`),
    LogicalName: table.name,
    SchemaName: table.schemaName,
    EntitySetName: setOf(organization, table),
    LogicalCollectionName: table.set,
    CollectionSchemaName: table.set,
    PrimaryIdAttribute: table.key,
    PrimaryNameAttribute: table.primaryName,
    PrimaryImageAttribute: [...table.columns.values()].find(({ type }) => type === 'image')?.name ?? null,
    ObjectTypeCode: table.code,
    OwnershipType: ownership,
    TableType: 'Standard',
    IsCustomEntity: table.custom,
    IsIntersect: table.isIntersect,
    IsActivity: table.isActivity,
    IsActivityParty: table.name === 'activityparty',
    IsBPFEntity: table.isProcess,
    IsLogicalEntity: false,
    IsManaged: !table.custom,
    IsPrivate: false,
    IsValidForAdvancedFind: !table.isIntersect,
    ChangeTrackingEnabled: tracked,
    HasNotes: table.notes,
    HasActivities: table.notes,
    DataProviderId: null,
    ExternalName: null,
    DisplayName: labelJson(organization, table.label, table.labels),
    DisplayCollectionName: labelJson(organization, table.plural),
    Description: labelJson(organization, ''),
    CanCreateAttributes: managed(true, 'cancreateattributes'),
    CanChangeTrackingBeEnabled: managed(!table.isIntersect, 'canchangetrackingbeenabled'),
    IsCustomizable: managed(true, 'iscustomizable'),
    IsAuditEnabled: managed(false, 'canmodifyauditsettings'),
    HasChanged: null,
  };
}

/** An option as JSON; those of a status carry the state they belong to. */
function optionJson(organization: Organization, option: Option): Definition {
  const base = {
    Value: option.value,
    Label: labelJson(organization, option.label),
    Description: labelJson(organization, ''),
    Color: null,
    IsManaged: true,
    ExternalValue: '',
    ParentValues: [],
    MetadataId: null,
    HasChanged: null,
  };
  return option.state === null ? base : { ...base, State: option.state, TransitionData: null };
}

const SET_TYPES: Partial<Record<Column['type'], string>> = { state: 'State', status: 'Status' };

/** The option set of a column, or the one it shares; null: it has none. */
export function optionSetJson(organization: Organization, table: Table, column: Column): Definition | null {
  const name = column.globalSet ?? `${table.name}_${column.name}`;
  const head = {
    MetadataId: metadataId(`optionset ${name}`),
    Name: name,
    IsGlobal: column.globalSet !== null,
    IsCustomOptionSet: column.custom,
    DisplayName: labelJson(organization, column.label),
  };
  if (column.type === 'boolean')
    return {
      ...{ ...head, OptionSetType: 'Boolean' },
      TrueOption: optionJson(organization, { value: 1, label: 'Yes', state: null }),
      FalseOption: optionJson(organization, { value: 0, label: 'No', state: null }),
    };
  if (column.options.length === 0) return null;
  const Options = column.options.map((option) => optionJson(organization, option));
  return { ...head, OptionSetType: SET_TYPES[column.type] ?? 'Picklist', Options };
}

/** Option sets that several columns share. */
export function globalOptionSets(organization: Organization): Definition[] {
  const found = new Map<string, Definition>();
  for (const table of SCHEMA.tables.values())
    for (const column of table.columns.values())
      if (column.globalSet !== null && !found.has(column.globalSet))
        found.set(column.globalSet, optionSetJson(organization, table, column) ?? {});
  return [...found.values()];
}

/** The attributes of a table, with those that only shadow others and are no OData properties. */
export function attributeDefinitions(organization: Organization, table: Table): Definition[] {
  let number = 0;
  return [...table.columns.values()].flatMap((column) => {
    number += 1;
    const own = attributeDefinition(organization, table, column, number);
    return [own, ...shadowsOf(column).map((shadow) => shadowDefinition(organization, table, column, shadow))];
  });
}

function attributeDefinition(
  organization: Organization,
  table: Table,
  column: Column,
  number: number,
): Definition {
  const { type, typeName, cast, more } = attributeKind(column);
  const set = optionSetJson(organization, table, column);
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${cast}`,
    ...baseAttribute(organization, table, column, type, typeName),
    ColumnNumber: number,
    AttributeOf: null,
    IsValidODataAttribute: column.type !== 'partylist',
    ...more,
    ...behaviorOf(column),
    ...(set === null ? {} : { OptionSet: set, GlobalOptionSet: column.globalSet === null ? null : set }),
  };
}

function baseAttribute(
  organization: Organization,
  table: Table,
  column: Column,
  type: string,
  typeName: string,
): Definition {
  return {
    MetadataId: metadataId(`attribute ${table.name} ${column.name}`),
    LogicalName: column.name,
    SchemaName: column.schemaName,
    EntityLogicalName: table.name,
    AttributeType: type,
    AttributeTypeName: { Value: typeName },
    DisplayName: labelJson(organization, column.label),
    Description: labelJson(organization, ''),
    IsCustomAttribute: column.custom,
    IsPrimaryId: column.name === table.key,
    IsPrimaryName: column.name === table.primaryName,
    IsValidForRead: true,
    IsValidForCreate: column.baseOf === null && column.type !== 'key',
    IsValidForUpdate: column.baseOf === null && column.type !== 'key',
    IsLogical: false,
    IsManaged: !column.custom,
    SourceType: 0,
    RequiredLevel: { Value: column.type === 'key' ? 'SystemRequired' : 'None', CanBeChanged: true },
    HasChanged: null,
  };
}

function shadowDefinition(
  organization: Organization,
  table: Table,
  column: Column,
  shadow: Shadow,
): Definition {
  const named = { ...column, name: shadow.name, schemaName: shadow.name };
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${shadow.cast}`,
    ...baseAttribute(organization, table, named, shadow.type, shadow.typeName),
    ColumnNumber: 0,
    AttributeOf: column.name,
    IsValidForCreate: false,
    IsValidForUpdate: false,
    IsValidODataAttribute: false,
  };
}

/** A one-to-many relationship. */
export function oneToManyDefinition(relation: OneToMany): Definition {
  const { schemaName, referencedTable, referencingTable, referencingColumn } = relation;
  const referenced = SCHEMA.tables.get(referencedTable);
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    MetadataId: metadataId(`relation ${schemaName} ${referencingTable}`),
    SchemaName: schemaName,
    RelationshipType: 'OneToManyRelationship',
    ReferencedEntity: referencedTable,
    ReferencedAttribute: referenced?.key ?? `${referencedTable}id`,
    ReferencingEntity: referencingTable,
    ReferencingAttribute: referencingColumn,
    ReferencedEntityNavigationPropertyName: relation.collectionNav,
    ReferencingEntityNavigationPropertyName: relation.lookupNav,
    IsCustomRelationship: /^(?:new|cr4f1)_/.test(referencingColumn),
    IsHierarchical: referencedTable === referencingTable,
    IsManaged: true,
    IsValidForAdvancedFind: true,
    CascadeConfiguration: {
      Assign: 'NoCascade',
      Delete: 'RemoveLink',
      Merge: 'NoCascade',
      Reparent: 'NoCascade',
      Share: 'NoCascade',
      Unshare: 'NoCascade',
    },
  };
}

/** A many-to-many relationship. */
export function manyToManyDefinition(relation: ManyToManyRow): Definition {
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
    MetadataId: metadataId(`relation ${relation.schemaName}`),
    SchemaName: relation.schemaName,
    RelationshipType: 'ManyToManyRelationship',
    IntersectEntityName: relation.intersect,
    Entity1LogicalName: relation.table1,
    Entity1IntersectAttribute: relation.column1,
    Entity1NavigationPropertyName: relation.nav1,
    Entity2LogicalName: relation.table2,
    Entity2IntersectAttribute: relation.column2,
    Entity2NavigationPropertyName: relation.nav2,
    IsCustomRelationship: relation.schemaName.startsWith('new_'),
    IsManaged: !relation.schemaName.startsWith('new_'),
    IsValidForAdvancedFind: true,
  };
}
