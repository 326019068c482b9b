import type { LookedUpField, StandardField } from '../shared/export-files/export-catalog.ts';

// The system's own words: a Contact is a company, an Associate a person, an Opportunity or Project a deal. The words
// of the pair's page (Company, Contact, Deal) are known too. `Contact ID` is the company's, unless `Company ID` is
// there as well: then it is the person's [A].

/** When a record was made. */
export const created: StandardField = {
  name: 'Created',
  aliases: ['Created Date', 'Date Created', 'Created At', 'Created On', 'Entry Date', 'Date Entered'],
  type: 'dateTime',
};

/** When a record was changed last. */
export const updated: StandardField = {
  name: 'Modified',
  aliases: ['Modified Date', 'Date Modified', 'Last Modified', 'Updated', 'Last Edit', 'Last Edit Date'],
  type: 'dateTime',
};

/** The initials of somebody, as the system writes them. */
export const salesRep: StandardField = {
  name: 'Sales Rep',
  aliases: [
    ...['Sales Rep Initials', 'Salesrep', 'Rep', 'Rep Initials', 'Assigned To', 'Assigned', 'User ID'],
    ...['User', 'Account Manager', 'Technician', 'Entered By', 'Author', 'Created By', 'Employee'],
  ],
  type: 'text',
};

/** An owner by name or e-mail, in exports that have one; else it is looked up by the initials. */
export const owner: StandardField = {
  name: 'Owner',
  aliases: ['Owner Name', 'Owner Email', 'Owner E-mail', 'Deal Owner', 'Contact Owner', 'Company Owner'],
  type: 'owner',
};

/** The record's number in the accounting system that it is synchronised with. */
export const quickBooksId: StandardField = {
  name: 'QuickBooks List ID',
  aliases: ['QuickBooks ID', 'QB List ID', 'QB ID', 'List ID', 'ListID', 'QuickBooks ListID'],
  type: 'text',
};

/** The company of a record. */
export const companyId: StandardField = {
  name: 'Company ID',
  aliases: ['CompanyId', 'Contact ID', 'ContactID', 'Account ID', 'Customer ID', 'Parent Contact ID'],
  type: 'reference',
  references: 'companies',
};

/** The company of a record by its name. */
export const companyName: StandardField = {
  name: 'Company Name',
  aliases: ['Company', 'Contact', 'Contact Name', 'Account', 'Account Name', 'Customer', 'Customer Name'],
  type: 'name',
};

/** The person of a record. */
export const associateId: StandardField = {
  name: 'Associate ID',
  aliases: ['AssociateId', 'Person ID', 'Contact Person ID', 'Contact ID', 'ContactID'],
  type: 'reference',
  references: 'contacts',
};

/** The person of a record by name. */
export const associateName: StandardField = {
  name: 'Associate',
  aliases: ['Associate Name', 'Person', 'Person Name', 'Contact Person', 'Attention', 'Attn'],
  type: 'name',
};

/** The opportunity or project of a record. */
export const dealId: StandardField = {
  name: 'Deal ID',
  aliases: ['DealId', 'Project ID', 'ProjectID', 'Opportunity ID', 'Project/Opp ID', 'Opp ID', 'Job ID'],
  type: 'reference',
  references: 'deals',
};

/** The work order of a record. */
export const workOrderId: StandardField = {
  name: 'Work Order ID',
  aliases: ['Work Order', 'Work Order No', 'WO ID', 'WO No', 'Service Order ID'],
  type: 'reference',
  references: 'work-orders',
};

/** An ISO code or sign of a currency. */
export const currency: StandardField = {
  name: 'Currency',
  aliases: ['Currency Code', 'Cur'],
  type: 'currency',
};

/** The parts of an address, the usual one first. */
export const addressFields: readonly StandardField[] = [
  {
    name: 'Address',
    aliases: ['Street', 'Street Address', 'Address 1', 'Address Line 1', 'Bill To Street', 'Bill To Address'],
    type: 'address',
  },
  { name: 'City', aliases: ['Bill To City', 'Town'], type: 'text' },
  { name: 'State', aliases: ['Bill To State', 'State/Province', 'Province', 'St'], type: 'text' },
  { name: 'Zip', aliases: ['Zip Code', 'Postal Code', 'Bill To Zip', 'ZIP/Postal Code'], type: 'text' },
  { name: 'Country', aliases: ['Bill To Country'], type: 'text' },
];

/** Phones 1 to 4 as the system numbers them, with the words other exports have for them. */
export const phoneFields: readonly StandardField[] = [
  {
    name: 'Phone 1',
    aliases: ['Phone', 'Phone1', 'Work Phone', 'Main Phone', 'Business Phone', 'Telephone'],
    type: 'phone',
  },
  { name: 'Phone 2', aliases: ['Phone2', 'Alt Phone', 'Alternate Phone', 'Home Phone'], type: 'phone' },
  { name: 'Phone 3', aliases: ['Phone3', 'Mobile', 'Mobile Phone', 'Cell', 'Cell Phone'], type: 'phone' },
  { name: 'Phone 4', aliases: ['Phone4', 'Fax', 'Fax Number'], type: 'phone' },
];

const ofQuickbooks = (name: string, type: LookedUpField['type'], gives: string): LookedUpField => ({
  name,
  type,
  from: 'QuickBooks List ID',
  through: 'quickbooks-customers',
  key: ['List ID'],
  gives: [gives],
  otherwise: 'nothing',
});

/** What QuickBooks has of a company that is linked to it. */
export const quickbooksFields: readonly LookedUpField[] = [
  ofQuickbooks('QuickBooks Customer', 'name', 'Customer'),
  ofQuickbooks('QuickBooks Phone', 'phone', 'Phone'),
  ofQuickbooks('QuickBooks E-mail', 'email', 'E-mail'),
  ofQuickbooks('QuickBooks Address', 'text', 'Address'),
  ofQuickbooks('QuickBooks City', 'text', 'City'),
  ofQuickbooks('QuickBooks Zip', 'text', 'Zip'),
  ofQuickbooks('QuickBooks Terms', 'choice', 'Terms'),
  ofQuickbooks('QuickBooks Balance', 'money', 'Balance'),
];
