import { type SwitchCases, statusOf } from './switch-case.ts';

const CAP = 'feature_capping_';

/** Switches of numbers and habits that no source gives (facts.md 8). */
export const UNKNOWN_SWITCHES: SwitchCases<
  | 'limitBody'
  | 'writeCostFactor'
  | 'leadCreatedStatus'
  | 'leadCustomForm'
  | 'stageMismatch'
  | 'optionsShown'
  | 'reachesCap'
  | 'notesPerDealCap'
  | 'filtersCap'
  | 'relationshipsCap'
  | 'dealProductsCap'
  | 'tasksCap'
  | 'deleteCascade'
> = {
  limitBody: {
    async look({ emulator }) {
      emulator.control.faults({ rules: [{ kind: 'daily-exhausted' }] });
      const response = await emulator.app.fetch(
        new Request('http://emulated/api/v2/deals/1', { headers: { 'x-api-token': emulator.token } }),
      );
      return [response.status, (await response.text()).slice(0, 16)];
    },
    sees: [
      ['error', [429, '{"success":false']],
      ['empty', [429, '']],
    ],
  },
  writeCostFactor: {
    async look({ call, emulator }) {
      await call('POST', '/v2/organizations', { name: 'A' });
      await call('GET', '/v2/organizations/1');
      return emulator.control.log().map(({ tokens }) => tokens);
    },
    sees: [
      [1, [5, 1]],
      [2, [10, 1]],
    ],
  },
  leadCreatedStatus: {
    look: ({ call }) => statusOf(call('POST', '/v1/leads', { title: 'A', person_id: 1 })),
    sees: [
      [201, 201],
      [200, 200],
    ],
  },
  leadCustomForm: {
    async look({ call, made }) {
      const { field_code: code } = await made('/v2/dealFields', {
        field_name: 'Bonus',
        field_type: 'monetary',
      });
      const { field_code: other } = await made('/v2/dealFields', {
        field_name: 'Other',
        field_type: 'varchar',
      });
      const bonus = { value: 5, currency: 'EUR' };
      const lead = await made('/v1/leads', { title: 'A', person_id: 1, [code]: bonus });
      const flat = { title: 'B', person_id: 1, [code]: 7, [`${code}_currency`]: 'EUR' };
      const { status, body } = await call('POST', '/v1/leads', flat);
      return [lead[code], lead[`${code}_currency`], other in lead, status, body.data?.[code]];
    },
    sees: [
      ['v2', [{ value: 5, currency: 'EUR' }, undefined, false, 400, undefined]],
      ['v1', [5, 'EUR', false, 201, 7]],
    ],
  },
  stageMismatch: {
    async look({ call, made }) {
      const { id } = await made('/v2/pipelines', { name: 'Other' });
      const { status, body } = await call('POST', '/v2/deals', { title: 'A', stage_id: 1, pipeline_id: id });
      return [status, body.data?.pipeline_id];
    },
    sees: [
      ['stage', [200, 1]],
      ['400', [400, undefined]],
    ],
  },
  optionsShown: {
    look: async ({ call }) => (await call('GET', '/v2/dealFields/label_ids')).body.data.options.length,
    sees: [
      [null, 4],
      [2, 2],
    ],
  },
  reachesCap: {
    look: ({ call }) =>
      statusOf(
        call('POST', '/v2/persons', { name: 'A', emails: ['a@b.c', 'd@e.f'].map((value) => ({ value })) }),
      ),
    sees: [
      [null, 200],
      [1, 400],
    ],
  },
  notesPerDealCap: {
    async look({ call, made }) {
      const { id } = await made('/v2/deals', { title: 'A' });
      await made('/v1/notes', { content: 'One', deal_id: id });
      const { status, body } = await call('POST', '/v1/notes', { content: 'Two', deal_id: id });
      return [status, body.code];
    },
    sees: [
      [null, [201, undefined]],
      [1, [403, `${CAP}notes_limit`]],
    ],
  },
  filtersCap: {
    async look({ call }) {
      const conditions = {
        glue: 'and',
        conditions: [
          { glue: 'and', conditions: [{ object: 'deal', field_id: 'title', operator: 'IS NOT NULL' }] },
          { glue: 'or', conditions: [] },
        ],
      };
      const { status, body } = await call('POST', '/v1/filters', { name: 'A', type: 'deals', conditions });
      return [status, body.code];
    },
    sees: [
      [null, [200, undefined]],
      [0, [403, `${CAP}filters_limit`]],
    ],
  },
  relationshipsCap: {
    async look({ call }) {
      const related = { type: 'related', rel_owner_org_id: 1, rel_linked_org_id: 2 };
      const { status, body } = await call('POST', '/v1/organizationRelationships', related);
      return [status, body.code];
    },
    sees: [
      [null, [200, undefined]],
      [0, [403, `${CAP}organization_relationships_limit`]],
    ],
  },
  dealProductsCap: {
    async look({ call, made }) {
      const { id } = await made('/v2/products', { name: 'A' });
      const line = { product_id: id, item_price: 1, quantity: 1 };
      const { status, body } = await call('POST', '/v2/deals/1/products/bulk', { data: [line, line] });
      return [status, body.code];
    },
    sees: [
      [null, [201, undefined]],
      [2, [201, undefined]],
      [1, [403, `${CAP}deal_products_limit`]],
    ],
  },
  tasksCap: {
    async look({ call, made }) {
      const { id } = await made('/v2/projects', { title: 'A' });
      const { status, body } = await call('POST', '/v2/tasks', { title: 'A', project_id: id });
      return [status, body.code];
    },
    sees: [
      [null, [201, undefined]],
      [0, [403, `${CAP}tasks_limit`]],
    ],
  },
  deleteCascade: {
    async look({ call, made }) {
      const deal = await made('/v2/deals', { title: 'A' });
      const note = await made('/v1/notes', { content: 'x', deal_id: deal.id });
      const activity = await made('/v2/activities', { subject: 'x', deal_id: deal.id });
      await call('DELETE', `/v2/deals/${deal.id}`);
      const { data } = (await call('GET', `/v1/notes/${note.id}`)).body;
      return [data.active_flag, (await call('GET', `/v2/activities/${activity.id}`)).body.data.is_deleted];
    },
    sees: [
      ['kept', [true, false]],
      ['deleted', [false, true]],
    ],
  },
};
