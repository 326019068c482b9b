import type { SeededRandom } from 'landfall-emulators/kit/random.ts';
import { drawOwner } from './people.ts';
import {
  type Child,
  type Company,
  type Contact,
  type Pointer,
  pointAtCompany,
  pointAtContact,
} from './source-rows.ts';
import * as spelling from './spelling.ts';

const nowhere: Pointer = { id: null, cells: {} };
const noLinks = { 'Deal ID': '', 'Contact ID': '', 'Contact Email': '', 'Company ID': '', Company: '' };

/** What tasks and remarks can point to. */
export interface Parents {
  readonly companies: readonly Company[];
  readonly contacts: readonly Contact[];
  readonly deals: readonly Child[];
}

/** The records of a world as it means them. */
export interface Drawn extends Parents {
  readonly tasks: readonly Child[];
  readonly remarks: readonly Child[];
}

function pointAtDeal(random: SeededRandom, deals: readonly Child[]): Pointer {
  if (deals.length === 0) return nowhere;
  const { id } = random.pick(deals);
  return { id, cells: { 'Deal ID': id } };
}

/** A task; one in eight is the exact copy of the one before: both must land. */
export function drawTask(
  random: SeededRandom,
  number: number,
  parents: Parents,
  before: Child | undefined,
): Child {
  const id = `T-${number}`;
  const rest = { twinOf: null, nameless: false, later: null };
  if (before !== undefined && random.next() < 0.12) {
    return { ...before, ...rest, id, fields: { ...before.fields, ID: id } };
  }
  const subject = spelling.loose(random, `Follow up ${number}`);
  const type = random.pick(['Call', 'Meeting', 'Task', 'Site visit']);
  const due = random.next() < 0.8 ? spelling.day(random) : spelling.emptyCell;
  const done = spelling.yesNo(random);
  const text = random.next() < 0.7 ? spelling.body(random, id) : spelling.emptyCell;
  const deal = random.next() < 0.6 ? pointAtDeal(random, parents.deals) : nowhere;
  const contact = random.next() < 0.5 ? pointAtContact(random, parents.contacts) : nowhere;
  const company = random.next() < 0.3 ? pointAtCompany(random, parents.companies) : nowhere;
  const owner = drawOwner(random);
  const fields = {
    ID: id,
    Subject: subject.text,
    Type: type,
    Due: due.text,
    Done: done.text,
    Body: text.text,
    Owner: owner.text,
    ...noLinks,
    ...deal.cells,
    ...contact.cells,
    ...company.cells,
  };
  const values = {
    subject: subject.value,
    type,
    done: done.value,
    ...(due.value === null ? {} : { due: due.value }),
    ...(text.value === null ? {} : { text: text.value }),
  };
  return { ...rest, id, company, contact, deal, owner, fields, values };
}

/** A remark on one record; one in eight is the exact copy of the one before. */
export function drawRemark(
  random: SeededRandom,
  number: number,
  parents: Parents,
  before: Child | undefined,
): Child {
  const id = `R-${number}`;
  const rest = { twinOf: null, nameless: false, later: null };
  if (before !== undefined && random.next() < 0.12) {
    return { ...before, ...rest, id, fields: { ...before.fields, ID: id } };
  }
  const text = spelling.body(random, id);
  const time = `2024-0${random.between(1, 9)}-1${random.between(0, 9)}T0${random.between(0, 9)}:15:00Z`;
  const coin = random.next();
  const deal = coin < 0.5 ? pointAtDeal(random, parents.deals) : nowhere;
  const contact = coin >= 0.5 && coin < 0.8 ? pointAtContact(random, parents.contacts) : nowhere;
  const company = coin >= 0.8 ? pointAtCompany(random, parents.companies) : nowhere;
  const owner = drawOwner(random);
  const hasTime = random.next() < 0.8;
  const fields = {
    ID: id,
    Body: text.text,
    Created: hasTime ? time : '',
    Author: owner.text,
    ...noLinks,
    ...deal.cells,
    ...contact.cells,
    ...company.cells,
  };
  const values = { text: text.value, ...(hasTime ? { time } : {}) };
  return { ...rest, id, company, contact, deal, owner, fields, values };
}
