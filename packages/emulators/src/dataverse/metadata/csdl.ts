import type { Organization } from '../records/organization.ts';
import { setOf } from '../rows/sets.ts';
import { type Column, isReadable, type OneToMany, propertyOf, SCHEMA, type Table } from '../schema/schema.ts';
import { xmlText } from '../xml.ts';

const EDM: Readonly<Record<Column['type'], string>> = {
  ...{ key: 'Edm.Guid', guid: 'Edm.Guid', lookup: 'Edm.Guid', owner: 'Edm.Guid' },
  ...{
    string: 'Edm.String',
    memo: 'Edm.String',
    multi: 'Edm.String',
    entityname: 'Edm.String',
    partylist: 'Edm.String',
  },
  ...{
    integer: 'Edm.Int32',
    picklist: 'Edm.Int32',
    state: 'Edm.Int32',
    status: 'Edm.Int32',
    bigint: 'Edm.Int64',
  },
  ...{ boolean: 'Edm.Boolean', money: 'Edm.Decimal', decimal: 'Edm.Decimal', double: 'Edm.Double' },
  ...{ datetime: 'Edm.DateTimeOffset', walltime: 'Edm.DateTimeOffset', date: 'Edm.Date' },
  ...{ file: 'Edm.Guid', image: 'Edm.Binary' },
};

const TRACKED =
  '<Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record><PropertyValue Property="Supported" Bool="true" /></Record></Annotation>';

/** The whole schema as CSDL: `$metadata`. `annotated` adds which tables are tracked. */
export function csdlOf(organization: Organization, annotated: boolean): string {
  const tables = [...SCHEMA.tables.values()];
  const types = tables.map((table) => entityType(table));
  const sets = tables.map((table) => entitySet(organization, table, annotated));
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    '<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    '<EntityType Name="crmbaseentity" Abstract="true" />',
    '<EntityType Name="principal" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="ownerid" /></Key><Property Name="ownerid" Type="Edm.Guid" /></EntityType>',
    ...types,
    `<EntityContainer Name="System">${sets.join('')}</EntityContainer>`,
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n');
}

function entityType(table: Table): string {
  const base =
    table.name === 'systemuser' || table.name === 'team' ? 'mscrm.principal' : 'mscrm.crmbaseentity';
  const properties = [...table.columns.values()]
    .filter(isReadable)
    .map(
      (column) => `<Property Name="${propertyOf(column)}" Type="${EDM[column.type]}"${scaleText(column)} />`,
    );
  const links = [...new Map(lookupsOf(table).map((each) => [each.lookupNav, each])).values()];
  const singles = links.map(({ lookupNav, referencedTable }) => {
    const target = lookupNav === 'ownerid' ? 'principal' : referencedTable;
    return `<NavigationProperty Name="${xmlText(lookupNav)}" Type="mscrm.${target}" Nullable="false" />`;
  });
  const key = `<Key><PropertyRef Name="${table.key}" /></Key>`;
  const parts = [key, ...properties, ...singles, ...collectionsOf(table)].join('');
  return `<EntityType Name="${table.name}" BaseType="${base}">${parts}</EntityType>`;
}

function scaleText({ scale, type, maxLength }: Column): string {
  if (type === 'money' || type === 'decimal') return ` Scale="${scale}"`;
  return maxLength > 0 ? ` MaxLength="${maxLength}"` : '';
}

function lookupsOf({ name }: Table): OneToMany[] {
  return SCHEMA.oneToMany.filter((each) => each.referencingTable === name);
}

function collectionsOf({ name }: Table): string[] {
  const many = SCHEMA.oneToMany.filter((each) => each.referencedTable === name);
  const own = many.map(({ collectionNav, referencingTable, lookupNav }) =>
    collection(collectionNav, referencingTable, lookupNav),
  );
  const across = SCHEMA.manyToMany.flatMap((each) => [
    ...(each.table1 === name ? [collection(each.nav1, each.table2, each.nav2)] : []),
    ...(each.table2 === name ? [collection(each.nav2, each.table1, each.nav1)] : []),
  ]);
  return [...own, ...across];
}

function collection(nav: string, type: string, partner: string): string {
  return `<NavigationProperty Name="${nav}" Type="Collection(mscrm.${type})" Partner="${partner}" />`;
}

function entitySet(organization: Organization, table: Table, annotated: boolean): string {
  const tracked = annotated && table.tracking && !organization.switches.untrackedTables.includes(table.name);
  const head = `<EntitySet Name="${setOf(organization, table)}" EntityType="Microsoft.Dynamics.CRM.${table.name}"`;
  return tracked ? `${head}>${TRACKED}</EntitySet>` : `${head} />`;
}
