import { type SwitchCases, statusOf } from './switch-case.ts';

/** Switches of deleted records, limits of lists, links, owners and archived deals. */
export const ANSWER_SWITCHES: SwitchCases<
  | 'deletedV2Get'
  | 'deletedV1Get'
  | 'overLimit'
  | 'missingLinkStatus'
  | 'inactiveOwner'
  | 'archivedDelete'
  | 'archivedAttach'
  | 'labelFieldCode'
  | 'noteSanitiser'
  | 'hiddenRecord'
> = {
  deletedV2Get: {
    async look({ call }) {
      await call('DELETE', '/v2/deals/1');
      const { status, body } = await call('GET', '/v2/deals/1');
      return [status, body.data?.is_deleted];
    },
    sees: [
      ['flag', [200, true]],
      ['404', [404, undefined]],
    ],
  },
  deletedV1Get: {
    async look({ call }) {
      await call('DELETE', '/v1/notes/1');
      const { status, body } = await call('GET', '/v1/notes/1');
      return [status, body.data?.active_flag];
    },
    sees: [
      ['flag', [200, false]],
      ['410', [410, undefined]],
    ],
  },
  overLimit: {
    async look({ call }) {
      return [
        await statusOf(call('GET', '/v2/deals?limit=501')),
        await statusOf(call('GET', '/v1/notes?limit=501')),
      ];
    },
    sees: [
      ['clamp', [200, 200]],
      ['400', [400, 400]],
    ],
  },
  missingLinkStatus: {
    look: ({ call }) => statusOf(call('POST', '/v2/deals', { title: 'A', person_id: 99_999 })),
    sees: [
      [400, 400],
      [404, 404],
    ],
  },
  inactiveOwner: {
    look: ({ call }) => statusOf(call('POST', '/v2/organizations', { name: 'A', owner_id: 5 })),
    sees: [
      ['refuse', 400],
      ['accept', 200],
    ],
  },
  archivedDelete: {
    async look({ call, made }) {
      const { id } = await made('/v2/deals', { title: 'A', is_archived: true });
      return statusOf(call('DELETE', `/v2/deals/${id}`));
    },
    sees: [
      ['accept', 200],
      ['refuse', 400],
    ],
  },
  archivedAttach: {
    async look({ call, made }) {
      const { id } = await made('/v2/deals', { title: 'A', is_archived: true });
      return [
        await statusOf(call('POST', '/v1/notes', { content: 'x', deal_id: id })),
        await statusOf(call('POST', '/v2/activities', { subject: 'x', deal_id: id })),
      ];
    },
    sees: [
      ['refuse', [400, 400]],
      ['accept', [201, 200]],
    ],
  },
  labelFieldCode: {
    async look({ call }) {
      return [
        await statusOf(call('GET', '/v2/dealFields/label_ids')),
        await statusOf(call('GET', '/v2/dealFields/label')),
      ];
    },
    sees: [
      ['label_ids', [200, 404]],
      ['label', [404, 200]],
    ],
  },
  noteSanitiser: {
    async look({ made }) {
      const { content } = await made('/v1/notes', { content: '<b onclick="x()">a</b>', deal_id: 1 });
      return content;
    },
    sees: [
      ['whitelist', '<b>a</b>'],
      ['off', '<b onclick="x()">a</b>'],
    ],
  },
  hiddenRecord: {
    async look({ call, emulator, made }) {
      const { id } = await made('/v2/deals', { title: 'A', visible_to: 1 });
      const { users } = emulator.control.seed({
        users: [{ name: 'New', email: 'new@emulated.example' }],
      }) as {
        readonly users: readonly { readonly api_token: string }[];
      };
      return statusOf(call('GET', `/v2/deals/${id}`, undefined, users[0]?.api_token));
    },
    sees: [
      [404, 404],
      [403, 403],
    ],
  },
};
