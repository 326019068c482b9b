import type { TemplateAsk } from '../propose/proposal-template.ts';
import type { TemplateRow } from './template.ts';

// what stands in Results and in QuickBooks has two sources of truth; a person says for each field which one counts.

/** Rows that hold where the word of QuickBooks counts; those of the export stand among the others. */
export const quickbooksRows: readonly TemplateRow[] = [
  {
    to: 'organization.name',
    from: ['QuickBooks Customer', 'Company Name'],
    via: ['firstFilled', 'collapse'],
    whenEmpty: 'reject',
    answer: { ask: 'truth-name', is: 'quickbooks' },
    why: 'R-06: the word of QuickBooks counts, where its export is there too',
  },
  {
    to: 'organization.custom.Phone',
    from: ['QuickBooks Phone', 'Phone 1'],
    via: ['firstFilled', 'phone'],
    answer: { ask: 'truth-phone', is: 'quickbooks' },
    why: 'R-06: the word of QuickBooks counts, where its export is there too',
  },
  {
    to: 'organization.custom.E-mail',
    from: ['QuickBooks E-mail', 'E-mail'],
    via: ['firstFilled', 'trim'],
    answer: { ask: 'truth-email', is: 'quickbooks' },
    why: 'R-06: the word of QuickBooks counts, where its export is there too',
  },
  {
    to: 'organization.address.street',
    from: ['QuickBooks Address', 'Address'],
    via: ['firstFilled', 'collapse'],
    answer: { ask: 'truth-street', is: 'quickbooks' },
    why: 'R-06: the word of QuickBooks counts, where its export is there too',
  },
  {
    to: 'organization.address.city',
    from: ['QuickBooks City', 'City'],
    via: ['firstFilled', 'collapse'],
    answer: { ask: 'truth-city', is: 'quickbooks' },
    why: 'R-06: the word of QuickBooks counts, where its export is there too',
  },
  {
    to: 'organization.address.postalCode',
    from: ['QuickBooks Zip', 'Zip'],
    via: ['firstFilled', 'trim'],
    answer: { ask: 'truth-zip', is: 'quickbooks' },
    why: 'R-06: the word of QuickBooks counts, where its export is there too',
  },
  {
    to: 'organization.custom.Payment terms',
    from: ['QuickBooks Terms', 'Terms'],
    via: ['firstFilled', 'choice'],
    answer: { ask: 'truth-terms', is: 'quickbooks' },
    why: 'R-06: the word of QuickBooks counts, where its export is there too',
  },
];

const ofExport = {
  is: 'export',
  label: 'The export',
  consequence: 'The value of the Results export is moved where it has one, else that of the QuickBooks list.',
} as const;

const ofQuickbooks = {
  is: 'quickbooks',
  label: 'QuickBooks',
  consequence: 'The value of the QuickBooks list is moved where it has one, else that of the export.',
} as const;

/** One for each field that both lists have; the first choice is the usual one. Nothing is lost where one list is empty. */
export const truthAsks: readonly TemplateAsk[] = [
  {
    name: 'truth-name',
    about: [
      { entity: 'companies', filled: 'Company Name' },
      { entity: 'companies', filled: 'QuickBooks Customer' },
    ],
    question:
      'Which list is the source of truth for the name of a company: the Results export, or QuickBooks? quality.csv lists where they differ.',
    choices: [ofExport, ofQuickbooks],
  },
  {
    name: 'truth-phone',
    about: [
      { entity: 'companies', filled: 'Phone 1' },
      { entity: 'companies', filled: 'QuickBooks Phone' },
    ],
    question:
      'Which list is the source of truth for the phone of a company: the Results export, or QuickBooks? quality.csv lists where they differ.',
    choices: [ofExport, ofQuickbooks],
  },
  {
    name: 'truth-email',
    about: [
      { entity: 'companies', filled: 'E-mail' },
      { entity: 'companies', filled: 'QuickBooks E-mail' },
    ],
    question:
      'Which list is the source of truth for the e-mail address of a company: the Results export, or QuickBooks? quality.csv lists where they differ.',
    choices: [ofExport, ofQuickbooks],
  },
  {
    name: 'truth-street',
    about: [
      { entity: 'companies', filled: 'Address' },
      { entity: 'companies', filled: 'QuickBooks Address' },
    ],
    question:
      'Which list is the source of truth for the street of a company: the Results export, or QuickBooks? quality.csv lists where they differ.',
    choices: [ofExport, ofQuickbooks],
  },
  {
    name: 'truth-city',
    about: [
      { entity: 'companies', filled: 'City' },
      { entity: 'companies', filled: 'QuickBooks City' },
    ],
    question:
      'Which list is the source of truth for the city of a company: the Results export, or QuickBooks? quality.csv lists where they differ.',
    choices: [ofExport, ofQuickbooks],
  },
  {
    name: 'truth-zip',
    about: [
      { entity: 'companies', filled: 'Zip' },
      { entity: 'companies', filled: 'QuickBooks Zip' },
    ],
    question:
      'Which list is the source of truth for the postal code of a company: the Results export, or QuickBooks? quality.csv lists where they differ.',
    choices: [ofExport, ofQuickbooks],
  },
  {
    name: 'truth-terms',
    about: [
      { entity: 'companies', filled: 'Terms' },
      { entity: 'companies', filled: 'QuickBooks Terms' },
    ],
    question:
      'Which list is the source of truth for the payment terms of a company: the Results export, or QuickBooks? quality.csv lists where they differ.',
    choices: [ofQuickbooks, ofExport],
  },
];
