import { leadRows } from './lead-rows.ts';
import {
  cities,
  companyFirstWords,
  companySecondWords,
  companySuffixes,
  dealWords,
  englishFamilyNames,
  englishGivenNames,
  industries,
  jobTitles,
  noteWords,
  streets,
  tagWords,
  turkishFamilyNames,
  turkishGivenNames,
} from './names.ts';
import type { Row } from './table-writer.ts';
import { type Dice, dotted, idOf, iso, lira, slug, two } from './world.ts';

/** How many ordinary records of each kind the sample company has, beside the planted ones. */
export interface Sizes {
  readonly companies: number;
  readonly contacts: number;
  readonly deals: number;
  readonly activities: number;
  readonly notes: number;
  readonly leads: number;
}

/** The tables of the sample company, row by row. */
export interface Tables {
  readonly companies: Row[];
  readonly contacts: Row[];
  readonly deals: Row[];
  readonly activities: Row[];
  readonly notes: Row[];
  readonly leads: Row[];
}

/** Pipelines with their stages, probabilities and what the stage means for the status. */
export const pipelines = {
  Sales: [
    ['Qualified', '20', 'Open'],
    ['Demo Scheduled', '40', 'Open'],
    ['Proposal Sent', '60', 'Open'],
    ['Negotiation', '80', 'Open'],
    ['Closed Won', '100', 'Won'],
    ['Closed Lost', '0', 'Lost'],
  ],
  'Enterprise Sales': [
    ['Discovery', '10', 'Open'],
    ['Technical Review', '35', 'Open'],
    ['Legal Review', '75', 'Open'],
    ['Closed Won', '100', 'Won'],
    ['Closed Lost', '0', 'Lost'],
  ],
} as const;

/** Deals in this stage belong to one person: an assignment rule that shows in the values (S-06). */
export const legalStage = { stage: 'Legal Review', owner: 'derya.sen@sample.example' } as const;
/** A task with this subject comes three days after its deal: a follow-up rule that shows in the values (S-06). */
export const followUp = { subject: 'Follow up on new deal', days: 3 } as const;

/** Every record of ordinary shape: Turkish and English names, mixed ways of naming companies, people and owners. */
export function ordinaryTables(dice: Dice, sizes: Sizes): Tables {
  const companies = count(sizes.companies, (at) => companyRow(dice, at));
  const contacts = count(sizes.contacts, (at) => contactRow(dice, at, companies));
  const deals = count(sizes.deals, (at) => dealRow(dice, at, contacts, companies));
  const activities = count(sizes.activities, (at) => activityRow(dice, at, contacts, deals));
  const notes = count(sizes.notes, (at) => noteRow(dice, at, contacts, deals));
  const leads = leadRows(dice, sizes.leads, contacts, companies);
  return { companies, contacts, deals, activities, notes, leads };
}

function count(amount: number, make: (at: number) => Row): Row[] {
  return Array.from({ length: amount }, (_, at) => make(at + 1));
}

function companyRow(dice: Dice, at: number): Row {
  const words = `${dice.pick(companyFirstWords)} ${dice.pick(companySecondWords)}`;
  const [city, state, postalCode, country] = dice.pick(cities);
  const domain = `${slug(words)}${at}.example`;
  const created = dice.day(18_628, 19_700);
  return {
    'Company ID': idOf('C', at),
    'Company Name': `${words} ${at} ${dice.pick(companySuffixes)}`.trim(),
    Domain: dice.chance(80) ? domain : '',
    Website: dice.chance(60) ? `https://www.${domain}/` : '',
    Phone: dice.chance(70) ? `0 (212) 555 ${two(dice.int(0, 99))} ${two(dice.int(0, 99))}` : '',
    Address: dice.pick(streets),
    City: city,
    State: state,
    'Postal Code': postalCode,
    Country: country,
    Industry: dice.pick(industries),
    'Parent Company': '',
    Owner: dice.owner().name,
    Tags: tagsOf(dice),
    'Created At': dotted(created),
    'Updated At': dotted(created + dice.int(0, 600)),
    'Customer Tier': dice.pick(['Gold', 'Silver', 'Bronze', '']),
    'Vergi No': dice.chance(60) ? `0${dice.int(100_000_000, 999_999_999)}` : '',
    'Renewal Date': dice.chance(50) ? dotted(dice.day(20_400, 21_000)) : '',
    'Key Account': dice.chance(20) ? 'Evet' : 'Hayır',
    'NPS Score': dice.chance(50) ? String(dice.int(0, 10)) : '',
  };
}

function tagsOf(dice: Dice): string {
  if (!dice.chance(45)) return '';
  const words = [dice.pick(tagWords), dice.pick(tagWords)];
  return [...new Set(words)].join(', ');
}

function contactRow(dice: Dice, at: number, companies: readonly Row[]): Row {
  const turkish = dice.chance(65);
  const given = turkish ? turkishGivenNames : englishGivenNames;
  // Most have two given names: with one, far more people would share a name than in a real company.
  const first = dice.chance(90) ? `${dice.pick(given)} ${dice.pick(given)}` : dice.pick(given);
  const last = dice.pick(turkish ? turkishFamilyNames : englishFamilyNames);
  const company = dice.pick(companies);
  const domain = company.Domain === '' ? 'no-domain.example' : company.Domain;
  const created = dice.day(18_700, 19_900);
  return {
    'Contact ID': idOf('P', at),
    'First Name': first,
    'Last Name': last,
    Email: dice.chance(92) ? `${slug(first)}.${slug(last)}${at}@${domain}` : '',
    Phone: dice.chance(50) ? phoneOf(dice, turkish) : '',
    Mobile: dice.chance(40) ? `0532 555 ${two(dice.int(0, 99))} ${two(dice.int(0, 99))}` : '',
    'Job Title': dice.chance(70) ? dice.pick(jobTitles) : '',
    // Some exports carry the id, some only the name (S-03).
    'Company ID': dice.chance(80) ? (company['Company ID'] ?? '') : '',
    Company: company['Company Name'] ?? '',
    Owner: dice.owner().email,
    Tags: tagsOf(dice),
    'Created At': `${iso(created)} ${two(dice.int(8, 18))}:${two(dice.int(0, 59))}`,
    'Updated At': `${iso(created + dice.int(0, 500))} 12:00`,
    Newsletter: dice.chance(50) ? 'TRUE' : 'FALSE',
    'Lead Source': dice.pick(['Web', 'Fuar', 'Referral', 'Cold call', '']),
    LinkedIn: dice.chance(30) ? `https://linkedin.example/in/${slug(first)}-${slug(last)}-${at}` : '',
    // No day and no month over 12: nobody can tell which is which.
    'First Visit': dice.chance(40) ? `${two(dice.int(1, 12))}/${two(dice.int(1, 12))}/2023` : '',
  };
}

function phoneOf(dice: Dice, turkish: boolean): string {
  const tail = two(dice.int(0, 99));
  return turkish ? `+90 212 555 ${two(dice.int(0, 99))} ${tail}` : `+44 20 7946 09${tail}`;
}

function dealRow(dice: Dice, at: number, contacts: readonly Row[], companies: readonly Row[]): Row {
  const pipeline = dice.chance(75) ? 'Sales' : 'Enterprise Sales';
  const [stage, probability, status] = dice.pick<readonly [string, string, string]>(pipelines[pipeline]);
  const contact = dice.pick(contacts);
  const company = companies.find((row) => row['Company Name'] === contact.Company);
  const created = dice.day(19_000, 20_100);
  const byId = dice.chance(75);
  const foreign = dice.chance(15);
  return {
    'Deal ID': idOf('D', at),
    'Deal Name': `${dice.pick(dealWords)} - ${company?.['Company Name'] ?? 'no company'} #${at}`,
    Pipeline: pipeline,
    Stage: stage,
    Amount: foreign ? `${dice.int(1, 90)}.${dice.int(100, 999)},00` : lira(dice.int(50_000, 90_000_000)),
    Currency: foreign ? dice.pick(['EUR', 'USD']) : 'TRY',
    Probability: probability,
    'Close Date': dotted(created + dice.int(10, 300)),
    Status: status,
    'Lost Reason': status === 'Lost' ? dice.pick(['Fiyat', 'Rakip', 'No budget', '']) : '',
    'Company ID': byId ? (company?.['Company ID'] ?? '') : '',
    Company: byId ? '' : (company?.['Company Name'] ?? ''),
    'Contact Name': dice.chance(85) ? `${contact['First Name']} ${contact['Last Name']}` : '',
    Owner:
      stage === legalStage.stage
        ? legalStage.owner
        : dice.chance(70)
          ? dice.owner().email
          : dice.owner().name,
    Tags: tagsOf(dice),
    'Created At': dotted(created),
    'Updated At': dotted(created + dice.int(0, 200)),
    Region: dice.pick(['Marmara', 'Ege', 'EMEA', 'İç Anadolu']),
    'Products of Interest': dice.pick(['CRM; ERP', 'CRM', 'ERP; Depo; Mobil', 'Mobil', 'Depo; CRM', '']),
    'Discount %': dice.chance(40) ? `%${dice.int(1, 30)}` : '',
    'Contract Signed': status === 'Won' ? 'Evet' : 'Hayır',
    'Weighted Value (formula)': dice.chance(60) ? `${dice.int(1, 90)}.${dice.int(100, 999)},50` : '',
    'Enterprise Sales: Legal Contact':
      pipeline === 'Enterprise Sales' ? dice.pick(['Internal', 'External']) : '',
  };
}

const kinds = ['Call', 'Email', 'Meeting', 'Task'] as const;

function activityRow(dice: Dice, at: number, contacts: readonly Row[], deals: readonly Row[]): Row {
  const kind = at % 40 === 0 ? 'Task' : dice.pick(kinds);
  const deal = dice.chance(70) || at % 40 === 0 ? dice.pick(deals) : null;
  const contact = dice.pick(contacts);
  const day = dice.day(19_200, 20_300);
  const minutes = `${two(dice.int(8, 17))}:${two(dice.int(0, 59))}`;
  const about = {
    'Activity ID': idOf('A', at),
    Type: kind,
    'Contact Name': dice.chance(80) ? `${contact['First Name']} ${contact['Last Name']}` : '',
    'Contact ID': dice.chance(60) ? (contact['Contact ID'] ?? '') : '',
    'Deal ID': deal?.['Deal ID'] ?? '',
    Owner: dice.owner().name,
    'Created At': `${iso(day)} 07:30`,
  };
  return { ...about, ...detailsOf(dice, kind, day, minutes, at % 40 === 0 ? deal : null) };
}

function detailsOf(
  dice: Dice,
  kind: (typeof kinds)[number],
  day: number,
  clock: string,
  newDeal: Row | null,
): Row {
  const start = `${iso(day)} ${clock}`;
  switch (kind) {
    case 'Call': {
      const disposition = dice.pick(['Connected', 'No answer', 'Left voicemail', 'Ulaşılamadı']);
      return {
        Subject: 'Telefon görüşmesi',
        Body: dice.pick(noteWords),
        Start: start,
        Duration: String(dice.int(1, 55)),
        Direction: dice.pick(['Incoming', 'Outgoing']),
        Disposition: disposition,
        Status: disposition === 'Connected' ? 'Completed' : 'Missed',
      };
    }
    case 'Email':
      return {
        Subject: dice.pick(['Re: Teklif', 'Demo hakkında', 'Your question', 'Fatura']),
        Body: `<p>${dice.pick(noteWords)}</p><p>--<br>Selamlar</p>`,
        Start: start,
        Direction: dice.pick(['Sent', 'Received']),
        Status: 'Completed',
      };
    case 'Meeting':
      return {
        Subject: dice.pick(['Demo', 'Kick-off', 'Saha ziyareti', 'Quarterly review']),
        Body: dice.pick(noteWords),
        Start: start,
        End: `${iso(day)} ${two(Number(clock.slice(0, 2)) + 1)}:${clock.slice(3)}`,
        Duration: '60',
        Location: dice.pick(['Müşteri ofisi', 'Zoom', 'Bağdat Cad. No: 12, İstanbul', '']),
        Attendees: dice.pick([
          'Selin Aksoy <selin.aksoy@sample.example>',
          'guest@visitor.example; Muhasebe',
          'Ziyaretçi',
          '',
        ]),
        Status: 'Completed',
      };
    default:
      return taskDetails(dice, day, newDeal);
  }
}

function taskDetails(dice: Dice, day: number, newDeal: Row | null): Row {
  const done = dice.chance(60);
  const dealDay = dayOfDotted(newDeal?.['Created At'] ?? '');
  const due = dealDay === null ? day : dealDay + followUp.days;
  return {
    Subject:
      newDeal === null ? dice.pick(['Teklif gönder', 'Call back', 'Prepare contract']) : followUp.subject,
    'Due Date': iso(due),
    Completed: done ? 'Yes' : 'No',
    'Completed At': done ? `${iso(due + dice.int(0, 3))} 16:20` : '',
    Status: done ? 'Completed' : 'Open',
  };
}

function dayOfDotted(text: string): number | null {
  const found = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(text);
  return found === null
    ? null
    : Date.UTC(Number(found[3]), Number(found[2]) - 1, Number(found[1])) / 86_400_000;
}

function noteRow(dice: Dice, at: number, contacts: readonly Row[], deals: readonly Row[]): Row {
  const onDeal = dice.chance(50);
  const parent = dice.pick(onDeal ? deals : contacts);
  const byId = dice.chance(80);
  const name = onDeal ? parent['Deal Name'] : `${parent['First Name']} ${parent['Last Name']}`;
  return {
    'Note ID': idOf('N', at),
    'Parent Type': onDeal ? 'Deal' : 'Contact',
    'Parent ID': byId ? (parent[onDeal ? 'Deal ID' : 'Contact ID'] ?? '') : '',
    'Parent Name': name ?? '',
    Content: dice.chance(50)
      ? `<p>${dice.pick(noteWords)}</p><ul><li>${dice.pick(noteWords)}</li></ul>`
      : dice.pick(noteWords),
    Author: dice.chance(50) ? dice.owner().email : dice.owner().name,
    'Created At': `${dotted(dice.day(19_200, 20_300))} ${two(dice.int(8, 18))}:${two(dice.int(0, 59))}`,
  };
}
