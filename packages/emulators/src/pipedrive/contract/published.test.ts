import { channel } from 'node:diagnostics_channel';
import { describe, expect, test } from 'vitest';
import { ANSWER_CHANNEL, type Answered } from '../answer-channel.ts';
import { testClient } from '../test-client.ts';
import { answerSchema, concerns } from './answer-schema-fixture.ts';
import type { OpenapiFault } from './openapi-fault.ts';
import { OPENAPI_FAULTS, STATUS_FAULTS } from './openapi-faults.ts';
import { missing, type Published, published } from './published-fixture.ts';
import { createWitness } from './witness-fixture.ts';

const there = missing === null;
/** How evidence may begin. */
const EVIDENCE = /^(?:example|recorded|client|facts|INF|the parameter|(?:GET|POST|PUT|PATCH|DELETE) \/)/;
const skipped = there ? '' : ` (skipped: ${missing})`;

const organization = {
  id: 1,
  name: 'Acme',
  owner_id: 1,
  add_time: '2026-03-01T12:00:00Z',
  update_time: '2026-03-01T12:00:00Z',
  is_deleted: false,
  visible_to: 3,
  address: null,
  label_ids: [],
  custom_fields: null,
};

function answered(status: number, data: unknown, target = 'GET /api/v2/organizations/1'): Answered {
  const [method = '', path = ''] = target.split(' ');
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ success: true, data });
  return { call: { method, path } as Answered['call'], answer: { status, headers, body, costTokens: 0 } };
}

/** name, answer, what the witness says of it */
const SEEN: readonly (readonly [string, Answered, readonly string[]])[] = [
  ['a record as it should be', answered(200, organization), []],
  [
    'a number as text',
    answered(200, { ...organization, owner_id: '1' }),
    ['v2 GET /organizations/{id} 200 /data/owner_id must be integer'],
  ],
  [
    'null where none may be',
    answered(200, { ...organization, name: null }),
    ['v2 GET /organizations/{id} 200 /data/name must be string'],
  ],
  [
    'a property that nobody described',
    answered(200, { ...organization, nickname: 'A' }),
    ['v2 GET /organizations/{id} 200 /data/nickname is not described'],
  ],
  [
    'a status that is not described',
    answered(201, organization, 'POST /api/v2/organizations'),
    ['v2 POST /organizations 201 status 201 is not described'],
  ],
  [
    'a value that is not on the list',
    answered(
      200,
      [{ app: 'sales', admin: true, permission_set_id: 'a' }].map((one) => ({
        access: [{ ...one, app: 'x' }],
      }))[0],
      'GET /v1/users/1',
    ),
    [
      'v1 GET /users/{id} 200 /data/access/*/app must be one of ["global","sales","campaigns","projects","account_settings","partnership","nova"]',
    ],
  ],
  [
    'a time in the form of the other version',
    answered(200, [{ id: 'a', add_time: '2026-03-01 12:00:00' }], 'GET /v1/leadLabels'),
    [
      'v1 GET /leadLabels 200 /data/*/add_time must match format "date-time"',
      'v1 GET /leadLabels 200 /data/*/id must match format "uuid"',
    ],
  ],
  ['a refusal, which is not described', answered(404, { nonsense: 1 }), []],
  ['what is no operation', answered(200, { nonsense: 1 }, 'GET /api/v2/customObjects'), []],
];

describe.skipIf(!there)(`the witness of the published description${skipped}`, () => {
  test.each(SEEN)('sees %s', (_, one, said) => {
    const witness = createWitness();
    witness.look(one);
    expect(witness.complaints()).toEqual(said);
  });

  test('hears every answer of an emulated Pipedrive in every test file, unless it is turned off', async () => {
    const answers = channel(ANSWER_CHANNEL);
    expect(answers.hasSubscribers).toBe(process.env.LANDFALL_CONTRACT !== 'off');
    const heard: number[] = [];
    answers.subscribe((message) => heard.push((message as Answered).answer.status));
    const { call } = testClient({ world: 'lived-in' });
    await call('GET', '/v2/deals/1');
    await call('GET', '/v2/deals/99999');
    expect(heard).toEqual([200, 404]);
  });

  test('lets undescribed properties pass when it is not strict', () => {
    const witness = createWitness({ strict: false });
    witness.look(answered(200, { ...organization, nickname: 'A' }));
    expect(witness.complaints()).toEqual([]);
    expect(witness.seen.get('v2 GET /organizations/{id}')).toBe(1);
  });
});

describe.skipIf(!there)(`the list of faults of the published description${skipped}`, () => {
  test.each(
    OPENAPI_FAULTS.map((fault) => [fault.properties.join(', '), fault.operations[0], fault] as const),
  )('holds what the description has: %s of %s', (_, __, fault) => {
    const mended = new Set(operations(fault).flatMap((one) => mendedNames(one, fault)));
    expect(fault.properties.filter((name) => !mended.has(name))).toEqual([]);
    expect(fault.evidence).toMatch(EVIDENCE);
  });

  test.each(OPENAPI_FAULTS.filter(({ evidence }) => /^example(?:;|$)/.test(evidence)))(
    'is shown by the own examples of the description: $properties',
    (fault) => {
      const without = complaintsAboutExamples(fault, []);
      expect(without.length).toBeGreaterThan(complaintsAboutExamples(fault, [fault]).length);
    },
  );

  test.each(STATUS_FAULTS)('names a status that is not described: $operation $status', (fault) => {
    const operation = published().get(fault.operation);
    expect(operation?.responses[String(fault.like)]).toBeDefined();
    expect(operation?.responses[String(fault.status)]).toBeUndefined();
  });
});

function operations(fault: OpenapiFault): readonly Published[] {
  return [...published().values()].filter((one) => concerns(fault, one));
}

/** The properties of a fault that it mends in an operation's answers: alone, each shows whether it has a place. */
function mendedNames(operation: Published, fault: OpenapiFault): readonly string[] {
  const schemas = Object.entries(operation.responses).flatMap(([status, { content }]) => {
    const schema = content?.['application/json']?.schema;
    return status.startsWith('2') && schema ? [schema] : [];
  });
  return fault.properties.filter((name) =>
    schemas.some((schema) => {
      const alone = { ...fault, properties: [name] };
      return answerSchema(operation, schema, [alone], true).mended.size > 0;
    }),
  );
}

function complaintsAboutExamples(fault: OpenapiFault, faults: readonly OpenapiFault[]): readonly string[] {
  const witness = createWitness({ faults });
  for (const { key, method, path, responses } of operations(fault)) {
    for (const [status, { content }] of Object.entries(responses)) {
      const { example } = content?.['application/json'] ?? {};
      if (example === undefined || !status.startsWith('2')) continue;
      const target = `/${key.slice(0, 2)}${path.replace(/\{[^}]+\}/g, '1')}`;
      witness.look({
        call: { method, path: target } as Answered['call'],
        answer: {
          status: Number(status),
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(example),
          costTokens: 0,
        },
      });
    }
  }
  return witness.complaints();
}
