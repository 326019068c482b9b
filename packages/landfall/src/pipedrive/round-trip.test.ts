import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityTraits } from '../model/entity-table.ts';
import {
  type TargetEntity,
  type TargetField,
  type TargetType,
  type TargetValue,
  targetEntities,
} from '../model/target.ts';
import { decimalOf, decimalText, idNumber } from './decimal.ts';
import { decodeRecord } from './decode.ts';
import { encodeBody, type WireBody } from './encode.ts';
import { normalForm } from './normalise.ts';
import { entityPaths } from './paths.ts';
import { sampleAccount, sampleKey } from './sample-account.ts';

const index = sampleAccount();
const two = (most: number) => fc.integer({ min: 0, max: most }).map((each) => String(each).padStart(2, '0'));
const word = fc.string({ minLength: 1, maxLength: 20 });
const decimal = fc
  .tuple(fc.integer(), fc.integer({ min: 0, max: 999 }))
  .map(([whole, part]) => `${whole}.${part}`);
const id = fc.bigInt({ min: 1n, max: 2n ** 63n }).map(String);
const date = fc
  .tuple(
    fc.integer({ min: 1970, max: 2099 }),
    fc.integer({ min: 10, max: 12 }),
    fc.integer({ min: 10, max: 28 }),
  )
  .map((parts) => parts.join('-'));
const point = fc.record({
  value: word,
  label: fc.constantFrom('work', 'home', 'other'),
  primary: fc.boolean(),
});

/** Something of every type; options, stages and types are those of the sample account. */
const values: Readonly<Record<Exclude<TargetType, 'option' | 'options'>, fc.Arbitrary<TargetValue>>> = {
  text: word,
  longText: fc.string(),
  html: fc.string(),
  number: decimal,
  integer: fc.integer().map(String),
  boolean: fc.boolean(),
  date,
  time: fc.tuple(two(23), two(59)).map((parts) => parts.join(':')),
  duration: fc.tuple(two(99), two(59)).map((parts) => parts.join(':')),
  dateTime: fc
    .tuple(date, two(23), two(59), two(59))
    .map(([day, hour, minute, second]) => `${day}T${hour}:${minute}:${second}Z`),
  money: fc.record({ amount: decimal, currency: fc.constantFrom('EUR', 'TRY') }),
  currency: fc.constantFrom('EUR', 'TRY'),
  emails: fc.array(point, { maxLength: 4 }),
  phones: fc.array(point, { maxLength: 4 }),
  phone: word,
  prices: fc.record({ amount: decimal, currency: fc.constantFrom('EUR', 'TRY') }),
  content: fc.record({ name: word, sizeBytes: fc.nat(), sha256: fc.constant('x'), path: fc.constant('y') }),
  address: fc.record(
    { value: word, street: word, city: word, state: word, postalCode: word, country: word },
    { requiredKeys: ['value'] },
  ),
  user: id,
  stage: fc.constantFrom({ pipeline: 'Sales', stage: 'New' }, { pipeline: 'sales', stage: 'WON SOON' }),
  attendees: fc.array(fc.record({ email: word, name: word }, { requiredKeys: ['email'] }), { maxLength: 3 }),
  reference: id,
};

function arbitraryFor(field: TargetField): fc.Arbitrary<TargetValue> {
  const labels = field.options.map(({ label }) => label);
  if (field.type === 'options') return fc.subarray(labels);
  return field.type === 'option' ? fc.constantFrom(...labels) : values[field.type];
}

/** What the account makes of a body it takes: it stores it, and gives the person of the primary participant. */
function stored(entity: TargetEntity, body: WireBody): WireBody {
  const { participants, content, ...rest } = JSON.parse(JSON.stringify(body)) as WireBody & {
    participants?: { person_id: unknown }[];
    content?: string | { name: string; sizeBytes: number };
  };
  const { at } = entityPaths[entity];
  const mark = at.kind === 'mark' ? { [at.member]: true } : {};
  const file =
    typeof content === 'object' ? { name: content.name, file_size: content.sizeBytes } : { content };
  const person =
    entity === 'activity' && participants !== undefined
      ? { person_id: participants[0]?.person_id ?? null }
      : {};
  return { ...rest, ...person, ...mark, ...file, id: 5, update_time: '2026-01-02T03:04:05Z' };
}

describe('encoding and decoding (NF-11, C-24 to C-26)', () => {
  it.each(targetEntities)('brings every settable field of %s back as the same value', (entity) => {
    const known = index.entities[entity];
    const { at } = entityPaths[entity];
    const fields = [...known.builtIn, ...known.custom].filter(
      (field) =>
        field.settable !== 'never' &&
        (at.kind === 'own' || field.name !== at.link) &&
        (field.options.length > 0 || (field.type !== 'option' && field.type !== 'options')),
    );
    expect(fields.length).toBeGreaterThan(0);
    // the amount names the currency, an id above 2^53 is text only once it is parsed: both have tests of their own
    const shapes = Object.fromEntries(
      fields.filter(({ name }) => name !== 'currency').map((field) => [field.name, arbitraryFor(field)]),
    );
    const requiredKeys = at.kind === 'below' && at.own in shapes ? [at.own] : [];
    fc.assert(
      fc.property(fc.record(shapes, { requiredKeys }), (filled) => {
        const record = filled as Readonly<Record<string, TargetValue>>;
        const request = { entity, values: record, marker: 'm:s:e:1' };
        const wire = stored(entity, encodeBody(index, request));
        const read = decodeRecord(index, entity, wire, '7');
        expect(read?.marker).toBe(entityTraits[entity].fieldsOf === null ? null : 'm:s:e:1');
        for (const [name, value] of Object.entries(record)) {
          const field = known.byName.get(name);
          if (typeof value === 'string' && (field?.type === 'user' || field?.type === 'reference')) {
            if (!Number.isSafeInteger(Number(value))) continue;
          }
          expect(normalForm(field, read?.values[name] ?? null), name).toBe(normalForm(field, value));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('sends ids above 2^53 exactly', () => {
    expect(JSON.stringify({ id: idNumber('9007199254740993') })).toBe('{"id":9007199254740993}');
    expect(idNumber('12a')).toBeNull();
  });

  it('writes every double without an exponent, and reads it back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = decimalText(number);
        expect(text).not.toContain('e');
        expect(decimalOf(text)).toBe(number === 0 ? 0 : number);
      }),
    );
    expect(decimalOf('1e400')).toBeNull();
    expect(decimalOf('1,5')).toBeNull();
  });

  it('uses the key and the option ids of this account, never a name', () => {
    const values = {
      title: 'T',
      'custom.varchar': 'x',
      'custom.set': ['Two', 'one'],
      'custom.enum': 'THREE',
    };
    expect(encodeBody(index, { entity: 'deal', values, marker: 'm' })).toEqual({
      title: 'T',
      custom_fields: {
        [sampleKey(0)]: 'm',
        [sampleKey(1)]: 'x',
        [sampleKey(6)]: 92,
        [sampleKey(7)]: [91, 90],
      },
    });
  });

  it('never sends an empty list for a set, nor person_id on an activity', () => {
    const set = { entity: 'deal', id: '5', values: { 'custom.set': [] }, marker: '' } as never;
    expect(encodeBody(index, set)).toEqual({ custom_fields: { [sampleKey(7)]: null } });
    const activity = { entity: 'activity', values: { subject: 'S', person_id: '4' }, marker: '' } as const;
    expect(encodeBody(index, activity)).toEqual({
      subject: 'S',
      participants: [{ person_id: 4, primary: true }],
    });
  });

  it('writes times of notes as v1 wants them, and reads both forms', () => {
    const note = {
      entity: 'note',
      values: { content: 'x', add_time: '2020-01-02T03:04:05Z' },
      marker: '',
    } as const;
    expect(encodeBody(index, note)).toMatchObject({ add_time: '2020-01-02 03:04:05' });
    const read = decodeRecord(index, 'note', {
      id: 1,
      add_time: '2020-01-02 03:04:05',
      update_time: '2020-01-02T03:04:05.123Z',
    });
    expect(read).toMatchObject({
      values: { add_time: '2020-01-02T03:04:05Z' },
      updatedAt: '2020-01-02T03:04:05Z',
    });
  });

  it.each([{ is_deleted: true }, { active_flag: false }])('takes a record with %o for gone', (flag) => {
    expect(decodeRecord(index, 'note', { id: 1, ...flag })).toBeNull();
  });

  it.each([null, 1, 'x', [], {}, { id: null }])('finds no record in %o', (wire) => {
    expect(decodeRecord(index, 'person', wire)).toBeNull();
  });

  it('leaves out what an answer does not hold, and bears what it should not', () => {
    const odd = { id: 1, name: 5, emails: 'x', label_ids: [99], org_id: { value: 3 }, custom_fields: null };
    const read = decodeRecord(index, 'person', odd);
    expect(read?.values).toEqual({ name: '5', emails: null, label_ids: ['99'], org_id: '3' });
  });

  it('needs the marker field before it creates anything', () => {
    const bare = sampleAccount({ person: [] });
    const request = { entity: 'person', values: { name: 'x' }, marker: 'm' } as const;
    expect(() => encodeBody(bare, request)).toThrow(expect.objectContaining({ code: 'phase-order' }));
  });
});
