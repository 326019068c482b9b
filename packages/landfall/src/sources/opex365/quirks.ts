import type {
  AutomationWords,
  ElsewhereRule,
  LeaveOutRules,
  ODataCatalog,
} from '../shared/odata/odata-catalog.ts';

/**
 * What is not user data, of the some 500 tables of an organisation: makers' own tables by their prefixes (facts 1.5),
 * and bookkeeping fields that say nothing about their record. What a customer made is always taken.
 */
export const leaveOut: LeaveOutRules = {
  systemPrefixes: [
    ...['msdyn_', 'msdynmkt_', 'msdynci_', 'msdyncrm_', 'msfp_', 'mspp_', 'msgdpr_', 'mspcat_', 'msevtmgt_'],
    ...['adx_', 'cdm_', 'sales_', 'search_', 'aib', 'adv_', 'li_', 'powerpagesite', 'bot_', 'botcomponent_'],
  ],
  entities: ['teammembership', 'bulkoperationlog', 'activitypointer'],
  fields: [
    ...['versionnumber', 'timezoneruleversionnumber', 'utcconversiontimezonecode', 'importsequencenumber'],
    ...['owninguser', 'owningteam', 'owningbusinessunit', 'createdonbehalfby', 'modifiedonbehalfby'],
    ...['traversedpath', 'organizationid', 'processid', 'stageid', 'onholdtime', 'lastonholdtime'],
    ...['createdbyexternalparty', 'modifiedbyexternalparty', 'entityimage', 'entityimageid', 'stepid'],
    ...[
      'timespentbymeonemailandmeetings',
      'participatesinworkflow',
      'isworkflowcreated',
      'isregularactivity',
    ],
    ...['address1_addressid', 'address2_addressid', 'address3_addressid'],
  ],
  fieldEndings: ['_addressid', 'utcoffset'],
};

/** Types of text fields by their names; formats of the metadata say more where they are set. */
export const textTypes: ODataCatalog['textTypes'] = [
  [/emailaddress\d?$/, 'email'],
  [/(?:^|_)telephone\d?$|phone$|^fax$/, 'phone'],
  [/url$/, 'url'],
];

/** What would do in the destination what a rule of the source does by itself (O-06: they are rebuilt, not moved). */
export const automations: AutomationWords = {
  workflows: {
    '0': {
      kind: 'Workflow',
      equivalent:
        'Automation with the same trigger (record created, or field changed) and its steps as actions.',
    },
    '1': { kind: 'Dialog', equivalent: 'None: a script for people; keep it as a document.' },
    '2': {
      kind: 'Business rule',
      equivalent: 'Required or important fields in the field settings; the rest as an automation.',
    },
    '3': { kind: 'Action', equivalent: 'Automation with a webhook step, or an app that calls the API.' },
    '4': {
      kind: 'Business process flow',
      equivalent: 'A pipeline with its stages; the migration makes it.',
    },
    '5': {
      kind: 'Cloud flow',
      equivalent: 'The same flow with the connector of the new system, or an automation.',
    },
    '6': { kind: 'Desktop flow', equivalent: 'None; the flow must be pointed at the new screens.' },
    '7': { kind: 'AI flow', equivalent: 'None; rebuild what it decides as an automation.' },
  },
  step: {
    kind: 'Plug-in step',
    equivalent: 'Code: a webhook to an app that does the same; or an automation when it is simple.',
  },
};

/** What the organisation only knows the place of (facts 1.8). */
export const elsewhere: readonly ElsewhereRule[] = [
  {
    table: 'sharepointdocumentlocation',
    what: 'folders of documents in SharePoint',
    hint: 'The documents stay in SharePoint, and the site stays as it is. Download the folders you need and upload them to their records, or write their address into a field of the record.',
  },
];

/** What a person can do about pictures of records. */
export const picturesHint =
  'Save those you need from the record in the source; where the destination has a place for a picture, set it by hand.';
