import { describe, expect, it } from 'vitest';
import { unmappedEntities, unrouted } from './check.ts';
import { person, source } from './sample-catalogs.ts';

describe('what nobody has decided about (MAP-08, DQ-12)', () => {
  it('are filled fields that are neither mapped nor left, by any name', () => {
    const partly = person({ to: 'person.emails', from: 'Email', via: ['email'] });
    expect(unrouted(partly, source).map(({ entity, field }) => `${entity}.${field.name}`)).toEqual([
      'contact.Company ID',
      'contact.Fax',
    ]);
    const left = { ...partly, leave: [{ entity: 'contact', field: 'Fax', why: 'old' }] };
    expect(unrouted(left, source).map(({ field }) => field.name)).toEqual(['Company ID']);
    expect(unrouted({ ...partly, leave: [{ entity: 'contact', field: '*', why: 'old' }] }, source)).toEqual(
      [],
    );
  });

  it('are entities with records that nothing maps', () => {
    expect(unmappedEntities(person(), source).map(({ name }) => name)).toEqual(['deal', 'ticket']);
    const left = { ...person(), leave: [{ entity: 'ticket', field: '*', why: 'closed' }] };
    expect(unmappedEntities(left, source).map(({ name }) => name)).toEqual(['deal']);
    const some = {
      ...left,
      leave: left.leave.map((one) => ({ ...one, when: { source: 'Open', in: ['no'] } })),
    };
    expect(unmappedEntities(some, source).map(({ name }) => name)).toEqual(['deal', 'ticket']);
  });
});
