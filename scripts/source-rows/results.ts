import type { SourceRows } from './source-rows.ts';

/** The rows of the pair page 004, R-20 to R-29. */
export const resultsRows: SourceRows = {
  system: 'results',
  label: 'Results',
  before:
    'It comes from its exports and the folders its Field Service app writes, recognised by their headers ([how](../../packages/landfall/src/sources/results/README.md)). The suite calls a company a Contact and a person an Associate; opportunities and projects are one table. Names of fields and files beyond what its manuals show are an assumption [A], and so is that a project was won and that the third phone is the mobile; each says where to overrule it. The rows as data, with a reason each, are in the [template](../../packages/landfall/src/templates/results.ts) and the files beside it; your `mapping.yaml` is a copy of it that you may change.',
  rows: [
    {
      id: 'R-20',
      from: 'Company (in the suite: Contact)',
      lands:
        'organization with its website and address, the domain in a field beside (R-20(a)); the domain tells doubles, a free-mail domain never does (R-20(b)); doubles that a person confirms are one before the first insert, with the persons and deals of both (R-20(c)); a contact without a company name is a person',
      lost: 'phones, e-mail, ship-to address and the person on the card are custom fields: organizations have none of their own. The memo is a note. Of doubles, what differs stays in the source and is listed. The time of the last change',
    },
    {
      id: 'R-21',
      from: 'Contact (in the suite: Associate)',
      lands:
        'person: name, e-mails, phones, address (R-21(a)); linked to its organization, made before, by id or name; one whose company cannot be found is a question, a contact that is a person itself needs none (R-21(b))',
      lost: 'address and job title are custom fields: Pipedrive has its own only after Contact Sync was set up. The memo is a note',
    },
    {
      id: 'R-22',
      from: 'Deal (opportunity or project)',
      lands:
        'deal: stage, value with its currency, owner, close date, outcome and lost reason (R-22(a)); open deals with their own percentage, stages with that of the table of stages (R-22(b)); organization of the deal’s company, else of its associate (R-22(c)); deals without a company wait in the queue before anything is written (R-22(d))',
      lost: 'a deal with lines has their sum for its value; the amount of the source stays beside. Opportunity or project, and the status of a project, are custom fields; a project counts as won unless its status says lost [A]. The day an outcome was reached is that of the contract, else the expected one. Date of creation: a field. The history of stages: the export has none',
    },
    {
      id: 'R-23',
      from: 'Pipeline',
      lands:
        'pipeline and stages in order with their percentages, from a table of stages when the export has one, else from the deals; made before the first deal',
      lost: 'without a column that names it there is one pipeline. Stages that mean an outcome become the status of the deal; stages no deal stands in are known by the table only',
    },
    {
      id: 'R-24',
      from: 'Activity',
      lands:
        'activity of type Call, Email, Meeting or Task, other kinds as a type of their own name (R-24(a)); subject, content, day, duration, deal, organization and person (R-24(b)); times to the minute as due date and time, the full ones as lines, so that the timeline keeps its order (R-24(c)); disposition and outcome as lines on top of the note (R-24(d))',
      lost: 'activities have no custom fields, hence the lines; "marked as done" is the day of the migration. E-mails are no messages of Pipedrive’s mailbox',
    },
    {
      id: 'R-25',
      from: 'Custom field',
      lands:
        'custom field, made with its type before the first record (R-25(a)); values are brought into the form that type takes, so that none is refused (R-25(b)); the type of each is a question with its evidence (R-25(c))',
      lost: 'a checkbox is a dropdown of Yes and No. A calculated field keeps its last value, and the quality report tells the formula it seems to have',
    },
    {
      id: 'R-26',
      from: 'Owner (initials of a sales rep)',
      lands:
        'active user of the e-mail address or name that the table of sales reps gives for the initials; everybody else is a question that blocks the user table, before any deal',
      lost: 'nobody is created: seats are bought by people. The initials themselves',
    },
    {
      id: 'R-27',
      from: 'Attachment',
      lands:
        'file of its organization, person, deal or work order, byte for byte by its SHA-256 (R-27(a)); sizes and types are looked at in the export, before anything moves (R-27(b)); one that is missing, empty, too large or of a doubtful type is listed in `attachments.csv` with what to do, and a note on the record says where it lies (R-27(c))',
      lost: 'the time and owner of a file cannot be set. The limit of 50,000,000 bytes is an assumption [A]. A path that leads out of the folder is never opened',
    },
    {
      id: 'R-28',
      from: 'Company of a deal',
      lands:
        'link of the deal to its organization; for deals without one a person chooses: a placeholder (the default), one parent for all, or each by itself',
      lost: 'nothing; a deal may also be left without an organization, or left out',
    },
    {
      id: 'R-29',
      from: 'Product',
      lands:
        'product: name, SKU, price, unit, description (R-29(a)); a price in each currency, of several levels the first, all of them in a field (R-29(b)); lines of deals after the products they name, a line of a product that is not there is listed (R-29(c))',
      lost: 'Pipedrive has one price for each currency, no levels or price books, and keeps no stock: the number on hand is a field with that of the last day. The line total is worked out by Pipedrive. Date of creation: a field',
    },
  ],
  after:
    'The scope document says of every table what was there against what was to be expected (R-01). Work orders of Field Service are activities of a type of that name; photos and signatures are files on them, their deal and their organization (R-09). Where a list of QuickBooks customers lies in the export, every record with a QuickBooks List ID is compared with it, differences stand in `quality.csv`, and for each field that both lists have it is asked whose word counts (`pair:truth-phone` and the like; usually that of the export, for terms that of QuickBooks; where that one has no value, the other’s moves), the balance is that of QuickBooks; invoices are fields of their deal and a note each, with their lines (R-06). Timesheets have no place in Pipedrive and are asked about (R-02); rules of the suite leave traces that `automations.csv` lists (R-05). Shown by the [scenarios](../../test/scenarios/rows/results.test.ts), [other answers](../../test/scenarios/rows/results-answers.test.ts) and the [template’s tests](../../packages/landfall/src/templates/results.test.ts).',
};
