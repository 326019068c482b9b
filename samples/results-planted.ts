import { lostInitials, retiredRep, unknownRep } from './results-people.ts';
import {
  documents,
  invoiceLines,
  invoices,
  manifest,
  timesheets,
  workOrders,
} from './results-planted-files.ts';
import { customerRow, type ResultsTables } from './results-rows.ts';
import type { Row } from './table-writer.ts';

function company(id: string, name: string, more: Row = {}): Row {
  return {
    'Contact ID': id,
    Company: name,
    'Contact Type': 'Customer',
    'Sales Rep': 'SA',
    Active: '-1',
    'Tax Exempt': 'No',
    Created: '2/3/2024 9:15 AM',
    ...more,
  };
}

function associate(id: string, companyId: string, first: string, last: string, more: Row = {}): Row {
  return {
    'Associate ID': id,
    'Contact ID': companyId,
    'First Name': first,
    'Last Name': last,
    'Sales Rep': 'BO',
    'Do Not Email': 'No',
    Created: '5/4/2024 9:30 AM',
    ...more,
  };
}

function deal(id: string, name: string, more: Row = {}): Row {
  const row = { ...plainDeal(id, name), ...more };
  const amount = Number((row['Amount'] ?? '').replace(/[$,]/g, ''));
  const weighted = (amount * Number(row['Probability'])) / 100;
  return { ...row, 'Weighted Amount': weighted.toFixed(4) };
}

function plainDeal(id: string, name: string): Row {
  return {
    'Project ID': id,
    'Project/Opp Name': name,
    'Project/Opp Type': 'Service',
    'Is Opportunity': '-1',
    Stage: 'Proposal',
    Status: 'Open',
    Amount: '1234.5600',
    Currency: 'USD',
    Probability: '60',
    'Expected Close': '12/24/2026',
    'Opportunity Created Date': '3/17/2026',
    'Sales Rep': 'SA',
    Created: '3/17/2026 8:05 AM',
    Region: 'South',
  };
}

function activity(id: string, type: string, subject: string, more: Row = {}): Row {
  return {
    'Activity ID': id,
    'Activity Type': type,
    Subject: subject,
    'Project ID': '92001',
    'Sales Rep': 'TA',
    Completed: '-1',
    Created: '4/1/2026 7:30 AM',
    ...more,
  };
}

const contacts: readonly Row[] = [
  company('90001', 'Harbor Light Brewing Co.', {
    'Web Site': 'https://www.harborlight.example/about',
    'First Name': 'Dana',
    'Last Name': 'Whitfield',
    Group: 'VIP; Newsletter; VIP',
    Category: 'Commercial',
    'Phone 1': '(978) 555-0142',
    'Phone 4': '978.555.0143',
    'E-mail': 'office@harborlight.example',
    'Bill To Street': '12 Depot Street, Suite 4',
    'Bill To City': 'Boston',
    'Bill To State': 'MA',
    'Bill To Zip': '02110',
    'Ship To': 'Harbor Light Brewing\nDock 3\nBoston, MA 02110',
    Terms: 'Net 15',
    'Sales Rep': 'TA',
    'QuickBooks List ID': '80000001-9001',
    'Account Notes': 'Calls before noon only.\nOrders in “spring” – see file.',
    'Service Plan': 'Gold',
    'Renewal Date': '12/31/2026',
    'Tax Exempt': 'Yes',
    'Credit Limit': '$25,000.5000',
  }),
  company('90002', 'Harbor Light Brewing', {
    'Web Site': 'http://harborlight.example',
    Category: 'Residential',
    'Phone 2': '(978) 555-0199',
  }),
  company('90003', 'Summit Dental Group', { 'Web Site': 'summitdental.example' }),
  company('90004', 'Freemail Farms', { 'Web Site': 'gmail.com' }),
  company('90005', 'Freemail Bakery', { 'Web Site': 'http://www.gmail.com' }),
  company('90006', '', {
    'First Name': 'Walter',
    'Last Name': 'Single',
    'E-mail': 'walter@single.example',
    'Phone 1': '(512) 555-0170',
    'Contact Type': 'Individual',
  }),
  company('90007', 'Lakeside Marine LLC', {
    'Phone 1': '(212) 555-0110',
    Terms: 'Net 30',
    'QuickBooks List ID': '80000002-9007',
  }),
  company('90008', 'Nobody Knows Roofing', { 'Sales Rep': lostInitials }),
  company('90009', 'Unprovisioned Electric', { 'Sales Rep': unknownRep.initials }),
  company('90010', 'Retired Rep Optical', { 'Sales Rep': retiredRep.initials }),
  company('90011', 'Café Björk & Söhne', { 'QuickBooks List ID': '80000003-9011' }),
];

const associates: readonly Row[] = [
  associate('91001', '90001', 'Dana', 'Whitfield', {
    Company: 'Harbor Light Brewing Co.',
    Salutation: 'Ms.',
    Title: 'Owner',
    'E-mail': 'Dana.Whitfield@HarborLight.example',
    'Phone 1': '(978) 555-0144',
    Mobile: '+1 978 555 0145',
    Address: '12 Depot Street, Suite 4',
    City: 'Boston',
    State: 'MA',
    Zip: '02110',
    'Associate Type': 'Decision maker',
    'Do Not Email': 'Yes',
  }),
  associate('91002', '', 'Norah', 'Nowhere', { 'E-mail': 'norah@nowhere.example' }),
  associate('91003', '90002', 'Miles', 'Merged', { 'E-mail': 'miles@harborlight.example' }),
  associate('91004', '90003', 'Iris', 'Shared', { 'E-mail': 'info@summitdental.example' }),
  associate('91005', '90003', 'Otto', 'Shared', { 'E-mail': 'info@summitdental.example' }),
  associate('91006', '', 'Petra', 'Byname', {
    Company: 'SUMMIT DENTAL GROUP',
    'E-mail': 'petra@summitdental.example',
  }),
  associate('91007', '90003', 'Quentin', 'Nomail'),
];

const projects: readonly Row[] = [
  deal('92001', 'Taproom installation', {
    'Contact ID': '90001',
    'Associate ID': '91001',
    Amount: '12345.6700',
    Description: 'Three lines of taps.\nOne walk-in cooler.',
  }),
  deal('92002', 'Chair retrofit', {
    'Contact ID': '90003',
    'Associate ID': '91004',
    'Is Opportunity': '0',
    Stage: 'Won',
    Status: 'Active',
    Probability: '100',
    'Contract Approved Date': '4/20/2026',
    'Project Started': '5/1/2026',
    Amount: '8000.0000',
  }),
  deal('92003', 'Lost network upgrade', {
    'Contact ID': '90003',
    Stage: 'Lost',
    Status: 'Lost',
    Probability: '0',
    'Reason Lost': 'Price',
    'Contract Approved Date': '5/28/2026',
  }),
  deal('92004', 'Nobody’s support plan'),
  deal('92005', 'Nobody’s training', { Amount: '$2,500.00' }),
  deal('92006', 'Dangling company', { 'Contact ID': '99999' }),
  deal('92007', 'By its associate', { 'Associate ID': '91001' }),
  deal('92008', 'For a single person', { 'Contact ID': '90006' }),
  deal('92009', 'Paid in euro', {
    'Contact ID': '90011',
    Amount: '4,500.00',
    Currency: 'EUR',
    Stage: 'Negotiation',
  }),
  deal('92010', 'Merged company', { 'Contact ID': '90002', Stage: 'Lead In', Probability: '10' }),
  deal('92011', 'Nobody answers for it', { 'Contact ID': '90008', 'Sales Rep': lostInitials }),
];

const linked: Row = { 'Contact ID': '90001', 'Associate ID': '91001' };

const activities: readonly Row[] = [
  activity('93001', 'Call', 'First call', {
    ...linked,
    'Date/Time': '4/1/2026 2:05 PM',
    Duration: '25',
    Disposition: 'Connected',
    Result: 'Interested',
    'In/Out': 'Outgoing',
    Notes: 'Talked about taps.\nWants a drawing.',
  }),
  activity('93002', 'E-mail', 'Drawing sent', {
    ...linked,
    'Date/Time': '4/1/2026 4:30 PM',
    Notes: 'See attached.',
  }),
  activity('93003', 'Meeting', 'Walk through', {
    ...linked,
    'Date/Time': '4/2/2026 9:00 AM',
    Duration: '90',
    Location: '12 Depot Street',
  }),
  activity('93004', 'To-do', 'Order the cooler', { ...linked, 'Due Date': '4/10/2026', Completed: '0' }),
  activity('93005', 'Trade show', 'Booth talk', { ...linked, 'Date/Time': '4/3/2026 11:15 AM' }),
  activity('93006', 'Call', 'Missed call', {
    ...linked,
    'Date/Time': '4/4/2026 12:00 AM',
    Disposition: 'No answer',
    Result: 'Try again',
  }),
];

const notes: readonly Row[] = [
  {
    'Note ID': '94001',
    'Project ID': '92001',
    Note: 'Cooler must fit under 7’ 6”.\r\nCheck the drain.',
    'Sales Rep': 'SA',
    Created: '4/5/2026 1:05 PM',
  },
  {
    'Note ID': '94002',
    'Associate ID': '91001',
    Note: 'Prefers text messages.',
    'Sales Rep': 'SA',
    Created: '4/6/2026 9:00 AM',
  },
];

const products: readonly Row[] = [
  {
    Code: 'TAP-01',
    'Product Name': 'Tap tower',
    'Product Line': 'Hardware',
    'Sales Price': '$1,250.50',
    Currency: 'USD',
    Cost: '700.2500',
    'U/M': 'each',
    Description: 'Stainless.\nThree faucets.',
    Taxable: '-1',
    'Quantity On Hand': '12',
    Active: '-1',
  },
  {
    Code: 'HRS-01',
    'Product Name': 'Installation hour',
    'Product Line': 'Service',
    'Sales Price': '95.0000',
    Currency: 'EUR',
    Cost: '40.0000',
    'U/M': 'hour',
    Taxable: '0',
    'Quantity On Hand': '0',
    Active: '-1',
  },
];

const prices: readonly Row[] = [
  { Code: 'TAP-01', 'List Price': '1150.0000', Currency: 'EUR', 'Price Level': 'Standard' },
  { Code: 'TAP-01', 'List Price': '990.0000', Currency: 'GBP', 'Price Level': 'Standard' },
  { Code: 'TAP-01', 'List Price': '1000.0000', Currency: 'USD', 'Price Level': 'Dealer' },
];

const lines: readonly Row[] = [
  {
    'Line ID': '96001',
    'Project ID': '92001',
    'Product Code': 'TAP-01',
    Quantity: '3',
    'Unit Price': '1200.0000',
    'Discount %': '5',
    'Line Description': 'Left wall',
  },
  {
    'Line ID': '96002',
    'Project ID': '92001',
    'Product Code': 'HRS-01',
    Quantity: '8',
    'Unit Price': '95.0000',
  },
  {
    'Line ID': '96003',
    'Project ID': '92001',
    'Product Code': 'GONE-9',
    Quantity: '1',
    'Unit Price': '10.0000',
  },
];

const differing: readonly Row[] = [
  ...contacts.filter((row) => row['Contact ID'] === '90001').map(customerRow),
  {
    ...customerRow(contacts[6] as Row),
    'Main Phone': '(212) 555-0199',
    Terms: 'Net 60',
    'Balance Total': '420.5000',
  },
  { ListID: '80000099-1', Customer: 'Only In QuickBooks Inc.', Terms: 'Net 30', 'Active Status': 'Active' },
];

/** Rows that show a rule each; their ids begin with 9. */
export const plantedResults: ResultsTables = {
  contacts,
  associates,
  products,
  'price-list': prices,
  projects,
  'project-lines': lines,
  activities,
  notes,
  invoices,
  'invoice-lines': invoiceLines,
  'work-orders': workOrders,
  documents,
  timesheets,
  'quickbooks-customers': differing,
  manifest,
};
