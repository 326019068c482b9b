import { englishFamilyNames, englishGivenNames } from './names.ts';
import { flag, grouped, money, slashed, slashedTime } from './results-cells.ts';
import { activeReps } from './results-people.ts';
import {
  firmFirst,
  firmLast,
  firmSecond,
  jobs,
  places,
  remarks,
  streetNames,
  titles,
} from './results-words.ts';
import {
  activityRow,
  documentRow,
  invoiceLineRows,
  invoiceRow,
  noteRow,
  photoRow,
  timesheetRow,
  workOrderRow,
} from './results-work-rows.ts';
import type { Row } from './table-writer.ts';
import { type Dice, slug, two } from './world.ts';

/** How many ordinary records of each kind. */
export interface ResultsSizes {
  readonly companies: number;
  readonly contacts: number;
  readonly deals: number;
  readonly activities: number;
  readonly notes: number;
  readonly products: number;
  readonly lines: number;
  readonly invoices: number;
  readonly workOrders: number;
  readonly documents: number;
  readonly photos: number;
}

/** The rows of every table of the export, by the file's name. */
export type ResultsTables = Readonly<Record<ResultsTable, readonly Row[]>>;

/** The tables of the export that hold records. */
export type ResultsTable =
  | 'contacts'
  | 'associates'
  | 'products'
  | 'price-list'
  | 'projects'
  | 'project-lines'
  | 'activities'
  | 'notes'
  | 'invoices'
  | 'invoice-lines'
  | 'work-orders'
  | 'documents'
  | 'timesheets'
  | 'quickbooks-customers'
  | 'manifest';

/** Stages of opportunities with their percentages, as the table of stages has them. */
export const opportunityStages: readonly (readonly [stage: string, percent: number])[] = [
  ['Lead In', 10],
  ['Qualified', 25],
  ['Proposal', 60],
  ['Negotiation', 80],
];

/** Ordinary rows of all tables; ids count up from 1,001 in each. Field Service and invoices hang on what is there. */
export function ordinaryResults(dice: Dice, sizes: ResultsSizes): ResultsTables {
  const contacts = rows(sizes.companies, (at) => companyRow(dice, 1_000 + at));
  const associates = rows(sizes.contacts, (at) => associateRow(dice, 1_000 + at, dice.pick(contacts)));
  const products = rows(sizes.products, (at) => productRow(dice, at));
  const projects = rows(sizes.deals, (at) => dealRow(dice, 1_000 + at, dice.pick(associates)));
  const orders = rows(sizes.workOrders, (at) => workOrderRow(dice, 1_000 + at, dice.pick(projects)));
  const invoices = rows(sizes.invoices, (at) => invoiceRow(dice, 1_000 + at, dice.pick(projects)));
  const lines = rows(sizes.lines, (at) => lineRow(dice, 1_000 + at, dice.pick(projects), products));
  return {
    contacts,
    associates,
    products,
    'price-list': [],
    projects: projects.map((project) => worthItsLines(project, lines)),
    'project-lines': lines,
    activities: rows(sizes.activities, (at) => activityRow(dice, 1_000 + at, dice.pick(projects))),
    notes: rows(sizes.notes, (at) => noteRow(dice, 1_000 + at, dice.pick(projects))),
    invoices,
    'invoice-lines': invoices.flatMap((invoice, at) => invoiceLineRows(dice, at, invoice)),
    'work-orders': orders,
    documents: rows(sizes.documents, (at) => documentRow(dice, 1_000 + at, dice.pick(projects))),
    timesheets: rows(Math.min(20, sizes.workOrders), (at) => timesheetRow(dice, at, dice.pick(projects))),
    'quickbooks-customers': contacts.filter((row) => row['QuickBooks List ID'] !== '').map(customerRow),
    manifest: rows(orders.length === 0 ? 0 : sizes.photos, (at) => photoRow(dice, at, dice.pick(orders))),
  };
}

function rows(amount: number, make: (at: number) => Row): Row[] {
  return Array.from({ length: amount }, (_, at) => make(at + 1));
}

function rep(dice: Dice): string {
  return dice.pick(activeReps).initials;
}

function phone(dice: Dice): string {
  return `(${dice.pick(['212', '512', '617', '978'])}) 555-01${two(dice.int(0, 99))}`;
}

function companyRow(dice: Dice, id: number): Row {
  const name = `${dice.pick(firmFirst)} ${dice.pick(firmSecond)}`;
  const last = dice.pick(firmLast);
  const [city, state, zip] = dice.pick(places);
  const domain = `${slug(name)}${id}.example`;
  return {
    'Contact ID': String(id),
    Company: last === '' ? `${name} ${id}` : `${name} ${id} ${last}`,
    'First Name': dice.pick(englishGivenNames),
    'Last Name': dice.pick(englishFamilyNames),
    'Contact Type': dice.pick(['Customer', 'Prospect', 'Vendor', 'Partner']),
    Group: dice.chance(40) ? dice.pick(['VIP', 'Newsletter', 'VIP; Newsletter', 'Trade show']) : '',
    Category: dice.pick(['Commercial', 'Residential', 'Municipal', '']),
    'Phone 1': phone(dice),
    'Phone 2': dice.chance(20) ? phone(dice) : '',
    'Phone 4': dice.chance(30) ? phone(dice) : '',
    'E-mail': dice.chance(70) ? `office@${domain}` : '',
    'Web Site': dice.chance(75) ? `http://www.${domain}` : '',
    'Bill To Street': `${dice.int(1, 900)} ${dice.pick(streetNames)}`,
    'Bill To City': city,
    'Bill To State': state,
    'Bill To Zip': zip,
    'Ship To': dice.chance(30) ? `${name}\nDock ${dice.int(1, 9)}\n${city}, ${state} ${zip}` : '',
    Terms: dice.pick(['Net 30', 'Net 15', 'Due on receipt']),
    'Sales Rep': rep(dice),
    'QuickBooks List ID': dice.chance(60) ? `80000${two(id % 100)}-${id}` : '',
    Active: flag(dice.chance(95)),
    'Account Notes': dice.chance(30) ? `${dice.pick(remarks)}\n${dice.pick(remarks)}` : '',
    Created: slashedTime(dice.day(), dice.int(480, 1_050)),
    'Service Plan': dice.pick(['Gold', 'Silver', 'Bronze', '']),
    'Renewal Date': dice.chance(60) ? slashed(dice.day(20_400, 20_900)) : '',
    'Tax Exempt': dice.chance(15) ? 'Yes' : 'No',
    'Credit Limit': dice.chance(50) ? `$${grouped(dice.int(10, 500) * 10_000)}` : '',
  };
}

function associateRow(dice: Dice, id: number, company: Row): Row {
  const first = dice.pick(englishGivenNames);
  const last = dice.pick(englishFamilyNames);
  const domain = (company['Web Site'] ?? '').replace('http://www.', '');
  const mailbox = `${slug(first)}.${slug(last)}.${id}`;
  return {
    'Associate ID': String(id),
    'Contact ID': company['Contact ID'] ?? '',
    Company: company['Company'] ?? '',
    Salutation: dice.pick(['Mr.', 'Ms.', 'Dr.', '']),
    'First Name': first,
    'Last Name': last,
    Title: dice.pick(titles),
    'E-mail': dice.chance(85) ? `${mailbox}@${domain === '' ? 'mail.example' : domain}` : '',
    'Phone 1': dice.chance(70) ? phone(dice) : '',
    Mobile: dice.chance(50) ? phone(dice) : '',
    Address: company['Bill To Street'] ?? '',
    City: company['Bill To City'] ?? '',
    State: company['Bill To State'] ?? '',
    Zip: company['Bill To Zip'] ?? '',
    'Associate Type': dice.pick(['Decision maker', 'User', 'Billing', '']),
    'Sales Rep': company['Sales Rep'] ?? '',
    Created: slashedTime(dice.day(), dice.int(480, 1_050)),
    'Do Not Email': dice.chance(10) ? 'Yes' : 'No',
  };
}

function productRow(dice: Dice, at: number): Row {
  const price = dice.int(5, 4_000) * 100;
  return {
    Code: `P-${String(at).padStart(3, '0')}`,
    'Product Name': `${dice.pick(['Pump', 'Filter', 'Sensor', 'Panel', 'Service hour', 'Licence'])} ${at}`,
    'Product Line': dice.pick(['Hardware', 'Service', 'Software']),
    'Sales Price': `$${grouped(price)}`,
    Currency: 'USD',
    Cost: money(Math.round(price * 0.6)),
    'U/M': dice.pick(['each', 'hour', 'box']),
    Description: dice.chance(60) ? `${dice.pick(remarks)}\nSee the data sheet.` : '',
    Taxable: flag(dice.chance(70)),
    'Quantity On Hand': String(dice.int(0, 400)),
    Active: flag(true),
  };
}

function dealRow(dice: Dice, id: number, associate: Row): Row {
  const made = dice.day(19_700, 20_700);
  const cents = dice.int(500, 90_000) * 100;
  const kind = dice.pick(['open', 'open', 'won', 'lost'] as const);
  const [stage, percent] =
    kind === 'open' ? dice.pick(opportunityStages) : [outcomeStage(kind), outcomePercent(kind)];
  return {
    'Project ID': String(id),
    'Contact ID': associate['Contact ID'] ?? '',
    'Associate ID': associate['Associate ID'] ?? '',
    'Project/Opp Name': `${dice.pick(jobs)} ${id}`,
    'Project/Opp Type': dice.pick(['Installation', 'Service', 'Consulting']),
    'Is Opportunity': flag(kind !== 'won'),
    Stage: stage,
    Status: { open: 'Open', won: dice.pick(['Active', 'Completed']), lost: 'Lost' }[kind],
    Amount: money(cents),
    Currency: 'USD',
    Probability: String(percent),
    'Weighted Amount': money(Math.round((cents * percent) / 100)),
    'Expected Close': slashed(made + dice.int(20, 120)),
    'Contract Approved Date': kind === 'open' ? '' : slashed(made + dice.int(20, 90)),
    'Project Started': kind === 'won' ? slashed(made + dice.int(90, 120)) : '',
    'Opportunity Created Date': slashed(made),
    'Reason Lost': kind === 'lost' ? dice.pick(['Price', 'Timing', 'Competitor']) : '',
    Description: dice.chance(40) ? `${dice.pick(remarks)}\n${dice.pick(remarks)}` : '',
    'Sales Rep': associate['Sales Rep'] ?? '',
    Created: slashedTime(made, dice.int(480, 1_050)),
    Region: dice.pick(['Northeast', 'South', 'Midwest']),
  };
}

function outcomeStage(kind: 'won' | 'lost'): string {
  return kind === 'won' ? 'Won' : 'Lost';
}

function outcomePercent(kind: 'won' | 'lost'): number {
  return kind === 'won' ? 100 : 0;
}

function lineRow(dice: Dice, id: number, project: Row, products: readonly Row[]): Row {
  const quantity = dice.int(1, 12);
  const price = dice.int(10, 900) * 100;
  return {
    'Line ID': String(id),
    'Project ID': project['Project ID'] ?? '',
    'Product Code': dice.pick(products)['Code'] ?? '',
    Quantity: String(quantity),
    'Unit Price': money(price),
    'Discount %': dice.chance(20) ? '10' : '',
    'Line Description': dice.chance(20) ? dice.pick(remarks) : '',
  };
}

/** The amount of a project with lines is what they add up to. */
function worthItsLines(project: Row, lines: readonly Row[]): Row {
  const own = lines.filter((line) => line['Project ID'] === project['Project ID']);
  if (own.length === 0) return project;
  const cents = own.reduce((sum, line) => sum + centsOf(line), 0);
  const percent = Number(project['Probability']);
  return {
    ...project,
    Amount: money(cents),
    'Weighted Amount': money(Math.round((cents * percent) / 100)),
  };
}

function centsOf(line: Row): number {
  const whole = Number(line['Quantity']) * Math.round(Number(line['Unit Price']) * 100);
  return line['Discount %'] === '' ? whole : Math.round(whole * 0.9);
}

/** The customer as QuickBooks has it: the same, unless somebody planted a difference. */
export function customerRow(company: Row): Row {
  return {
    ListID: company['QuickBooks List ID'] ?? '',
    Customer: company['Company'] ?? '',
    'Main Phone': company['Phone 1'] ?? '',
    'Main Email': company['E-mail'] ?? '',
    Street1: company['Bill To Street'] ?? '',
    'Bill to City': company['Bill To City'] ?? '',
    'Bill to Zip': company['Bill To Zip'] ?? '',
    Terms: company['Terms'] ?? '',
    'Balance Total': '0.0000',
    'Active Status': 'Active',
  };
}
