import { clientEntities } from './promoxcrm-clients.ts';
import { leadEntities } from './promoxcrm-leads.ts';
import { orderEntities } from './promoxcrm-orders.ts';

import type { Template } from './template.ts';

const updatedWhy = 'Pipedrive sets the update time itself';
const idWhy = 'the name it stands for is read beside it';
const kindWhy = 'it decides what the client becomes; it is not a value of the source';

/** The defaults for leaving PromoXcrm: every row of the pair page, P-20 to P-29. */
export const promoxcrmTemplate: Template = {
  source: 'promoxcrm',
  label: 'PromoXcrm to Pipedrive',
  policies: {
    timezone: 'America/New_York',
    country: 'US',
    currency: 'USD',
    notesAs: 'note',
    supportDays: 30,
  },
  asks: [
    {
      name: 'commissions-on',
      policy: 'commissionPlacement',
      about: [{ entity: 'commissions' }],
      question:
        'Where do commission records go: onto the deal they are owed for, or onto the person of the client?',
      choices: [
        {
          is: 'deal',
          label: 'The deal',
          consequence: 'What is owed for an order, its rates and terms are fields of the deal.',
        },
        {
          is: 'person',
          label: 'The person',
          consequence: 'What is owed for all orders of a client, rates and terms are fields of its person.',
        },
      ],
    },
  ],
  entities: [...clientEntities, ...leadEntities, ...orderEntities],
  fields: [
    { entity: 'organization', name: 'Shipping address', type: 'varchar', why: 'P-21(a)' },
    { entity: 'organization', name: 'All shipping addresses', type: 'text', why: 'P-21(a)' },
    { entity: 'organization', name: 'Phone', type: 'phone', why: 'P-21(a)' },
    { entity: 'organization', name: 'Email', type: 'varchar', why: 'P-21(a)' },
    { entity: 'organization', name: 'Supplier tier', type: 'enum', why: 'P-21(b)' },
    { entity: 'organization', name: 'Artwork format', type: 'enum', why: 'P-21(b)' },
    { entity: 'person', name: 'Supplier tier', type: 'enum', why: 'P-21(b)' },
    { entity: 'person', name: 'Artwork format', type: 'enum', why: 'P-21(b)' },
    { entity: 'person', name: 'Commission owed', type: 'monetary', why: 'P-24(b)' },
    { entity: 'person', name: 'Commission rates', type: 'varchar', why: 'P-24(b)' },
    { entity: 'person', name: 'Commission terms', type: 'text', why: 'P-24(d)' },
    { entity: 'deal', name: 'Lead company', type: 'varchar', why: 'P-20(a)' },
    { entity: 'deal', name: 'Lead pipeline', type: 'enum', why: 'P-20(a)' },
    { entity: 'deal', name: 'Lead score', type: 'double', why: 'P-20(b)' },
    { entity: 'deal', name: 'Lead source', type: 'enum', why: 'P-29(b)' },
    { entity: 'deal', name: 'Original created', type: 'date', why: 'P-20, P-23' },
    { entity: 'deal', name: 'Campaign name', type: 'varchar', why: 'P-23(a)' },
    { entity: 'deal', name: 'Promo items', type: 'text', why: 'P-23(a)' },
    { entity: 'deal', name: 'Supplier reference', type: 'varchar', why: 'P-23(a)' },
    { entity: 'deal', name: 'Fulfillment status', type: 'enum', why: 'P-23(a)' },
    { entity: 'deal', name: 'Project number', type: 'varchar', why: 'P-23(a)' },
    { entity: 'deal', name: 'In-hands date', type: 'date', why: 'P-23(a)' },
    { entity: 'deal', name: 'Commission owed', type: 'monetary', why: 'P-07, P-24(b)' },
    { entity: 'deal', name: 'Commission rates', type: 'varchar', why: 'P-24(b)' },
    { entity: 'deal', name: 'Commission terms', type: 'text', why: 'P-24(d)' },
  ],
  values: {},
  leave: [
    { entity: 'clients', field: 'Updated', why: updatedWhy },
    { entity: 'leads', field: 'Updated', why: updatedWhy },
    { entity: 'projects', field: 'Updated', why: updatedWhy },
    { entity: 'tasks', field: 'Updated', why: updatedWhy },
    { entity: 'presentations', field: 'Updated', why: updatedWhy },
    { entity: 'commissions', field: 'Updated', why: updatedWhy },
    { entity: 'clients', field: 'Owner ID', why: idWhy },
    { entity: 'leads', field: 'Owner ID', why: idWhy },
    { entity: 'projects', field: 'Owner ID', why: idWhy },
    { entity: 'leads', field: 'Pipeline ID', why: idWhy },
    { entity: 'leads', field: 'Stage ID', why: idWhy },
    { entity: 'projects', field: 'Pipeline ID', why: idWhy },
    { entity: 'projects', field: 'Stage ID', why: idWhy },
    { entity: 'stage-changes', field: 'Pipeline ID', why: idWhy },
    { entity: 'stage-changes', field: 'Stage ID', why: idWhy },
    { entity: 'tasks', field: 'Assignee ID', why: idWhy },
    { entity: 'stage-changes', field: 'User ID', why: idWhy },
    { entity: 'clients', field: 'Client Kind', why: kindWhy },
    { entity: 'projects', field: 'Client Kind', why: kindWhy },
    { entity: 'tasks', field: 'Client Kind', why: kindWhy },
    { entity: 'presentations', field: 'Client Kind', why: kindWhy },
    {
      entity: 'clients',
      field: 'Company Role',
      why: 'it decides which of several clients of one company becomes the organization',
    },
    {
      entity: 'commissions',
      field: '*',
      when: { source: 'Project ID', filled: false },
      why: 'P-24(a): the rate of a rep without an order belongs to no record of Pipedrive; it stands in commissions.csv',
    },
  ],
  dataSets: [
    {
      name: 'deal-history',
      from: 'stage-changes',
      columns: [
        { header: 'Project ID', field: 'Project ID' },
        { header: 'Pipeline', field: 'Pipeline' },
        { header: 'Stage', field: 'Stage' },
        { header: 'Entered At', field: 'Entered At' },
        { header: 'User', field: 'User' },
      ],
      why: 'P-05, P-29(b): the way of each project through its stages',
    },
    {
      name: 'stage-counts',
      from: 'projects',
      columns: [
        { header: 'Pipeline', field: 'Pipeline' },
        { header: 'Stage', field: 'Stage' },
      ],
      counted: { header: 'Projects' },
      why: 'P-29(b): how many projects stand in each stage',
    },
    {
      name: 'task-completion',
      from: 'tasks',
      columns: [{ header: 'Assignee', field: 'Assignee' }],
      counted: {
        header: 'Tasks',
        among: {
          header: 'Completed',
          share: 'Rate',
          field: 'Status',
          in: ['Completed', 'Complete', 'Done', 'Closed'],
        },
      },
      why: 'P-29(b): how much of their tasks people complete',
    },
    {
      name: 'lead-sources',
      from: 'leads',
      columns: [{ header: 'Source', field: 'Source' }],
      counted: { header: 'Leads' },
      why: 'P-29(b): where leads come from',
    },
    {
      name: 'commissions',
      from: 'commissions',
      columns: [
        { header: 'Commission ID', field: 'Commission ID' },
        { header: 'Rep Email', field: 'Rep Email' },
        { header: 'Project ID', field: 'Project ID' },
        { header: 'Client ID', field: 'Client ID' },
        { header: 'Basis', field: 'Basis' },
        { header: 'Rate %', field: 'Rate %' },
        { header: 'Amount', field: 'Amount' },
        { header: 'Currency', field: 'Currency' },
        { header: 'Status', field: 'Status' },
        { header: 'Paid Date', field: 'Paid Date' },
        { header: 'Split %', field: 'Split %' },
        { header: 'Tier', field: 'Tier' },
        { header: 'Created', field: 'Created' },
      ],
      why: 'P-24(a): the records as structured rows, whatever becomes of them',
    },
  ],
};
