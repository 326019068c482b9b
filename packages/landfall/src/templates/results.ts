import type { NewField } from '../model/mapping.ts';
import { resultsActivities } from './results-activities.ts';
import { resultsDeals } from './results-deals.ts';
import { resultsFiles } from './results-files.ts';
import { resultsRecords } from './results-records.ts';
import { truthAsks } from './results-truth.ts';
import type { Template } from './template.ts';

const fields: readonly NewField[] = [
  { entity: 'organization', name: 'Domain', type: 'varchar', why: 'R-20(a), R-20(b)' },
  { entity: 'organization', name: 'Ship to', type: 'address', why: 'R-25(a)' },
  { entity: 'organization', name: 'Phone', type: 'phone', why: 'R-25(a)' },
  { entity: 'organization', name: 'Phone 2', type: 'phone', why: 'R-25(a)' },
  { entity: 'organization', name: 'Fax', type: 'phone', why: 'R-25(a)' },
  { entity: 'organization', name: 'E-mail', type: 'varchar', why: 'R-25(a)' },
  { entity: 'organization', name: 'Main contact', type: 'varchar', why: 'R-25(a)' },
  { entity: 'organization', name: 'Contact type', type: 'enum', why: 'R-25(a)' },
  { entity: 'organization', name: 'Category', type: 'enum', why: 'R-25(a)' },
  { entity: 'organization', name: 'Payment terms', type: 'enum', why: 'R-06' },
  { entity: 'organization', name: 'QuickBooks List ID', type: 'varchar', why: 'R-06' },
  { entity: 'organization', name: 'QuickBooks balance', type: 'monetary', why: 'R-06' },
  { entity: 'organization', name: 'Active', type: 'enum', why: 'R-25(a)' },
  { entity: 'person', name: 'Address', type: 'address', why: 'R-21(a)' },
  { entity: 'person', name: 'Salutation', type: 'enum', why: 'R-25(a)' },
  { entity: 'person', name: 'Job title', type: 'varchar', why: 'R-21(a)' },
  { entity: 'person', name: 'Associate type', type: 'enum', why: 'R-25(a)' },
  { entity: 'person', name: 'Category', type: 'enum', why: 'R-25(a)' },
  { entity: 'product', name: 'Price levels', type: 'text', why: 'R-29(b)' },
  { entity: 'product', name: 'Product line', type: 'enum', why: 'R-25(a)' },
  { entity: 'product', name: 'Cost', type: 'monetary', why: 'R-25(a)' },
  { entity: 'product', name: 'Taxable', type: 'enum', why: 'R-25(a)' },
  { entity: 'product', name: 'On hand at migration', type: 'double', why: 'R-25(a)' },
  { entity: 'product', name: 'QuickBooks List ID', type: 'varchar', why: 'R-06' },
  { entity: 'product', name: 'Original created', type: 'date', why: 'R-25(a)' },
  { entity: 'product', name: 'Active', type: 'enum', why: 'R-25(a)' },
  { entity: 'deal', name: 'Amount in the source', type: 'monetary', why: 'R-22(a)' },
  { entity: 'deal', name: 'Kind', type: 'enum', why: 'R-22' },
  { entity: 'deal', name: 'Type of work', type: 'enum', why: 'R-25(a)' },
  { entity: 'deal', name: 'Status in the source', type: 'enum', why: 'R-22(a)' },
  { entity: 'deal', name: 'Project started', type: 'date', why: 'R-25(a)' },
  { entity: 'deal', name: 'Original created', type: 'date', why: 'R-24(c)' },
  { entity: 'deal', name: 'QuickBooks List ID', type: 'varchar', why: 'R-06' },
  { entity: 'deal', name: 'Invoices', type: 'text', why: 'R-06' },
  { entity: 'deal', name: 'Invoiced', type: 'monetary', why: 'R-06' },
  { entity: 'deal', name: 'Invoice balance', type: 'monetary', why: 'R-06' },
  { entity: 'deal', name: 'Invoice status', type: 'varchar', why: 'R-06' },
];

/** The defaults for leaving Results: every row of the pair page, R-20 to R-29, with Field Service and invoices. */
export const resultsTemplate: Template = {
  source: 'results',
  label: 'Results to Pipedrive',
  policies: {
    timezone: 'America/New_York',
    country: 'US',
    currency: 'USD',
    unlinkedDeals: 'review',
    contactsWithoutCompany: 'review',
    unmatchedOwners: 'queue',
    notesAs: 'note',
    duplicates: 'review',
  },
  asks: truthAsks,
  entities: [...resultsRecords, ...resultsDeals, ...resultsActivities, ...resultsFiles],
  fields,
  values: {
    resultsOutcome: { Won: 'won', 'Closed Won': 'won', Lost: 'lost', 'Closed Lost': 'lost', Dead: 'lost' },
    resultsFileWays: {
      missing: 'Find the file and upload it here.',
      empty: 'Look for it in a backup: this copy has no bytes.',
      'too large': 'Put it on a drive or a web server and write its link here.',
      'doubtful type': 'Convert it to a picture or a PDF and upload it here, or write its link here.',
      outside: 'Its path leads out of the folder of files: find it and upload it here.',
    },
    resultsKind: {
      '-1': 'Opportunity',
      '1': 'Opportunity',
      Yes: 'Opportunity',
      Y: 'Opportunity',
      True: 'Opportunity',
      '0': 'Project',
      No: 'Project',
      N: 'Project',
      False: 'Project',
    },
  },
  leave: [
    { entity: '*', field: 'Modified', why: 'Pipedrive sets the update time itself' },
    { entity: '*', field: 'Sales Rep', why: 'the owner is made of it' },
    { entity: 'lines', field: 'Line Total', why: 'Pipedrive works it out of price, quantity and discount' },
    { entity: 'field-files', field: 'Taken', why: 'the time of a file cannot be set' },
    { entity: 'documents', field: 'Created', why: 'the time of a file cannot be set' },
    { entity: 'documents', field: 'Owner', why: 'the owner of a file is who uploads it' },
  ],
};
