import { type SwitchCases, statusOf } from './switch-case.ts';

/** Switches of what an account has, who may ask, and of the removed v1 twins. */
export const ACCOUNT_SWITCHES: SwitchCases<
  | 'contactSync'
  | 'fullSeats'
  | 'conversionMs'
  | 'projectsAddOn'
  | 'legacyV1'
  | 'legacyBulkDelete'
  | 'legacyDealAddTime'
  | 'oauthScopes'
  | 'silentChanges'
> = {
  contactSync: {
    look: ({ call }) => statusOf(call('POST', '/v2/persons', { name: 'Ada', job_title: 'CEO' })),
    sees: [
      [false, 403],
      [true, 200],
    ],
  },
  fullSeats: {
    options: { seats: 1 },
    look: ({ call }) => statusOf(call('POST', '/v1/users', { email: 'new@emulated.example' })),
    sees: [
      ['refuse', 403],
      ['bill', 200],
    ],
  },
  conversionMs: {
    async look({ call, emulator, made }) {
      const lead = await made('/v1/leads', { title: 'A', person_id: 1 });
      const { body } = await call('POST', `/v2/leads/${lead.id}/convert/deal`, {});
      emulator.control.advance(1_000);
      const asked = `/v2/leads/${lead.id}/convert/status/${body.data.conversion_id}`;
      return (await call('GET', asked)).body.data.status;
    },
    sees: [
      [2_000, 'running'],
      [500, 'completed'],
    ],
  },
  projectsAddOn: {
    look: ({ call }) => statusOf(call('GET', '/v2/projects')),
    sees: [
      [true, 200],
      [false, 415],
    ],
  },
  legacyV1: {
    async look({ call }) {
      const { status, body } = await call('GET', '/v1/deals?limit=1');
      return [status, body.data?.[0]?.user_id.value];
    },
    sees: [
      ['absent', [404, undefined]],
      ['alive', [200, 1]],
    ],
  },
  legacyBulkDelete: {
    beside: { legacyV1: 'alive' },
    async look({ call }) {
      const { status, body } = await call('DELETE', '/v1/deals?ids=1,2,99999');
      return [status, body.data?.id];
    },
    sees: [
      ['absent', [404, undefined]],
      ['alive', [200, [1, 2]]],
    ],
  },
  legacyDealAddTime: {
    beside: { legacyV1: 'alive' },
    async look({ call }) {
      const { body } = await call('POST', '/v1/deals', { title: 'Old', add_time: '2019-05-06 07:08:09' });
      return body.data.add_time;
    },
    sees: [
      ['ignored', '2026-03-01 12:00:00'],
      ['kept', '2019-05-06 07:08:09'],
    ],
  },
  oauthScopes: {
    async look({ call, emulator }) {
      return [
        await statusOf(call('GET', '/v2/deals/1', undefined, emulator.oauthToken)),
        await statusOf(call('GET', '/v2/persons/1', undefined, emulator.oauthToken)),
      ];
    },
    sees: [
      [null, [200, 200]],
      [['contacts:read'], [403, 200]],
    ],
  },
  silentChanges: {
    async look({ made }) {
      const { content } = await made('/v1/notes', { content: ` 🙂${'x'.repeat(300)}`, deal_id: 1 });
      const { phones } = await made('/v2/persons', { name: 'Ada', phones: [{ value: '+90 (212) 0' }] });
      return [content.length, content.startsWith(' '), content.includes('🙂'), phones[0].value];
    },
    sees: [
      [[], [303, true, true, '+90 (212) 0']],
      [['trim'], [302, false, true, '+90 (212) 0']],
      [['truncate-255'], [256, true, true, '+90 (212) 0']],
      [['drop-emoji'], [301, true, false, '+90 (212) 0']],
      [['strip-phone'], [303, true, true, '+902120']],
    ],
  },
};
