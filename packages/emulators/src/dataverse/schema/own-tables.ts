import type { ColumnRow, ManyToManyRow, TableRow } from './column-row.ts';
import { CUSTOM_STATUS } from './family-columns.ts';

const TIERS = '1=Bronze; 2=Silver; 3=Gold; 4=Platinum';
const SEGMENTS = '100000000=Retail; 100000001=Industry; 100000002=Public; 100000003=Export';

/** Columns that standard tables have beside the default ones: links that the model leaves out, and custom ones. */
export const EXTRA_COLUMNS: Readonly<Record<string, readonly ColumnRow[]>> = {
  account: [
    ['parentaccountid', 'lookup', 'Parent Account', 'account'],
    ['telephone1', 'string', 'Main Phone', 50],
    ['new_tier', 'picklist', 'Tier', TIERS],
    ['new_segments', 'multi', 'Segments', SEGMENTS],
    ['new_creditscore', 'decimal', 'Credit Score', 5],
    ['new_externalnumber', 'bigint', 'External Number'],
    ['new_exportedat', 'string', 'Exported At', 100],
    ['new_contract', 'file', 'Contract'],
    ['entityimage', 'image', 'Default Image'],
  ],
  contact: [
    ['new_vergino', 'string', 'Vergi No', 20],
    ['new_segments', 'multi', 'Segments', SEGMENTS],
  ],
  lead: [['customerid', 'lookup', 'Customer', 'account,contact']],
  opportunity: [
    ['customerid', 'lookup', 'Potential Customer', 'account,contact'],
    ['new_renewalat', 'walltime', 'Renewal At'],
    ['new_source', 'picklist', 'Source', '1=Partner; 2=Web; 3=Partner; 4=Fair'],
  ],
  quote: [['customerid', 'lookup', 'Potential Customer', 'account,contact']],
  salesorder: [['customerid', 'lookup', 'Customer', 'account,contact']],
  invoice: [['customerid', 'lookup', 'Customer', 'account,contact']],
  activitypointer: [
    [
      'regardingobjectid',
      'lookup',
      'Regarding',
      'account,contact,lead,opportunity,quote,campaign,new_project',
    ],
  ],
  team: [['name', 'string', 'Team Name', 160]],
};

const BODY: readonly ColumnRow[] = [
  ['filename', 'string', 'File Name', 255],
  ['mimetype', 'string', 'MIME Type', 256],
  ['filesize', 'integer', 'File Size (Bytes)'],
  ['body', 'memo', 'Body', 1_073_741_823],
];

/** System tables that the Common Data Model's folder of applications does not describe. */
export const SYSTEM_TABLES: readonly TableRow[] = [
  {
    ...{ name: 'organization', set: 'organizations', schemaName: 'Organization', label: 'Organization' },
    ...{ plural: 'Organizations', family: 'bare', code: 1019, tracking: false },
    columns: [
      ['organizationid', 'key', 'Organization'],
      ['name', 'string', 'Organization Name', 160],
      ['basecurrencyid', 'lookup', 'Currency', 'transactioncurrency'],
      ['expirechangetrackingindays', 'integer', 'Days to Expire Change Tracking Deleted Records'],
      ['maxuploadfilesize', 'integer', 'Max Upload File Size'],
      ['languagecode', 'integer', 'Language'],
      ['localeid', 'integer', 'Locale'],
      ['versionnumber', 'bigint', 'Version Number'],
    ],
  },
  {
    ...{ name: 'processstage', set: 'processstages', schemaName: 'ProcessStage', label: 'Process Stage' },
    ...{ plural: 'Process Stages', family: 'bare', code: 4724, primaryName: 'stagename', tracking: false },
    columns: [
      ['processstageid', 'key', 'Process Stage'],
      ['stagename', 'string', 'Process Stage Name', 256],
      [
        ...(['stagecategory', 'picklist', 'Stage Category'] as const),
        '0=Qualify; 1=Develop; 2=Propose; 3=Close; 4=Identify; 5=Research; 6=Resolve',
      ],
      ['primaryentitytypecode', 'entityname', 'Primary Entity Type'],
      ['processid', 'lookup', 'Process', 'workflow'],
      ['versionnumber', 'bigint', 'Version Number'],
    ],
  },
  {
    ...{ name: 'workflow', set: 'workflows', schemaName: 'Workflow', label: 'Process' },
    ...{ plural: 'Processes', family: 'user-owned', code: 4703, tracking: false },
    columns: [
      ['workflowid', 'key', 'Process'],
      ['name', 'string', 'Process Name', 100],
      ['uniquename', 'string', 'Unique Name', 256],
      ['type', 'picklist', 'Type', '1=Definition; 2=Activation; 3=Template'],
      [
        ...(['category', 'picklist', 'Category'] as const),
        '0=Workflow; 1=Dialog; 2=Business Rule; 3=Action; 4=Business Process Flow; 5=Modern Flow; 6=Desktop Flow; 7=AI Flow',
      ],
      ['mode', 'picklist', 'Mode', '0=Background; 1=Real-time'],
      [
        'scope',
        'picklist',
        'Scope',
        '1=User; 2=Business Unit; 3=Parent: Child Business Units; 4=Organization',
      ],
      ['runas', 'picklist', 'Run As User', '0=Owner; 1=Calling User'],
      ['primaryentity', 'entityname', 'Primary Entity'],
      ['triggeroncreate', 'boolean', 'Trigger On Create'],
      ['triggerondelete', 'boolean', 'Trigger On Delete'],
      ['triggeronupdateattributelist', 'memo', 'Trigger On Update Attribute List', 1_048_576],
      ['createstage', 'picklist', 'Create Stage', '20=Pre-operation; 40=Post-operation'],
      ['ondemand', 'boolean', 'Run as On Demand'],
      ['subprocess', 'boolean', 'Is Child Process'],
      ['xaml', 'memo', 'Xaml', 1_073_741_823],
      ['clientdata', 'memo', 'Client Data', 1_073_741_823],
      ['description', 'memo', 'Description', 100_000],
      ['statecode', 'state', 'Status', '0=Draft; 1=Activated; 2=Suspended'],
      ['statuscode', 'status', 'Status Reason', '1=Draft @0; 2=Activated @1; 3=CompanyDLPViolation @2'],
    ],
  },
  {
    ...{
      name: 'opportunitysalesprocess',
      set: 'opportunitysalesprocesses',
      schemaName: 'OpportunitySalesProcess',
    },
    ...{
      label: 'Opportunity Sales Process',
      plural: 'Opportunity Sales Processes',
      family: 'process',
      code: 953,
    },
    key: 'businessprocessflowinstanceid',
    columns: [
      ['businessprocessflowinstanceid', 'key', 'Business Process Flow Instance'],
      ['opportunityid', 'lookup', 'Opportunity', 'opportunity'],
    ],
  },
  {
    ...{ name: 'leadtoopportunitysalesprocess', set: 'leadtoopportunitysalesprocesses' },
    ...{ schemaName: 'LeadToOpportunitySalesProcess', label: 'Lead To Opportunity Sales Process' },
    ...{ plural: 'Lead To Opportunity Sales Processes', family: 'process', code: 954 },
    key: 'businessprocessflowinstanceid',
    columns: [
      ['businessprocessflowinstanceid', 'key', 'Business Process Flow Instance'],
      ['leadid', 'lookup', 'Lead', 'lead'],
      ['opportunityid', 'lookup', 'Opportunity', 'opportunity'],
    ],
  },
  {
    ...{ name: 'opportunityclose', set: 'opportunitycloses', schemaName: 'OpportunityClose' },
    ...{ label: 'Opportunity Close', plural: 'Opportunity Close Activities', family: 'activity', code: 4208 },
    primaryName: 'subject',
    columns: [
      ['opportunityid', 'lookup', 'Opportunity', 'opportunity'],
      ['actualrevenue', 'money', 'Actual Revenue'],
      ['actualrevenue_base', 'money', 'Actual Revenue (Base)'],
      ['transactioncurrencyid', 'lookup', 'Currency', 'transactioncurrency'],
      ['exchangerate', 'decimal', 'Exchange Rate', 10],
      ['description', 'memo', 'Description', 2000],
      ['statecode', 'state', 'Status', '0=Open; 1=Completed; 2=Canceled'],
      ['statuscode', 'status', 'Status Reason', '1=Open @0; 2=Completed @1; 3=Canceled @2'],
    ],
  },
  {
    ...{
      name: 'activitymimeattachment',
      set: 'activitymimeattachments',
      schemaName: 'ActivityMimeAttachment',
    },
    ...{
      label: 'Attachment',
      plural: 'Attachments',
      family: 'intersect',
      code: 1001,
      primaryName: 'filename',
    },
    key: 'activitymimeattachmentid',
    columns: [
      ['activitymimeattachmentid', 'key', 'Attachment'],
      ...BODY,
      ['attachmentnumber', 'integer', 'Attachment Number'],
      ['attachmentcontentid', 'string', 'Content Id', 250],
      ['objecttypecode', 'entityname', 'Entity'],
      ['objectid', 'lookup', 'Regarding', 'activitypointer,email,appointment'],
      ['attachmentid', 'lookup', 'Attachment', 'attachment'],
      ['subject', 'string', 'Subject', 2000],
    ],
  },
  {
    ...{ name: 'attachment', set: 'attachments', schemaName: 'Attachment', label: 'Attachment' },
    ...{ plural: 'Attachments', family: 'intersect', code: 1002, primaryName: 'filename', tracking: false },
    key: 'attachmentid',
    columns: [['attachmentid', 'key', 'Attachment'], ...BODY, ['prefix', 'string', 'Prefix', 10]],
  },
  {
    ...{
      name: 'fileattachment',
      set: 'fileattachments',
      schemaName: 'FileAttachment',
      label: 'File Attachment',
    },
    ...{ plural: 'File Attachments', family: 'bare', code: 55, primaryName: 'filename', tracking: false },
    columns: [
      ['fileattachmentid', 'key', 'File Attachment'],
      ['filename', 'string', 'File Name', 255],
      ['mimetype', 'string', 'MIME Type', 256],
      ['filesizeinbytes', 'bigint', 'File Size (Bytes)'],
      ['regardingfieldname', 'string', 'Attribute Name', 160],
      ['objectid', 'lookup', 'Object', 'account'],
      ['createdon', 'datetime', 'Created On'],
      ['versionnumber', 'bigint', 'Version Number'],
    ],
  },
  {
    ...{ name: 'sharepointdocumentlocation', set: 'sharepointdocumentlocations', code: 9508 },
    ...{ schemaName: 'SharePointDocumentLocation', label: 'Document Location', plural: 'Document Locations' },
    family: 'user-owned',
    columns: [
      ['sharepointdocumentlocationid', 'key', 'Document Location'],
      ['name', 'string', 'Name', 160],
      ['relativeurl', 'string', 'Relative URL', 255],
      ['absoluteurl', 'string', 'Absolute URL', 2000],
      ['regardingobjectid', 'lookup', 'Regarding', 'account,opportunity'],
      ...CUSTOM_STATUS,
    ],
  },
  {
    ...{ name: 'competitor', set: 'competitors', schemaName: 'Competitor', label: 'Competitor' },
    ...{ plural: 'Competitors', family: 'organization-owned', code: 123 },
    columns: [
      ['competitorid', 'key', 'Competitor'],
      ['name', 'string', 'Competitor Name', 100],
      ['websiteurl', 'string', 'Website', 200],
    ],
  },
  {
    ...{ name: 'list', set: 'lists', schemaName: 'List', label: 'Marketing List', plural: 'Marketing Lists' },
    ...{ family: 'user-owned', code: 4300, primaryName: 'listname' },
    columns: [
      ['listid', 'key', 'Marketing List'],
      ['listname', 'string', 'Name', 128],
      ['membertype', 'integer', 'Member Type'],
      ['createdfromcode', 'picklist', 'Targeted At', '1=Account; 2=Contact; 4=Lead'],
      ...CUSTOM_STATUS,
    ],
  },
  {
    ...{ name: 'plugintype', set: 'plugintypes', schemaName: 'PluginType', label: 'Plug-in Type' },
    ...{ plural: 'Plug-in Types', family: 'bare', code: 4602, tracking: false },
    columns: [
      ['plugintypeid', 'key', 'Plug-in Type'],
      ['name', 'string', 'Name', 256],
      ['typename', 'string', 'Type Name', 256],
      ['assemblyname', 'string', 'Assembly Name', 100],
    ],
  },
  {
    ...{ name: 'sdkmessage', set: 'sdkmessages', schemaName: 'SdkMessage', label: 'Sdk Message' },
    ...{ plural: 'Sdk Messages', family: 'bare', code: 4606, tracking: false },
    columns: [
      ['sdkmessageid', 'key', 'Sdk Message'],
      ['name', 'string', 'Name', 256],
    ],
  },
  {
    ...{ name: 'sdkmessagefilter', set: 'sdkmessagefilters', schemaName: 'SdkMessageFilter' },
    ...{ label: 'Sdk Message Filter', plural: 'Sdk Message Filters', family: 'bare', code: 4607 },
    ...{ primaryName: 'primaryobjecttypecode', tracking: false },
    columns: [
      ['sdkmessagefilterid', 'key', 'Sdk Message Filter'],
      ['primaryobjecttypecode', 'entityname', 'Primary Object Type Code'],
      ['sdkmessageid', 'lookup', 'SDK Message', 'sdkmessage'],
    ],
  },
  {
    ...{ name: 'sdkmessageprocessingstep', set: 'sdkmessageprocessingsteps' },
    ...{ schemaName: 'SdkMessageProcessingStep', label: 'Sdk Message Processing Step' },
    ...{ plural: 'Sdk Message Processing Steps', family: 'organization-owned', code: 4608, tracking: false },
    columns: [
      ['sdkmessageprocessingstepid', 'key', 'Sdk Message Processing Step'],
      ['name', 'string', 'Name', 256],
      ['stage', 'picklist', 'Execution Stage', '10=Pre-validation; 20=Pre-operation; 40=Post-operation'],
      ['mode', 'picklist', 'Execution Mode', '0=Synchronous; 1=Asynchronous'],
      ['rank', 'integer', 'Execution Order'],
      ['filteringattributes', 'memo', 'Filtering Attributes', 100_000],
      ['sdkmessageid', 'lookup', 'SDK Message', 'sdkmessage'],
      ['sdkmessagefilterid', 'lookup', 'SdkMessage Filter', 'sdkmessagefilter'],
      ['plugintypeid', 'lookup', 'Plug-In Type', 'plugintype'],
      ['statecode', 'state', 'Status', '0=Enabled; 1=Disabled'],
      ['statuscode', 'status', 'Status Reason', '1=Enabled @0; 2=Disabled @1'],
    ],
  },
  {
    ...{ name: 'savedquery', set: 'savedqueries', schemaName: 'SavedQuery', label: 'View', plural: 'Views' },
    ...{ family: 'organization-owned', code: 1039, tracking: false },
    columns: [
      ['savedqueryid', 'key', 'View'],
      ['name', 'string', 'Name', 200],
      ['returnedtypecode', 'entityname', 'Entity Name'],
      ['fetchxml', 'memo', 'FetchXml', 1_073_741_823],
      ['layoutxml', 'memo', 'Layout XML', 1_073_741_823],
      ['isdefault', 'boolean', 'Default View'],
    ],
  },
  {
    ...{ name: 'stringmap', set: 'stringmaps', schemaName: 'StringMap', label: 'String Map' },
    ...{ plural: 'String Maps', family: 'bare', code: 1043, primaryName: 'value', tracking: false },
    columns: [
      ['stringmapid', 'key', 'String Map'],
      ['objecttypecode', 'entityname', 'Object Type'],
      ['attributename', 'string', 'Attribute', 100],
      ['attributevalue', 'integer', 'Attribute Value'],
      ['value', 'memo', 'Value', 4000],
      ['langid', 'integer', 'Language'],
      ['displayorder', 'integer', 'Display Order'],
    ],
  },
  {
    ...{ name: 'listmember', set: 'listmembers', schemaName: 'ListMember', label: 'Marketing List Member' },
    ...{
      plural: 'Marketing List Members',
      family: 'intersect',
      code: 4301,
      primaryName: '',
      tracking: false,
    },
    columns: [
      ['listmemberid', 'key', 'Marketing List Member'],
      ['listid', 'lookup', 'Marketing List', 'list'],
      ['entityid', 'lookup', 'Entity', 'account,contact,lead'],
      ['entitytype', 'entityname', 'Entity Type'],
    ],
  },
];

/** Custom tables: one whose display name another one has too, one with labels in Turkish only, one of activities. */
export const CUSTOM_TABLES: readonly TableRow[] = [
  {
    ...{ name: 'new_project', set: 'new_projects', schemaName: 'new_Project', label: 'Project' },
    ...{ plural: 'Projects', family: 'user-owned', code: 10_001, primaryName: 'new_name', notes: true },
    labels: { 1055: 'Proje', 1031: 'Projekt' },
    columns: [
      ['new_projectid', 'key', 'Project'],
      ['new_name', 'string', 'Name', 100],
      ['new_account', 'lookup', 'Account', 'account'],
      ['new_opportunity', 'lookup', 'Opportunity', 'opportunity'],
      ['new_parentproject', 'lookup', 'Parent Project', 'new_project'],
      ['new_budget', 'money', 'Budget'],
      ['new_budget_base', 'money', 'Budget (Base)'],
      ['transactioncurrencyid', 'lookup', 'Currency', 'transactioncurrency'],
      ['exchangerate', 'decimal', 'Exchange Rate', 10],
      ['new_startson', 'date', 'Starts On'],
      ['new_kickoffat', 'walltime', 'Kick-off At'],
      ['new_share', 'decimal', 'Share', 5],
      ['new_ratio', 'double', 'Ratio'],
      ['new_phase', 'picklist', 'Phase', '100000000=Planning; 100000001=Running; 100000002=Closed'],
      ['new_topics', 'multi', 'Topics', SEGMENTS],
      ['new_urgent', 'boolean', 'Urgent'],
      ['new_notes', 'memo', 'Remarks', 100_000],
      ...CUSTOM_STATUS,
    ],
  },
  {
    ...{ name: 'cr4f1_project', set: 'cr4f1_projects', schemaName: 'cr4f1_Project', label: 'Project' },
    ...{ plural: 'Projects', family: 'organization-owned', code: 10_002, primaryName: 'cr4f1_title' },
    columns: [
      ['cr4f1_projectid', 'key', 'Project'],
      ['cr4f1_title', 'string', 'Title', 100],
      ['cr4f1_code', 'string', 'Code', 20],
      ...CUSTOM_STATUS,
    ],
  },
  {
    ...{ name: 'new_makine', set: 'new_makines', schemaName: 'new_Makine', label: 'Makine' },
    ...{ plural: 'Makineler', family: 'user-owned', code: 10_003, primaryName: 'new_ad', notes: true },
    labels: { 1055: 'Makine' },
    columns: [
      ['new_makineid', 'key', 'Makine'],
      ['new_ad', 'string', 'Makine Adı', 100],
      ['new_serino', 'string', 'Seri No', 50],
      ['new_firma', 'lookup', 'Firma', 'account'],
      ['new_durum', 'picklist', 'Durum', '1=Çalışıyor; 2=Arızalı; 3=Hurdaya ayrıldı'],
      ['new_bakimtarihi', 'date', 'Bakım Tarihi'],
      ...CUSTOM_STATUS,
    ],
  },
  {
    ...{
      name: 'new_makinebakim',
      set: 'new_makinebakims',
      schemaName: 'new_MakineBakim',
      label: 'Bakım Kaydı',
    },
    ...{
      plural: 'Bakım Kayıtları',
      family: 'user-owned',
      code: 10_004,
      primaryName: 'new_ad',
      tracking: false,
    },
    labels: { 1055: 'Bakım Kaydı' },
    columns: [
      ['new_makinebakimid', 'key', 'Bakım Kaydı'],
      ['new_ad', 'string', 'Ad', 100],
      ['new_makine', 'lookup', 'Makine', 'new_makine'],
      ['new_saat', 'integer', 'Saat'],
      ...CUSTOM_STATUS,
    ],
  },
  {
    ...{ name: 'new_visit', set: 'new_visits', schemaName: 'new_Visit', label: 'Visit', plural: 'Visits' },
    ...{ family: 'activity', code: 10_005, primaryName: 'subject' },
    columns: [
      ['regardingobjectid', 'lookup', 'Regarding', 'account,contact'],
      ['description', 'memo', 'Description', 2000],
      ['new_mileage', 'decimal', 'Mileage', 2],
      ['statecode', 'state', 'Activity Status', '0=Open; 1=Completed; 2=Canceled; 3=Scheduled'],
      ['statuscode', 'status', 'Status Reason', '1=Open @0; 2=Completed @1; 3=Canceled @2; 4=Scheduled @3'],
    ],
  },
  {
    ...{
      name: 'new_bpf_renewal',
      set: 'new_bpf_renewals',
      schemaName: 'new_bpf_renewal',
      label: 'Renewal Process',
    },
    ...{ plural: 'Renewal Processes', family: 'process', code: 10_006, primaryName: 'bpf_name' },
    key: 'businessprocessflowinstanceid',
    columns: [
      ['businessprocessflowinstanceid', 'key', 'Business Process Flow Instance'],
      ['bpf_name', 'string', 'Name', 200],
      ['bpf_opportunityid', 'lookup', 'Opportunity', 'opportunity'],
    ],
  },
];

/** Many-to-many relationships; their intersects become tables with the set names given here. */
export const MANY_TO_MANY: readonly (ManyToManyRow & { readonly set: string; readonly code: number })[] = [
  {
    ...{
      schemaName: 'teammembership_association',
      intersect: 'teammembership',
      set: 'teammemberships',
      code: 23,
    },
    ...{ table1: 'systemuser', column1: 'systemuserid', nav1: 'teammembership_association' },
    ...{ table2: 'team', column2: 'teamid', nav2: 'teammembership_association' },
  },
  {
    ...{
      schemaName: 'accountleads_association',
      intersect: 'accountleads',
      set: 'accountleadscollection',
      code: 16,
    },
    ...{ table1: 'account', column1: 'accountid', nav1: 'accountleads_association' },
    ...{ table2: 'lead', column2: 'leadid', nav2: 'accountleads_association' },
  },
  {
    ...{
      schemaName: 'contactleads_association',
      intersect: 'contactleads',
      set: 'contactleadscollection',
      code: 22,
    },
    ...{ table1: 'contact', column1: 'contactid', nav1: 'contactleads_association' },
    ...{ table2: 'lead', column2: 'leadid', nav2: 'contactleads_association' },
  },
  {
    ...{ schemaName: 'opportunitycompetitors_association', intersect: 'opportunitycompetitors' },
    ...{ set: 'opportunitycompetitorscollection', code: 25 },
    ...{ table1: 'opportunity', column1: 'opportunityid', nav1: 'opportunitycompetitors_association' },
    ...{ table2: 'competitor', column2: 'competitorid', nav2: 'opportunitycompetitors_association' },
  },
  {
    ...{ schemaName: 'new_project_contact', intersect: 'new_project_contact', set: 'new_project_contactset' },
    ...{ code: 10_011, table1: 'new_project', column1: 'new_projectid', nav1: 'new_project_contact' },
    ...{ table2: 'contact', column2: 'contactid', nav2: 'new_project_contact' },
  },
  {
    ...{ schemaName: 'new_makine_contact', intersect: 'new_makine_contact', set: 'new_makine_contactset' },
    ...{ code: 10_012, table1: 'new_makine', column1: 'new_makineid', nav1: 'new_makine_contact' },
    ...{ table2: 'contact', column2: 'contactid', nav2: 'new_makine_contact' },
  },
];

/** What the organisation's other languages call things: Turkish (1055), German (1031). What is absent is not translated. */
export const TRANSLATIONS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  Active: { 1055: 'Etkin', 1031: 'Aktiv' },
  Inactive: { 1055: 'Etkin Değil', 1031: 'Inaktiv' },
  Open: { 1055: 'Açık', 1031: 'Offen' },
  Won: { 1055: 'Kazanıldı', 1031: 'Gewonnen' },
  Lost: { 1055: 'Kaybedildi', 1031: 'Verloren' },
  Completed: { 1055: 'Tamamlandı', 1031: 'Abgeschlossen' },
  Canceled: { 1055: 'İptal Edildi', 1031: 'Abgebrochen' },
  Qualify: { 1055: 'Nitelendir', 1031: 'Qualifizieren' },
  Develop: { 1055: 'Geliştir', 1031: 'Entwickeln' },
  Propose: { 1055: 'Teklif', 1031: 'Vorschlagen' },
  Close: { 1055: 'Kapat', 1031: 'Schließen' },
  Bronze: { 1055: 'Bronz' },
  Silver: { 1055: 'Gümüş', 1031: 'Silber' },
  Gold: { 1055: 'Altın' },
  Industry: { 1055: 'Sektör', 1031: 'Branche' },
  Name: { 1055: 'Ad' },
  Description: { 1055: 'Açıklama', 1031: 'Beschreibung' },
  Owner: { 1055: 'Sahip', 1031: 'Besitzer' },
  Planning: { 1055: 'Planlama', 1031: 'Planung' },
};

/** Option sets that several columns share, by the options' text. */
export const GLOBAL_OPTION_SETS: Readonly<Record<string, string>> = {
  [TIERS]: 'new_tier',
  [SEGMENTS]: 'new_segments',
};
