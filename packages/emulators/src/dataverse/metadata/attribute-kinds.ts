import type { Column } from '../schema/schema.ts';

/** How metadata names the type of a column, and what it says beyond the base properties. */
export interface AttributeKind {
  readonly type: string;
  readonly typeName: string;
  readonly cast: string;
  readonly more: Readonly<Record<string, unknown>>;
}

type Row = readonly [type: string, cast?: string];

const KINDS: Readonly<Record<Column['type'], Row>> = {
  key: ['Uniqueidentifier', 'UniqueIdentifier'],
  guid: ['Uniqueidentifier', 'UniqueIdentifier'],
  string: ['String'],
  memo: ['Memo'],
  integer: ['Integer'],
  bigint: ['BigInt'],
  boolean: ['Boolean'],
  picklist: ['Picklist'],
  multi: ['Virtual', 'MultiSelectPicklist'],
  state: ['State'],
  status: ['Status'],
  money: ['Money'],
  decimal: ['Decimal'],
  double: ['Double'],
  datetime: ['DateTime'],
  date: ['DateTime'],
  walltime: ['DateTime'],
  lookup: ['Lookup'],
  owner: ['Owner', 'Lookup'],
  entityname: ['EntityName'],
  partylist: ['PartyList', 'Lookup'],
  file: ['Virtual', 'File'],
  image: ['Virtual', 'Image'],
};

/** How metadata names a column's type. */
export function attributeKind(column: Column): AttributeKind {
  const [plain, cast = plain] = KINDS[column.type];
  const type = isCustomer(column) ? 'Customer' : plain;
  const typeName = column.type === 'key' ? 'Uniqueidentifier' : type === 'Virtual' ? cast : type;
  return { type, typeName: `${typeName}Type`, cast: `${cast}AttributeMetadata`, more: detailsOf(column) };
}

/** A lookup to an account or a contact has a type of its own. */
function isCustomer({ name, targets }: Column): boolean {
  return targets.join() === 'account,contact' && (name === 'customerid' || name === 'parentcustomerid');
}

function detailsOf(column: Column): Readonly<Record<string, unknown>> {
  switch (column.type) {
    case 'string':
      return { MaxLength: column.maxLength || 100, Format: 'Text', FormatName: { Value: 'Text' } };
    case 'memo':
      return { MaxLength: column.maxLength || 2_000, Format: 'TextArea' };
    case 'integer':
      return { MinValue: -2_147_483_648, MaxValue: 2_147_483_647, Format: 'None' };
    case 'money':
      return {
        ...{ Precision: 4, PrecisionSource: 2, IsBaseCurrency: column.baseOf !== null },
        CalculationOf: column.baseOf,
      };
    case 'decimal':
      return { Precision: column.scale, MinValue: -100_000_000_000, MaxValue: 100_000_000_000 };
    case 'double':
      return { Precision: 2 };
    case 'lookup':
    case 'owner':
    case 'partylist':
      return { Targets: column.targets, Format: 'None' };
    case 'file':
      return { MaxSizeInKB: 32_768 };
    case 'image':
      return { MaxSizeInKB: 10_240, CanStoreFullImage: true, IsPrimaryImage: true };
    default:
      return {};
  }
}

/** What a column of time depends on. */
export function behaviorOf({ type }: Column): Readonly<Record<string, unknown>> {
  if (type !== 'datetime' && type !== 'date' && type !== 'walltime') return {};
  const behavior = { datetime: 'UserLocal', date: 'DateOnly', walltime: 'TimeZoneIndependent' }[type];
  return { DateTimeBehavior: { Value: behavior }, Format: type === 'date' ? 'DateOnly' : 'DateAndTime' };
}

/** A column that only tells of another one. It cannot be selected. */
export interface Shadow {
  readonly name: string;
  readonly type: string;
  readonly typeName: string;
  readonly cast: string;
}

const NAME = { type: 'String', typeName: 'StringType', cast: 'StringAttributeMetadata' };
const LABEL = { type: 'Virtual', typeName: 'VirtualType', cast: 'AttributeMetadata' };
const KIND = { type: 'EntityName', typeName: 'EntityNameType', cast: 'EntityNameAttributeMetadata' };

/** The columns that shadow a column: names and types of links, labels of choices. */
export function shadowsOf({ name, type, targets }: Column): Shadow[] {
  if (type === 'lookup' || type === 'owner')
    return [
      { name: `${name}name`, ...NAME },
      { name: `${name}yominame`, ...NAME },
      ...(targets.length > 1 ? [{ name: `${name}type`, ...KIND }] : []),
    ];
  const labelled = ['picklist', 'multi', 'state', 'status', 'boolean'].includes(type);
  return labelled ? [{ name: `${name}name`, ...LABEL }] : [];
}
