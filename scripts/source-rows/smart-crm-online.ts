import type { SourceRows } from './source-rows.ts';

/** The rows of the pair page 003, S-20 to S-31. */
export const smartCrmOnlineRows: SourceRows = {
  system: 'smart-crm-online',
  label: 'Smart CRM Online',
  before:
    'It comes from its export files, recognised by their headers ([how](../../packages/landfall/src/sources/smart-crm-online/README.md)). Its names of fields and files are an assumption [A]: the vendor publishes none. The rows as data, with a reason each, are in the [template](../../packages/landfall/src/templates/smart-crm-online.ts); your `mapping.yaml` is a copy of it that you may change.',
  rows: [
    {
      id: 'S-20',
      from: 'Contact',
      lands:
        'person: name, e-mails, phones (S-20(a)); linked to the organization made before, by id or name (S-20(b)); a contact without a company that can be found is a question that blocks the plan (S-20(c))',
      lost: 'the job title is a custom field: Pipedrive has one of its own only after Contact Sync was set up. The time of the last change',
    },
    {
      id: 'S-21',
      from: 'Company',
      lands:
        'organization, before any person (S-21(a)), under its own name (S-21(b)); address part by part, domain, phone, industry, revenue and custom fields (S-21(c)); a parent company is a relationship of type parent',
      lost: 'circles of parents are cut and listed. The time of the last change',
    },
    {
      id: 'S-22',
      from: 'Deal',
      lands:
        'deal, linked to its organization (S-22(a)) and its person: a name counts only when one person of the company has it, else it is a question (S-22(b)); value with its own currency, owner, dates, outcome and lost reason (S-22(c)); in the pipeline and stage of its row (S-22(d))',
      lost: 'the date of creation cannot be set: a field "Original created" keeps it. The history of stages: the export has none',
    },
    {
      id: 'S-23',
      from: 'Pipeline stage',
      lands:
        'pipelines and stages derived from the deals (S-23(a)), with name, probability and order (S-23(b)); own names get their own stage, spellings of one name do not (S-23(c))',
      lost: 'stages that mean an outcome, such as Closed Won, become the status of the deal. Stages without a deal: the export does not name them',
    },
    {
      id: 'S-24',
      from: 'Call',
      lands:
        'activity of type Call with its duration; disposition, direction and the exact time as lines on top of its note (S-24(a)); linked to person and deal (S-24(b))',
      lost: 'activities have no custom fields, hence the lines. Date of creation: a line',
    },
    {
      id: 'S-25',
      from: 'E-mail',
      lands:
        'activity of type Email with subject, body, direction and time (S-25(a)); linked to the person, and to a deal when the export names one (S-25(b))',
      lost: "it is no message in Pipedrive's mailbox: no API makes one",
    },
    {
      id: 'S-26',
      from: 'Meeting',
      lands:
        'activity of type Meeting with start, length and location, the end as a line (S-26(a)); attendees with an address as attendees, all of them as text (S-26(b))',
      lost: 'attendees without an address are text only',
    },
    {
      id: 'S-27',
      from: 'Task',
      lands:
        'activity of type Task with due date, subject, status and whether it is done (S-27(a)); the date of completion as a line (S-27(b))',
      lost: '"marked as done" is the day of the migration: it cannot be set',
    },
    {
      id: 'S-28',
      from: 'Note',
      lands:
        'activity of a type named Note (S-28(a)), content, author and time kept (S-28(b)), linked to its person, deal or company (S-28(c)), formatting as safe HTML (S-28(d)); with `notesAs: note` a note of Pipedrive',
      lost: 'as an activity: author and time of creation as system fields; lines keep both. Markup that could run is removed',
    },
    {
      id: 'S-29',
      from: 'Tag',
      lands:
        'label: every tag once (S-29(a)), made before the first record (S-29(b)), set when the record is made (S-29(c)); with `tagsAs: review` it is asked whether tags are segments: then a field of several options (S-29(d))',
      lost: 'nothing but the colour',
    },
    {
      id: 'S-30',
      from: 'Owner',
      lands:
        'active user of the same e-mail address or name; everybody else is a question that blocks the user table',
      lost: 'nobody is created: seats are bought by people',
    },
    {
      id: 'S-31',
      from: 'Custom property',
      lands:
        'custom field: found by its header (S-31(a)), each one a question with samples (S-31(b)), typed as text, number, date, dropdown or checkbox (S-31(c)), for the plan that was confirmed (S-31(e))',
      lost: 'a checkbox is a dropdown of Yes and No. Formulas and fields of one pipeline cannot be made by the API: text fields, with a word about the plan they need (S-31(d), S-31(f))',
    },
  ],
  after:
    "Leads have no row of their own on the pair's page; when an export has them they move. A lead of Pipedrive is not a person but leads to one, so a lead becomes two records: the person behind it (merged with the contact of the same address and name, when duplicates are merged) and the lead, linked to that person and to its company where that is known. Pipedrive's leads have no status (C-06): status and tags become lead labels. Source, score and the original date of creation are custom fields of deals, which leads share. What is lost: the system's date of creation; a lead with neither a name, an address nor a known company cannot be made and is listed. Shown by the [template's tests](../../packages/landfall/src/templates/smart-crm-online.test.ts) and the [load's](../../packages/landfall/src/phases/load/every-entity.test.ts).",
};
