import type { SeededRandom } from 'landfall-emulators/kit/random.ts';
import { companyName, drawOwner, type OwnerText, personName } from './people.ts';
import * as spelling from './spelling.ts';

/** One row of the simulated source. */
export interface SourceRow {
  readonly entity: 'companies' | 'contacts' | 'deals' | 'tasks' | 'remarks' | 'files' | 'products' | 'lines';
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The row as somebody changes it while it is read; null: nobody does. */
  readonly later: Readonly<Record<string, string>> | null;
}

/** How a row names another one. */
export interface Pointer {
  /** The id it means; null: none, or one that is not there. */
  readonly id: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

interface Drawn {
  readonly id: string;
  readonly owner: OwnerText;
  /** The record it is another copy of; null: none. */
  readonly twinOf: string | null;
  /** Whether it lacks the name no record can do without. */
  readonly nameless: boolean;
  readonly fields: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly later: {
    readonly fields: Readonly<Record<string, string>>;
    readonly values: Readonly<Record<string, unknown>>;
  } | null;
}

/** A company as the world means it. */
export interface Company extends Drawn {
  readonly name: string;
  readonly parent: string | null;
}

/** A contact as the world means it. */
export interface Contact extends Drawn {
  readonly email: string | null;
  readonly company: Pointer;
  readonly remark: spelling.Cell | null;
}

/** A deal, task or remark as the world means it. */
export interface Child extends Drawn {
  readonly company: Pointer;
  readonly contact: Pointer;
  readonly deal: Pointer;
}

const nowhere: Pointer = { id: null, cells: {} };

/** Only what has a value. */
function filled(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function maybe<T>(random: SeededRandom, share: number, cell: () => spelling.Cell<T>): spelling.Cell<T> {
  return random.next() < share ? cell() : spelling.emptyCell;
}

function option(random: SeededRandom, labels: readonly string[]): spelling.Cell {
  const value = random.pick(labels);
  return { text: random.pick([value, ` ${value} `]), value };
}

/** A company; a twin has the name of the one it copies, and sometimes what that one lacks. */
export function drawCompany(random: SeededRandom, number: number, before: readonly Company[]): Company {
  const twin = before.length > 1 && random.next() < 0.12 ? random.pick(before) : null;
  const isTwin = twin !== null && twin.twinOf === null && !twin.nameless;
  const plainName = isTwin ? twin.name : companyName(random, number);
  const nameless = !isTwin && random.next() < 0.05;
  const name = spelling.loose(random, plainName);
  const website = maybe(random, isTwin ? 0 : 0.6, () => spelling.webAddress(random, `firm${number}.com.tr`));
  const street = maybe(random, 0.4, () => ({ text: `Cadde ${number}`, value: `Cadde ${number}` }));
  const employees = maybe(random, 0.4, () => ({ text: String(number * 7), value: number * 7 }));
  const segment = maybe(random, 0.5, () => option(random, ['A', 'B', 'Çok özel']));
  const tax = maybe(random, 0.5, () => spelling.loose(random, `TX 00${number}`));
  const labels = maybe(random, 0.4, () => spelling.tags(random));
  const owner = drawOwner(random);
  const parents = before.filter((company) => company.id !== twin?.id);
  const parent = parents.length > 0 && random.next() < 0.2 ? random.pick(parents).id : null;
  const id = `C-${number}`;
  const fields = {
    ID: id,
    Name: nameless ? ' ' : name.text,
    Website: website.text,
    Street: street.text,
    City: '',
    Employees: employees.text,
    Owner: owner.text,
    Tags: labels.text,
    Segment: segment.text,
    Tax: tax.text,
    'Parent ID': parent ?? '',
  };
  const values = filled({
    name: plainName,
    website: website.value,
    address: street.value,
    employees: employees.value,
    labels: labels.value,
    Segment: segment.value,
    'Tax number': tax.value,
  });
  const more = { Tax: `TX late ${number}`, Employees: String(number * 11) };
  const later = random.next() < 0.1 && {
    fields: { ...fields, ...more },
    values: { ...values, 'Tax number': more.Tax, employees: number * 11 },
  };
  const twinOf = isTwin ? twin.id : null;
  return {
    id,
    name: plainName,
    owner,
    parent,
    twinOf,
    nameless,
    fields,
    values,
    later: twinOf === null && later ? later : null,
  };
}

/** A pointer to one of these companies: by id, by a spelling of the name, to none, or to one nobody knows. */
export function pointAtCompany(random: SeededRandom, companies: readonly Company[]): Pointer {
  const coin = random.next();
  if (coin < 0.15 || companies.length === 0) return nowhere;
  if (coin < 0.22) return { id: null, cells: { Company: 'Nobody knows 999' } };
  const company = random.pick(companies);
  const isUnique = companies.filter((one) => one.name === company.name).length === 1;
  if (coin < 0.5 && isUnique && !company.nameless) {
    const text = random.pick([company.name, company.name.toLocaleUpperCase('tr'), `${company.name} A.Ş.`]);
    return { id: company.id, cells: { Company: text } };
  }
  return { id: company.id, cells: { 'Company ID': company.id } };
}

/** A pointer to a contact: by id, or by an address only one has. */
export function pointAtContact(random: SeededRandom, contacts: readonly Contact[]): Pointer {
  if (random.next() < 0.3 || contacts.length === 0) return nowhere;
  const contact = random.pick(contacts);
  const isUnique = contacts.filter((one) => one.email === contact.email).length === 1;
  if (contact.email !== null && isUnique && random.next() < 0.4) {
    return { id: contact.id, cells: { 'Contact Email': ` ${contact.email}` } };
  }
  return { id: contact.id, cells: { 'Contact ID': contact.id } };
}

/** A contact; a twin has address and name of the one it copies. */
export function drawContact(
  random: SeededRandom,
  number: number,
  companies: readonly Company[],
  before: readonly Contact[],
): Contact {
  const copied = before.length > 0 && random.next() < 0.1 ? random.pick(before) : null;
  const isTwin = copied !== null && copied.twinOf === null && copied.email !== null && !copied.nameless;
  const [first, last] = isTwin
    ? [String(copied.fields['First Name']), String(copied.fields['Last Name'])]
    : personName(random, number);
  const nameless = !isTwin && random.next() < 0.05;
  const email = isTwin
    ? { text: String(copied.email), value: copied.email }
    : maybe(random, 0.8, () => spelling.emailAddress(random, `Person.${number}`, `mail${number}.com.tr`));
  const phone = maybe(random, 0.6, () => spelling.phoneNumber(random));
  const birthday = maybe(random, 0.4, () => spelling.day(random));
  const labels = maybe(random, 0.3, () => spelling.tags(random));
  const company = pointAtCompany(random, companies);
  const owner = drawOwner(random);
  const remark = random.next() < 0.2 ? spelling.body(random, `P${number}`) : null;
  const id = `P-${number}`;
  const fields = {
    ID: id,
    'First Name': nameless ? '' : first,
    'Last Name': nameless ? '' : last,
    Email: email.text,
    Phone: phone.text,
    Company: '',
    'Company ID': '',
    ...company.cells,
    Owner: owner.text,
    Tags: labels.text,
    Birthday: birthday.text,
    Remark: remark?.text ?? '',
  };
  const name = `${first.trim()} ${last.trim()}`;
  const values = filled({
    name,
    emails: email.value === null ? null : [email.value],
    phones: phone.value === null ? null : [phone.value],
    labels: labels.value,
    Birthday: birthday.value,
  });
  const twinOf = isTwin ? copied.id : null;
  return { id, email: email.value, company, remark, owner, twinOf, nameless, fields, values, later: null };
}

const stages = [
  ['Satış', 'Yeni', 'Yeni'],
  ['', 'New', 'Yeni'],
  ['Satış', 'Offer', 'Teklif'],
  ['satış', 'pazarlık', 'Pazarlık'],
  ['Renewals', 'Due', 'Due'],
  ['Renewals', 'Offered', 'Offered'],
] as const;

const currencies = [
  ['TRY', 'TRY'],
  ['€', 'EUR'],
  ['usd', 'USD'],
  ['', 'TRY'],
] as const;

const statuses = [
  ['', 'open'],
  ['Açık', 'open'],
  ['Open', 'open'],
  ['Won', 'won'],
  ['KAZANILDI', 'won'],
  ['Closed Lost', 'lost'],
] as const;

/** What a deal says of itself, and what must arrive of it. */
function dealCells(random: SeededRandom, number: number) {
  const title = spelling.loose(random, `Deal ${number} 🚀 <b>`);
  const amount = maybe(random, 0.8, () => spelling.decimal(random));
  const [currencyText, currency] = random.pick(currencies);
  const [pipeline, stageText, stage] = random.pick(stages);
  const [statusText, status] = random.pick(statuses);
  const close = maybe(random, 0.7, () => spelling.day(random));
  const region = maybe(random, 0.5, () => option(random, ['Kuzey', 'Güney', 'Export']));
  const margin = maybe(random, 0.3, () => spelling.decimal(random));
  const commission = maybe(random, 0.3, () => spelling.decimal(random));
  const reason = status === 'lost' ? 'Too dear' : '';
  const cells = {
    Title: title.text,
    Amount: amount.text,
    Currency: currencyText,
    Pipeline: pipeline,
    Stage: stageText,
    Status: statusText,
    Close: close.text,
    Reason: reason,
    Region: region.text,
    Margin: margin.text,
    Commission: commission.text,
  };
  const values = filled({
    title: title.value,
    value: amount.value,
    currency: amount.value === null ? null : currency,
    stage,
    status,
    close: status === 'open' ? close.value : null,
    reason: reason === '' ? null : reason,
    Region: region.value,
    Margin: margin.value,
    Commission: commission.value === null ? null : `${commission.value} ${currency}`,
  });
  return { cells, values };
}

/** A deal with its links. */
export function drawDeal(
  random: SeededRandom,
  number: number,
  companies: readonly Company[],
  contacts: readonly Contact[],
): Child {
  const nameless = random.next() < 0.05;
  const { cells, values } = dealCells(random, number);
  const company = pointAtCompany(random, companies);
  const contact = pointAtContact(random, contacts);
  const owner = drawOwner(random);
  const id = `D-${number}`;
  const links = { Company: '', 'Company ID': '', 'Contact ID': '', 'Contact Email': '' };
  const own = nameless ? { ...cells, Title: '' } : cells;
  const fields = { ID: id, ...own, Owner: owner.text, ...links, ...company.cells, ...contact.cells };
  const changes = random.next() < 0.1 && !nameless;
  const title = `Deal ${number} later`;
  const later = changes
    ? {
        fields: { ...fields, Title: title, Margin: '12,5' },
        values: { ...values, title, Margin: 12.5 },
      }
    : null;
  return { id, company, contact, deal: nowhere, owner, twinOf: null, nameless, fields, values, later };
}
