import type { SourceRows } from './source-rows.ts';

/** The rows of the pair page 000, D-20 to D-31. */
export const dinamikcrmRows: SourceRows = {
  system: 'dinamikcrm',
  label: 'DinamikCRM',
  before:
    'It is read over HTTP, in one of two dialects: a service of modules, or of whole tables; modules, fields and relations come before any record ([how](../../packages/landfall/src/sources/dinamikcrm/README.md)). The vendor publishes no API: the tables are known from a public repository, the module service is an assumption [A], and so is much of what tables mean; the README lists each. The rows as data, with a reason each, are in the [template](../../packages/landfall/src/templates/dinamikcrm.ts) and the files beside it; your `mapping.yaml` is a copy of it that you may change.',
  rows: [
    {
      id: 'D-20',
      from: 'Contact, customer',
      lands:
        'person with name, e-mails, phones, address and custom fields of their types (D-20(a)); the e-mail address tells doubles, a placeholder address never does (D-20(b)); linked to the organization of its company (D-20(c)), which is made before (D-20(d))',
      lost: 'job title, department and address are custom fields. Identity number, birth date, gender and the like stay behind unless somebody maps them (KVKK). The time of the last change',
    },
    {
      id: 'D-21',
      from: 'Company',
      lands:
        'organization with name, industry, address and domain (D-21(a)), before any person, so that no link is lost; a contact whose company is not there is a question (D-21(b)); a parent company is a relationship of type parent',
      lost: 'phones, e-mails, tax office and number are custom fields: organizations have none of their own. Circles of parents are cut and listed. Mahalle and ilçe stand in the lines of street and city',
    },
    {
      id: 'D-22',
      from: 'Lead',
      lands:
        'lead under its name with its budget, the person made of it, and its company where that is known (D-22(a)); status as a lead label, source as a dropdown (D-22(b)); every step of its conversion as a line of a field, the day and the contact it became beside (D-22(c))',
      lost: 'a lead of Pipedrive has no status and no person’s fields. Date of creation: a field of deals, which leads share',
    },
    {
      id: 'D-23',
      from: 'Deal (proposal, sale)',
      lands:
        'deal with value in its currency, stage, outcome, owner and expected close date (D-23(a)), in its pipeline and stage, made beforehand (D-23(b)); one without contact and company is a question before anything is written (D-23(c)); which of proposals and sales are deals is asked as well',
      lost: 'the source has no deals: proposals and sales are both, in pipelines of their own, unless the question `pair:deals-are` is answered otherwise (its usual answer is the policy `dealsAre`): then one kind alone, the others become notes. Where there are lines, Pipedrive makes the value of them; a field keeps the source’s. VAT of a line is text. Date of creation: a field',
    },
    {
      id: 'D-24',
      from: 'Activity, task, call',
      lands:
        'activity, all kinds in one (D-24(a)), with type, day, subject and the record it belongs to (D-24(b)); day and time in UTC, so that the timeline keeps its order (D-24(c)); location, and attendees with an address as attendees, all of them as a line (D-24(d))',
      lost: 'activities have no custom fields: priority, completion and the time of creation are lines. One owner: others who are responsible for a task are a line. Recordings of calls',
    },
    {
      id: 'D-25',
      from: 'Appointment',
      lands:
        'activity of type Meeting, always (D-25(a)), with date, time, duration, attendees and status (D-25(b)); room, services, reminder, recurrence and online booking as lines, flagged for a person (D-25(c))',
      lost: 'reminders and recurrences have to be set again by hand',
    },
    {
      id: 'D-26',
      from: 'Invoice',
      lands:
        'nothing in the Invoices add-on, whose API cannot make them, which discovery says (D-26(a)): numbers, totals and payment status are fields of the deal (D-26(b)), and each is a note with its lines, totals and payment status (D-26(c))',
      lost: 'the invoice as a record of its own',
    },
    {
      id: 'D-27',
      from: 'Custom module',
      lands:
        'all active modules are enumerated before any record (D-27(a)), with their fields and relations (D-27(b)), and a person decides about each (D-27(c)): single values are typed custom fields of the nearest record when there is one for one (D-27(d)), several records, long texts and several options are notes on it (D-27(e)); relations that fit nowhere are flagged (D-27(f))',
      lost: 'the module itself; relations of any record to any other. By way of the tables nothing describes the modules that an account made: their table is found by its name or named in `source.tables`, its columns are told from the rows; one that is found nowhere is an issue of high severity. A module the keys may not read is an issue too, and the others move',
    },
    {
      id: 'D-28',
      from: 'Pipeline',
      lands:
        'pipeline each (D-28(a)) with its stages in order (D-28(b)); rules that move deals by themselves are listed in `automations.csv` with what would do the same (D-28(c))',
      lost: 'stages that mean an outcome become the status of the deal. Rules. By way of the tables no rule is told: `automations.csv` says so and lists what their traces in the records show',
    },
    {
      id: 'D-29',
      from: 'User',
      lands:
        'active user of the same e-mail address (D-29(a)), as the owner of organizations, persons, deals, leads and activities (D-29(b)); everybody else is a question that blocks the user table (D-29(c))',
      lost: 'nobody is created: seats are bought by people',
    },
    {
      id: 'D-30',
      from: 'Attachment',
      lands:
        'file on its record where the source hands out the bytes, else a note with its name, address, size and type (D-30(a)) that says what is to be done (D-30(b)); `attachments.csv` lists every record that needs somebody (D-30(c))',
      lost: 'the bytes of what lies on other drives or at other addresses. By way of the tables files are metadata, unless the address their paths lie below is named (`source.files`)',
    },
    {
      id: 'D-31',
      from: 'Tag',
      lands:
        'label, each tag once (D-31(a)); each group of tags is flagged, and a person decides between labels, one field of all tags, and labels with a field for each group (D-31(b))',
      lost: 'the group, where labels were chosen',
    },
  ],
  after:
    'Beyond the rows: products with their stock of the day, lines of proposals and sales as lines of their deal, notes as notes of Pipedrive (`notesAs: activity` makes activities), tickets as structured notes on their contact and company. Staff records, surveys and expenses stay behind with a reason each. Shown by the [template’s tests](../../packages/landfall/src/templates/dinamikcrm.test.ts), [those of its activities and files](../../packages/landfall/src/templates/dinamikcrm-work.test.ts) and the [source’s](../../packages/landfall/src/sources/dinamikcrm/dinamikcrm.test.ts); that the tables give the same records as the modules by its [tests of tables](../../packages/landfall/src/sources/dinamikcrm/tables.test.ts).',
};
