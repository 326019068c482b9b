import type { ColumnRow, Family } from './column-row.ts';

const MADE: readonly ColumnRow[] = [
  ['createdon', 'datetime', 'Created On'],
  ['createdby', 'lookup', 'Created By', 'systemuser'],
  ['createdonbehalfby', 'lookup', 'Created By (Delegate)', 'systemuser'],
  ['modifiedon', 'datetime', 'Modified On'],
  ['modifiedby', 'lookup', 'Modified By', 'systemuser'],
  ['modifiedonbehalfby', 'lookup', 'Modified By (Delegate)', 'systemuser'],
  ['overriddencreatedon', 'datetime', 'Record Created On'],
  ['importsequencenumber', 'integer', 'Import Sequence Number'],
  ['timezoneruleversionnumber', 'integer', 'Time Zone Rule Version Number'],
  ['utcconversiontimezonecode', 'integer', 'UTC Conversion Time Zone Code'],
  ['versionnumber', 'bigint', 'Version Number'],
];

const OWNED: readonly ColumnRow[] = [
  ...MADE,
  ['ownerid', 'owner', 'Owner', 'systemuser,team'],
  ['owninguser', 'lookup', 'Owning User', 'systemuser'],
  ['owningteam', 'lookup', 'Owning Team', 'team'],
  ['owningbusinessunit', 'lookup', 'Owning Business Unit', 'businessunit'],
];

/** Columns of a table because of what it is, in the order in which they follow its own. */
export const FAMILY_COLUMNS: Readonly<Record<Family, readonly ColumnRow[]>> = {
  'user-owned': OWNED,
  'organization-owned': [...MADE, ['organizationid', 'lookup', 'Organization', 'organization']],
  activity: [
    ['subject', 'string', 'Subject', 400],
    ['activitytypecode', 'entityname', 'Activity Type'],
    ['scheduledstart', 'datetime', 'Start Date'],
    ['scheduledend', 'datetime', 'Due Date'],
    ['scheduleddurationminutes', 'integer', 'Scheduled Duration'],
    ['actualstart', 'datetime', 'Actual Start'],
    ['actualend', 'datetime', 'Actual End'],
    ['actualdurationminutes', 'integer', 'Duration'],
    ['prioritycode', 'picklist', 'Priority', '0=Low; 1=Normal; 2=High'],
    ['directioncode', 'boolean', 'Direction'],
    ['isbilled', 'boolean', 'Is Billed'],
    ['isworkflowcreated', 'boolean', 'Is Workflow Created'],
    ['isregularactivity', 'boolean', 'Is Regular Activity'],
    [
      'instancetypecode',
      'picklist',
      'Recurring Instance Type',
      '0=Not Recurring; 1=Recurring Master; 2=Recurring Instance; 3=Recurring Exception; 4=Recurring Future Exception',
    ],
    ['seriesid', 'guid', 'Series Id'],
    ['senton', 'datetime', 'Date Sent'],
    ['leftvoicemail', 'boolean', 'Left Voice Mail'],
    ['ismapiprivate', 'boolean', 'Is Private'],
    ...OWNED,
  ],
  process: [
    ...MADE,
    ['organizationid', 'lookup', 'Organization', 'organization'],
    ['name', 'string', 'Name', 200],
    ['activestageid', 'lookup', 'Active Stage', 'processstage'],
    ['activestagestartedon', 'datetime', 'Active Stage Started On'],
    ['completedon', 'datetime', 'Completed On'],
    ['duration', 'integer', 'Duration'],
    ['traversedpath', 'string', 'Traversed Path', 1250],
    ['processid', 'lookup', 'Process', 'workflow'],
    ['statecode', 'state', 'Status', '0=Active; 1=Inactive'],
    ['statuscode', 'status', 'Status Reason', '1=Active @0; 2=Finished @1; 3=Aborted @1'],
  ],
  intersect: [['versionnumber', 'bigint', 'Version Number']],
  bare: [],
};

/** Columns of a custom table beside its own. */
export const CUSTOM_STATUS: readonly ColumnRow[] = [
  ['statecode', 'state', 'Status', '0=Active; 1=Inactive'],
  ['statuscode', 'status', 'Status Reason', '1=Active @0; 2=Inactive @1'],
];

/** The two postal addresses of accounts and contacts. */
export const ADDRESS_COLUMNS: readonly ColumnRow[] = [
  ['address1_addressid', 'guid', 'Address 1: ID'],
  ['address1_name', 'string', 'Address 1: Name', 200],
  ['address1_line1', 'string', 'Address 1: Street 1', 250],
  ['address1_line2', 'string', 'Address 1: Street 2', 250],
  ['address1_city', 'string', 'Address 1: City', 80],
  ['address1_stateorprovince', 'string', 'Address 1: State/Province', 50],
  ['address1_postalcode', 'string', 'Address 1: ZIP/Postal Code', 20],
  ['address1_country', 'string', 'Address 1: Country/Region', 80],
  ['address1_composite', 'memo', 'Address 1', 1000],
  ['address1_latitude', 'double', 'Address 1: Latitude'],
  ['address1_longitude', 'double', 'Address 1: Longitude'],
  ['address2_addressid', 'guid', 'Address 2: ID'],
  ['address2_line1', 'string', 'Address 2: Street 1', 250],
  ['address2_city', 'string', 'Address 2: City', 80],
  ['address2_country', 'string', 'Address 2: Country/Region', 80],
];
