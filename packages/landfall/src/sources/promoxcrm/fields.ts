import type { LookedUpField, StandardField } from '../shared/export-files/export-catalog.ts';

// Names of the export screens come first, those of the API are aliases (`client_id` reads as `Client ID` anyway).
// All of it is an assumption [A]: see the README.

/** The client a record names. */
export const clientId: StandardField = {
  name: 'Client ID',
  aliases: ['Customer ID', 'Client #'],
  type: 'reference',
  references: 'clients',
};
/** The project a record names. */
export const projectId: StandardField = {
  name: 'Project ID',
  aliases: ['Order ID', 'Deal ID'],
  type: 'reference',
  references: 'projects',
};
/** When a record was made. */
export const created: StandardField = {
  name: 'Created',
  aliases: ['Created At', 'Created On', 'Created Date', 'Date Created'],
  type: 'dateTime',
};
/** When a record was last changed. */
export const updated: StandardField = {
  name: 'Updated',
  aliases: ['Updated At', 'Modified', 'Last Modified', 'Last Updated'],
  type: 'dateTime',
};
/** Who owns it, as the API names users. */
export const ownerId: StandardField = {
  name: 'Owner ID',
  aliases: ['Rep ID', 'User ID', 'Assigned To ID'],
  type: 'text',
};
/** Who owns it, as exports name users. */
export const owner: StandardField = {
  name: 'Owner',
  aliases: ['Rep', 'Sales Rep', 'Client Rep', 'Owner Name', 'Owner Email', 'Account Manager'],
  type: 'owner',
};
/** Its pipeline, as the API names it. */
export const pipelineId: StandardField = { name: 'Pipeline ID', aliases: [], type: 'text' };
/** Its stage, as the API names it. */
export const stageId: StandardField = { name: 'Stage ID', aliases: [], type: 'text' };
/** Its pipeline. */
export const pipeline: StandardField = {
  name: 'Pipeline',
  aliases: ['Pipeline Name'],
  type: 'choice',
};
/** Its stage. */
export const stage: StandardField = {
  name: 'Stage',
  aliases: ['Stage Name', 'Pipeline Stage'],
  type: 'choice',
};
/** The state it is in. */
export const status: StandardField = { name: 'Status', aliases: ['State'], type: 'choice' };
/** The currency of its amounts. */
export const currency: StandardField = { name: 'Currency', aliases: ['Currency Code'], type: 'currency' };
/** An e-mail address. */
export const email: StandardField = {
  name: 'Email',
  aliases: ['E-mail', 'Email Address', 'Contact Email'],
  type: 'email',
};
/** A phone number. */
export const phone: StandardField = {
  name: 'Phone',
  aliases: ['Contact Phone', 'Company Phone', 'Phone Number'],
  type: 'phone',
};
/** Its tags. */
export const tags: StandardField = { name: 'Tags', aliases: ['Tag', 'Labels'], type: 'tags' };

/** The six columns of an address block: `Billing Address Line 1` and the like. */
export function addressFields(title: string): readonly StandardField[] {
  const part = (name: string, ...aliases: string[]): StandardField => ({
    name: `${title} ${name}`,
    aliases: aliases.map((alias) => `${title} ${alias}`),
    type: 'text',
  });
  return [
    part('Address Line 1', 'line1', 'Address', 'Street'),
    part('Address Line 2', 'line2'),
    part('City', 'Address City'),
    part('State', 'Address State', 'Province'),
    part('Postal Code', 'Address Postal', 'Zip', 'Zip Code'),
    part('Country', 'Address Country'),
  ];
}

/** Users stand as ids in the API and as text in the export: the id becomes `Name <e-mail>`. */
export function personOf(name: string, from: string): LookedUpField {
  return {
    name,
    type: 'owner',
    from,
    through: 'users',
    key: ['User ID', 'User Email', 'User Name'],
    gives: ['User Name', 'User Email'],
    otherwise: 'words',
  };
}

/** Pipelines and stages stand as ids in the API: the ids become their names. */
export const stageNames: readonly LookedUpField[] = [
  {
    name: 'Pipeline',
    type: 'choice',
    from: 'Pipeline ID',
    through: 'pipelines',
    key: ['Pipeline ID'],
    gives: ['Pipeline'],
    otherwise: 'words',
  },
  {
    name: 'Stage',
    type: 'choice',
    from: 'Stage ID',
    through: 'pipelines',
    key: ['Stage ID'],
    gives: ['Stage'],
    otherwise: 'words',
  },
];

function ofClient(name: string, type: LookedUpField['type']): LookedUpField {
  return {
    ...{ name, type, from: 'Client ID', through: 'clients', key: ['Client ID'], gives: [name] },
    otherwise: 'nothing',
  };
}

/** Whether the client a record names is a company or a person, and which client stands for the company. */
export const clientNames: readonly LookedUpField[] = [
  ofClient('Client Kind', 'choice'),
  ofClient('Company Record', 'reference'),
];

/** The fields that are made so. */
export const clientKindField: StandardField = { name: 'Client Kind', aliases: [], type: 'choice' };
/** Which client stands for the company. */
export const companyRecordField: StandardField = {
  name: 'Company Record',
  aliases: [],
  type: 'reference',
  references: 'clients',
};
