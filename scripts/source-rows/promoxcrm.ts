import type { SourceRows } from './source-rows.ts';

/** The rows of the pair page 002, P-20 to P-29. */
export const promoxcrmRows: SourceRows = {
  system: 'promoxcrm',
  label: 'PromoXcrm',
  before:
    'Its API is asked what it hands out; each entity is then read over the API where that works, from an export where it does not, and from a workbook filled in by hand where neither does; the scope document says which way and with what evidence (P-02, P-03; [how](../../packages/landfall/src/sources/promoxcrm/README.md)). Nothing about the API is published: its [paths and ways to sign in](../../packages/landfall/src/sources/promoxcrm/probe.ts) and the [names of fields and tables](../../packages/landfall/src/sources/promoxcrm/catalog.ts) are an assumption [A]; the README lists each with how to overrule it. The rows as data, with a reason each, are in the [template](../../packages/landfall/src/templates/promoxcrm.ts) and the files beside it; your `mapping.yaml` is a copy of it that you may change.',
  rows: [
    {
      id: 'P-20',
      from: 'Lead',
      lands:
        'lead with its company, pipeline, stage and owner; name, e-mail and phone are those of the person made with it, or of the organization when it is a company only (P-20(a)); score and routing fields are custom fields made before the leads (P-20(b)); the stage becomes the lead’s label (P-20(c))',
      lost: 'a lead of Pipedrive has no status, no stage and no person’s fields. Date of creation: a field of deals, which leads share. A lead that is a company only makes an organization of its own, also where a client has that name: they are not merged',
    },
    {
      id: 'P-21',
      from: 'Client',
      lands:
        'person with name, e-mail and phone, linked to the organization that is made of its company, one for all its contacts; a client who is a person stays one, a company without a contact makes none (P-21(a)); supplier tier and artwork format are dropdowns made beforehand, on both (P-21(b)); name, type and samples of each property stand in the catalog and in `custom-fields.csv` (P-21(c))',
      lost: 'a client with another name than its contact is a company, and clients of one name are one company [A]. Shipping addresses are text: an organization has one address. Phone and e-mail of a company without a contact are custom fields',
    },
    {
      id: 'P-22',
      from: 'Pipeline',
      lands:
        'pipeline of each team under its own stage names (P-22(a)), made with its stages before the deals (P-22(b)); order and probability as the source has them, and no others; stages that mean an outcome set the status (P-22(c)); colours are not read: they are set in Pipedrive afterwards (P-22(d))',
      lost: 'the team of a pipeline: no field for it. Colours',
    },
    {
      id: 'P-23',
      from: 'Project',
      lands:
        'deal with campaign, items, supplier reference, fulfillment status and number as custom fields (P-23(a)); linked to the person and the organization of its client, by id or e-mail; one whose client cannot be found is a question (P-23(b)); one without a value is a deal of value 0 with the label "Value missing" (P-23(c))',
      lost: 'promo items are text, not products. The history of stages cannot be set: a note on the deal and `deal-history.csv` keep it. Date of creation: a field. Won and lost times are those of the last stage',
    },
    {
      id: 'P-24',
      from: 'Commission record',
      lands:
        'row of `commissions.csv`, each (P-24(a)); amounts added up in a money field and the rates in a text field of the deal (P-24(b)), or of the client’s person, as the question `pair:commissions-on` is answered; its usual answer is the policy `commissionPlacement` (P-24(c)); splits and tiers line by line in a field, for a formula or an external tool (P-24(d))',
      lost: 'splits and tiers are text: Pipedrive calculates nothing from them. A rate without an order stands in the table only. The reps themselves are users, and those have no fields',
    },
    {
      id: 'P-25',
      from: 'Task',
      lands:
        'activity of type Task with assignee, due day, body and whether it is done (P-25(a)); the rule that made it does not move but stays readable as a line (P-25(b)); each rule and each integration stands in `automations.csv` with what replaces it (P-25(c))',
      lost: '"marked as done" is the day of the migration; status, time of completion and of creation are lines: activities have no custom fields',
    },
    {
      id: 'P-26',
      from: 'Presentation',
      lands:
        'file on its deal, else on the person and the organization of its client (P-26(a)), when its bytes can be had over the API or lie in the folder of files (P-26(b)); else a note with its address; which way files go is told after the probe (P-26(c))',
      lost: 'the bytes of what lies elsewhere or is missing: `attachments.csv` lists each. The time of a file cannot be set',
    },
    {
      id: 'P-27',
      from: 'Custom object',
      lands:
        'its definition is asked for in discovery (P-27(a)); every record that can be had (P-27(b)) becomes custom fields of the nearest record when there is one for one, else a note for each; a person decides (P-27(c)); names, types and relations are told before anything moves (P-27(d))',
      lost: 'the object itself: Pipedrive has no custom objects that can be made by its API. One that leads only to other custom objects can hang on nothing: it is asked about, with where it leads',
    },
    {
      id: 'P-28',
      from: 'Owner',
      lands:
        'all owners of leads, clients, projects and tasks (P-28(a)), matched to active users by e-mail address or name (P-28(b)); everybody else is a question before anything is written (P-28(c))',
      lost: 'nobody is created: seats are bought by people. Teams',
    },
    {
      id: 'P-29',
      from: 'Reports and dashboards',
      lands:
        'nothing: none is asked for (P-29(a)). The data behind them are tables: `deal-history.csv`, `stage-counts.csv`, `task-completion.csv`, `lead-sources.csv` (P-29(b)), to build on in Insights or elsewhere (P-29(c)), by whoever sets up the dashboards (P-29(d))',
      lost: 'the reports and dashboards themselves',
    },
  ],
  after:
    'Tags of clients become labels. A source of which the API tells nothing still moves: the same rows are shown with the export alone, and a workbook `fill-in.xlsx` is written for what neither hands out. Shown by the [scenarios](../../test/scenarios/rows/promoxcrm.test.ts).',
};
