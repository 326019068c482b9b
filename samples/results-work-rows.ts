import { englishFamilyNames, englishGivenNames } from './names.ts';
import { dayOf, flag, money, slashed, slashedTime } from './results-cells.ts';
import { jobs, remarks } from './results-words.ts';
import type { Row } from './table-writer.ts';
import type { Dice } from './world.ts';

/** The follow-up that a process template makes after every new opportunity. */
const followUp = { subject: 'Send welcome package', days: 3 };

function linksOf(project: Row): Row {
  return {
    'Contact ID': project['Contact ID'] ?? '',
    'Associate ID': project['Associate ID'] ?? '',
    'Project ID': project['Project ID'] ?? '',
    'Sales Rep': project['Sales Rep'] ?? '',
  };
}

/** A call, e-mail, meeting or to-do about a project. */
export function activityRow(dice: Dice, id: number, project: Row): Row {
  const day = dice.day(19_800, 20_750);
  const type = dice.pick(['Call', 'Call', 'E-mail', 'Meeting', 'To-do']);
  const base = {
    'Activity ID': String(id),
    'Activity Type': type,
    ...linksOf(project),
    Notes: dice.chance(70) ? `${dice.pick(remarks)}\n${dice.pick(remarks)}` : '',
    Created: slashedTime(day, 480),
  };
  if (type === 'To-do') return { ...base, ...toDo(dice, day, project) };
  const more = { 'Date/Time': slashedTime(day, dice.int(480, 1_050)), Completed: flag(true) };
  if (type === 'Meeting') {
    return {
      ...base,
      ...more,
      Subject: dice.pick(['Site visit', 'Kick-off']),
      Duration: '60',
      Location: 'On site',
    };
  }
  if (type === 'E-mail')
    return { ...base, ...more, Subject: dice.pick(['Quote', 'Re: schedule', 'Invoice']) };
  const disposition = dice.pick(['Connected', 'No answer', 'Left message']);
  return {
    ...base,
    ...more,
    Subject: 'Phone call',
    Duration: String(dice.int(1, 40)),
    Disposition: disposition,
    Result:
      disposition === 'Connected' ? dice.pick(['Interested', 'Call back', 'Not interested']) : 'Try again',
    'In/Out': dice.pick(['Incoming', 'Outgoing']),
  };
}

function toDo(dice: Dice, day: number, project: Row): Row {
  const made = dayOf(project['Opportunity Created Date'] ?? '');
  const byTemplate = dice.chance(60) && made !== null;
  const done = dice.chance(60);
  const due = byTemplate ? made + followUp.days : day;
  return {
    Subject: byTemplate ? followUp.subject : dice.pick(['Send quote', 'Order parts', 'Check warranty']),
    'Due Date': slashed(due),
    Completed: flag(done),
    'Completed Date': done ? slashedTime(due, 900) : '',
  };
}

/** A note about a project or its people. */
export function noteRow(dice: Dice, id: number, project: Row): Row {
  const onDeal = dice.chance(50);
  return {
    'Note ID': String(id),
    ...linksOf(project),
    'Project ID': onDeal ? (project['Project ID'] ?? '') : '',
    Note: `${dice.pick(remarks)}\r\n${dice.pick(remarks)}`,
    Created: slashedTime(dice.day(19_800, 20_700), dice.int(480, 1_050)),
  };
}

/** An invoice for a project. */
export function invoiceRow(dice: Dice, id: number, project: Row): Row {
  const cents = dice.int(100, 9_000) * 100;
  const paid = dice.chance(70);
  const day = dice.day(20_000, 20_750);
  return {
    'Txn ID': `7${id}-${id}`,
    'Invoice No': `INV-${id}`,
    'Project ID': project['Project ID'] ?? '',
    'Contact ID': project['Contact ID'] ?? '',
    'Invoice Date': slashed(day),
    'Due Date': slashed(day + 30),
    Total: money(cents),
    'Balance Due': money(paid ? 0 : cents),
    Currency: 'USD',
    'Invoice Status': paid ? 'Paid' : 'Open',
    Memo: dice.chance(30) ? `${dice.pick(remarks)}\nThank you.` : '',
  };
}

/** The lines of an invoice. */
export function invoiceLineRows(dice: Dice, at: number, invoice: Row): Row[] {
  return Array.from({ length: dice.int(1, 3) }, (_, line) => ({
    'Txn Line ID': `L${1_000 + at}-${line + 1}`,
    'Txn ID': invoice['Txn ID'] ?? '',
    Item: `P-${String(dice.int(1, 9)).padStart(3, '0')}`,
    Desc: dice.pick(jobs),
    Qty: String(dice.int(1, 5)),
    Amount: money(dice.int(50, 900) * 100),
  }));
}

/** A visit of Field Service. */
export function workOrderRow(dice: Dice, id: number, project: Row): Row {
  return {
    'Work Order ID': `WO-${id}`,
    ...linksOf(project),
    Problem: dice.pick(jobs),
    Resolution: `${dice.pick(remarks)}\n${dice.pick(remarks)}`,
    'Scheduled Date': slashedTime(dice.day(20_000, 20_750), dice.int(480, 1_000)),
    Minutes: String(dice.int(2, 16) * 15),
    Complete: flag(dice.chance(85)),
    'Work Order Status': dice.pick(['Closed', 'Invoiced']),
    'Signed By': `${dice.pick(englishGivenNames)} ${dice.pick(englishFamilyNames)}`,
  };
}

/** A document of the file share. */
export function documentRow(dice: Dice, id: number, project: Row): Row {
  const name = `${dice.pick(['proposal', 'contract', 'drawing'])}-${id}.pdf`;
  return {
    'Document ID': String(id),
    ...linksOf(project),
    Document: `${dice.pick(['Proposal', 'Contract', 'Drawing'])} ${id}`,
    'File Path': `\\\\SERVER\\Results\\Documents\\${project['Contact ID'] ?? '0'}\\${name}`,
    Created: slashedTime(dice.day(20_000, 20_700), 600),
  };
}

/** Hours worked on a project. */
export function timesheetRow(dice: Dice, at: number, project: Row): Row {
  return {
    'Timesheet ID': `T-${at}`,
    'Project ID': project['Project ID'] ?? '',
    'Work Date': slashed(dice.day(20_000, 20_700)),
    'Billable Hours': String(dice.int(1, 8)),
    'Payroll Item': dice.pick(['Installation', 'Travel']),
    Employee: project['Sales Rep'] ?? '',
  };
}

/** A line of the manifest: a photo or signature of a work order. */
export function photoRow(dice: Dice, at: number, order: Row): Row {
  const signature = dice.chance(30);
  const id = order['Work Order ID'] ?? '';
  return {
    file: `${id}/${signature ? `signature-${at}.png` : `photo-${at}.jpg`}`,
    parent_type: 'Work Order',
    parent_id: id,
    kind: signature ? 'Signature' : 'Photo',
    taken_at: slashedTime(dice.day(20_000, 20_750), dice.int(480, 1_000)),
  };
}
