import type { Row } from './table-writer.ts';

const linked: Row = { 'Contact ID': '90001', 'Associate ID': '91001' };

function file(path: string, parentType: string, parentId: string, kind: string): Row {
  return { file: path, parent_type: parentType, parent_id: parentId, kind, taken_at: '4/2/2026 3:45 PM' };
}

function document(id: string, path: string, more: Row): Row {
  return { 'Document ID': id, 'File Path': path, 'Sales Rep': 'SA', Created: '4/3/2026 10:00 AM', ...more };
}

/** Invoices of a project, and one of a customer only. */
export const invoices: readonly Row[] = [
  invoice('75001-1', 'INV-9001', '92002', {
    Total: '5000.0000',
    'Balance Due': '0.0000',
    'Invoice Status': 'Paid',
  }),
  invoice('75002-1', 'INV-9002', '92002', {
    Total: '3000.0000',
    'Balance Due': '1250.5000',
    'Invoice Status': 'Open',
    Memo: 'Second half.\nThank you.',
  }),
  invoice('75003-1', 'INV-9003', '', { 'Contact ID': '90001', Total: '99.0000', 'Balance Due': '99.0000' }),
];

function invoice(id: string, number: string, dealId: string, more: Row): Row {
  return {
    'Txn ID': id,
    'Invoice No': number,
    'Project ID': dealId,
    'Contact ID': '90003',
    'Invoice Date': '6/15/2026',
    'Due Date': '7/15/2026',
    Currency: 'USD',
    'Invoice Status': 'Open',
    ...more,
  };
}

/** Their lines. */
export const invoiceLines: readonly Row[] = [
  {
    'Txn Line ID': 'L-9001',
    'Txn ID': '75001-1',
    Item: 'HRS-01',
    Desc: 'Installation',
    Qty: '20',
    Amount: '5000.0000',
  },
  {
    'Txn Line ID': 'L-9002',
    'Txn ID': '75002-1',
    Item: 'TAP-01',
    Desc: 'Chairs',
    Qty: '2',
    Amount: '2500.0000',
  },
  {
    'Txn Line ID': 'L-9003',
    'Txn ID': '75002-1',
    Item: 'HRS-01',
    Desc: 'Travel',
    Qty: '1',
    Amount: '500.0000',
  },
];

/** A work order with photos and signatures. */
export const workOrders: readonly Row[] = [
  {
    'Work Order ID': 'WO-9001',
    ...linked,
    'Project ID': '92001',
    Problem: 'Hang the taps',
    Resolution: 'All three are up.\nNo leaks.',
    'Scheduled Date': '6/2/2026 10:30 AM',
    Minutes: '120',
    Complete: '-1',
    'Work Order Status': 'Closed',
    'Signed By': 'Dana Whitfield',
    'Sales Rep': 'TA',
  },
];

/** Hours: they have no equivalent. */
export const timesheets: readonly Row[] = [
  {
    'Timesheet ID': 'T-9001',
    'Project ID': '92002',
    'Work Date': '6/15/2026',
    'Billable Hours': '6',
    'Payroll Item': 'Installation',
    Employee: 'TA',
  },
];

const share = '\\\\SERVER\\Results\\Documents';

/** Documents on the share, and some that cannot be had. */
export const documents: readonly Row[] = [
  document('97001', `${share}\\90001\\floor plan.pdf`, { 'Contact ID': '90001', Document: 'Floor plan' }),
  document('97002', `${share}\\90001\\card.jpg`, { 'Associate ID': '91001', Document: 'Business card' }),
  document('97003', `${share}\\92001\\contract.pdf`, { 'Project ID': '92001', Document: 'Contract' }),
  document('97004', 'C:\\Users\\jq\\Desktop\\lost.pdf', {
    'Project ID': '92001',
    Document: 'Only on a desktop',
  }),
  document('97005', `${share}\\90001\\video.mp4`, { 'Contact ID': '90001', Document: 'Site video' }),
  document('97006', `${share}\\90001\\setup.exe`, { 'Contact ID': '90001', Document: 'Old tool' }),
  document('97007', `${share}\\90001\\login.jpg`, {
    'Contact ID': '90001',
    Document: 'A page saved as a picture',
  }),
  document('97008', `${share}\\..\\..\\secret.txt`, { 'Contact ID': '90001', Document: 'Out of the folder' }),
];

/** The manifest of Field Service. */
export const manifest: readonly Row[] = [
  file('WO-9001/before.jpg', 'Work Order', 'WO-9001', 'Photo'),
  file('WO-9001/signature.png', 'Work Order', 'WO-9001', 'Signature'),
  file('WO-9001/signature.isf', 'Work Order', 'WO-9001', 'Signature'),
  file('WO-9001/empty.jpg', 'Work Order', 'WO-9001', 'Photo'),
  file('WO-9001/never-uploaded.jpg', 'Work Order', 'WO-9001', 'Photo'),
  file('../../etc/passwd', 'Work Order', 'WO-9001', 'Photo'),
  file('90003/site.jpg', 'Contact', '90003', 'Photo'),
  file('91001/portrait.jpg', 'Associate', '91001', 'Photo'),
  file('92002/after.jpg', 'Project', '92002', 'Photo'),
  file('92002/after.jpg', 'Contact', '90003', 'Photo'),
];
