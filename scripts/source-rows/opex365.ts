import type { SourceRows } from './source-rows.ts';

/** The rows of the pair page 001, O-20 to O-29. */
export const opex365Rows: SourceRows = {
  system: 'opex365',
  label: 'OPEX 365 CRM',
  before:
    'It is read through the Dataverse Web API, under logical names ([how](../../packages/landfall/src/sources/opex365/README.md)). That OPEX 365 is such an organisation, with the default tables of the data model, is an assumption [A]: the vendor describes no API of its own. Tables that customers made are found in the metadata. The rows as data, with a reason each, are in the [template](../../packages/landfall/src/templates/opex365.ts) and the files beside it; your `mapping.yaml` is a copy of it that you may change.',
  rows: [
    {
      id: 'O-20',
      from: 'Account',
      lands:
        'organization with address, phones, e-mail, number, status and, as a note, its description; an account that lost a merge is told on its master (O-20(a)); a parent account is a relationship of type parent, one for each edge (O-20(b)); circles are cut and flagged before the plan (O-20(c)); revenues of all currencies in one field in the base currency, with the original amount, its currency and the stored rate beside (O-20(d)); web address, industry and employees are checked before anything is written: what does not hold is left out and listed (O-20(e)); owner by e-mail (O-20(f))',
      lost: 'phones, e-mails and further addresses are custom fields: organizations have none of their own. The base revenue is rounded to whole units. The parent edge that closes a circle, and the time of the last change',
    },
    {
      id: 'O-21',
      from: 'Contact',
      lands:
        'person: name, e-mails, phones, job title, address, birthday, department (O-21(a)); linked to the organization of its account; one without an account goes to a placeholder organization, and nobody is asked (O-21(b)); owner by e-mail (O-21(c))',
      lost: 'job title, address and birthday are custom fields: Pipedrive has its own only after Contact Sync was set up. A contact below another contact names that one as text. The time of the last change',
    },
    {
      id: 'O-22',
      from: 'Opportunity',
      lands:
        'deal; each sales process is a pipeline with its stages in order, a second process is told beside (O-22(a)); each stage is translated by its name in the mapping, from where the process stands and not from the stale field of the record (O-22(b)); amount with its currency, probability, estimated close date, outcome with its day and reason are the deal’s own (O-22(c))',
      lost: 'a deal with products has their sum for its value; estimate and actual revenue stay beside as fields. A deal stands in one pipeline only. Description, situation, need, proposal and the words at closing are a note. The date of creation is a field. The history of stages is not read',
    },
    {
      id: 'O-23',
      from: 'Lead',
      lands:
        'lead with its topic, estimate, person, organization and status as a label (O-23(a)); one that became an opportunity is no second deal but a note on that deal, one that was qualified without an opportunity is a deal of its own, and what was about it hangs on that deal (O-23(b))',
      lost: 'a lead of Pipedrive has no status and no person’s fields: the person behind it is made as well, unless the source names the contact. Description is a note, the date of creation a field',
    },
    {
      id: 'O-24',
      from: 'Activity (phone call, e-mail, task, appointment)',
      lands:
        'activity, all four kinds in one (O-24(a)), told apart by type Call, Email, Task or Meeting (O-24(b)); day and time, every other time as a line to the second, owner by e-mail, and linked to the organization, person, deal or lead it is about (O-24(c)); who took part are attendees where they have an address',
      lost: 'activities have no custom fields: direction, disposition, from, to, status, priority and times are lines on top of the note. E-mails are no messages of Pipedrive’s mailbox. A series is its instances and its rule as text: no API makes one. About a record with no place in Pipedrive: a line says which. Letters, faxes and other standard kinds are not read [A]',
    },
    {
      id: 'O-25',
      from: 'Product',
      lands:
        'product: name, code, list price, unit, description, costs (O-25(a)); bundles are entries of their own that tell what they hold, families are categories; a price in each currency, the list price first, and every price of every list as a line of the field "Pricing notes" (O-25(b))',
      lost: 'price lists and units as records of their own: Pipedrive has one price for each currency; only the first family above a product. The date of creation',
    },
    {
      id: 'O-26',
      from: 'Custom entity',
      lands:
        'what a person decides for each: custom fields of the nearest organization, person or deal when there is one for one, else a note for each record (O-26(a)); many-to-many links, of custom entities too, as ids between pipes, with the names in a field beside (O-26(b))',
      lost: 'the entity itself: Pipedrive has no custom objects. One that leads to nothing that moves is a question. A table the application user may not read is told and left',
    },
    {
      id: 'O-27',
      from: 'Opportunity product',
      lands:
        'line of the deal with product, quantity, price and discount; one written in by hand gets a product of its own (O-27(a)); a bundle is expanded into the lines of its members: its own ones, or where a program wrote none, lines made of the list of what it holds, which come to exactly what the bundle cost (O-27(b))',
      lost: 'unit and tax are text of the line. The price of a bundle is told in a note: its members carry their own. Prices of lines that were made are list prices scaled to it; members that had to be chosen are left out unless `optionalMembers` is set',
    },
    {
      id: 'O-28',
      from: 'Note and attachment',
      lands:
        'a note with text is a done activity of a type named Note on the person, organization, deal or lead it is about, with `notesAs: note` a note of Pipedrive (O-28(a)); files of notes, mails and fields are downloaded and uploaded to the record they belong to (O-28(b)); one above the limit is listed in `attachments.csv` for a person, its note still moves (O-28(c))',
      lost: 'as an activity: author and time of creation as system fields; lines keep both. Markup that could run is removed. A file of a record that does not move has nothing to hang on and is listed. Documents in SharePoint are not in the organisation and are not read; how many folders there are is told, with what to do',
    },
    {
      id: 'O-29',
      from: 'System user, team',
      lands:
        'active user of the same e-mail address (O-29(a)); everybody else is a question, with the reason when they are disabled or a team: invite them, or name another user (O-29(b)); nothing is written before the user table is confirmed (O-29(c))',
      lost: 'nobody is created: seats are bought by people. Teams and business units',
    },
  ],
  after:
    'Quotes, orders and invoices have no row on the pair’s page: each is a structured note on its deal and its account or contact, without its lines. Members of marketing lists carry the name of the list as a label; connections of accounts are lines of a field; competitors are named on their deals; campaigns stay behind. Pictures of records are counted and told, not read; personal views and security roles are not read. Workflows, business rules, plug-in steps and flows do not move: `automations.csv` lists them with what would do the same (O-06). Shown by the [template’s tests](../../packages/landfall/src/templates/opex365.test.ts) and the [source’s](../../packages/landfall/src/sources/opex365/opex365.test.ts).',
};
