import { describe, expect, it } from 'vitest';
import { SCHEMA, tableNamed } from '../schema/schema.ts';
import { bench } from '../test-fixture.ts';
import type { Value } from './content.ts';
import { isRef } from './content.ts';
import { CONTENTS } from './contents.ts';
import { GeneratedWorld } from './world.ts';

const world = new GeneratedWorld({ seed: 1, records: 600, guidOrder: 'sql' });

function column(table: string, name: string): Value[] {
  return Array.from({ length: world.count(table) }, (_, index) => world.value(table, index, name));
}

/** The row of the record that a value points to. */
function rowOf(value: Value): number | null {
  return isRef(value) ? world.indexOf(value.table, value.id) : null;
}

describe('the generated records', () => {
  it('fill only columns that their table has', () => {
    for (const [name, { columns, special = {} }] of Object.entries(CONTENTS)) {
      const known = tableNamed(name).columns;
      const given = [...Object.keys(columns), ...Object.values(special).flatMap((row) => Object.keys(row))];
      expect(
        given.filter((each) => !known.has(each)),
        name,
      ).toEqual([]);
    }
  });

  it.each([600, 20_000, 500_000])('are about %i, in at least 25 tables', (records) => {
    const sized = new GeneratedWorld({ seed: 1, records, guidOrder: 'sql' });
    const counts = [...SCHEMA.tables.keys()]
      .filter((name) => !['activitypointer', 'stringmap'].includes(name))
      .map((name) => sized.count(name));
    const total = counts.reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThanOrEqual(records);
    expect(total).toBeLessThan(records * 1.2 + 400);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(50);
  });

  it('have at least 300 files in the world of a company', () => {
    const company = new GeneratedWorld({ seed: 1, records: 20_000, guidOrder: 'sql' });
    const notes = Array.from({ length: company.count('annotation') }, (_, index) =>
      company.value('annotation', index, 'isdocument'),
    ).filter((isDocument) => isDocument === true);
    expect(notes.length).toBeGreaterThan(300);
    expect(company.count('activitymimeattachment')).toBeGreaterThan(300);
  });

  it.each(['sql', 'text'] as const)('are found by their ids, which rise in the order %s', (guidOrder) => {
    const ordered = new GeneratedWorld({ seed: 3, records: 20_000, guidOrder });
    for (const name of ['contact', 'email', 'task', 'systemuser']) {
      let last = '';
      for (let index = 0; index < ordered.count(name); index += 7) {
        const id = ordered.id(name, index);
        const key = guidOrder === 'sql' ? id.slice(24) : id;
        expect(key > last).toBe(true);
        expect(ordered.indexOf(name, id)).toBe(index);
        last = key;
      }
    }
    expect(ordered.indexOf('contact', ordered.id('account', 0))).toBeNull();
  });

  it('point to records that are there, but for parties that say so', () => {
    for (const table of SCHEMA.tables.values())
      for (const { name, targets } of table.columns.values())
        for (let index = 0; targets.length > 0 && index < world.count(table.name); index += 1) {
          const value = world.value(table.name, index, name);
          if (!isRef(value)) continue;
          const gone = name === 'partyid' && world.value(table.name, index, 'ispartydeleted') === true;
          expect(rowOf(value) === null, `${table.name} ${index} ${name}`).toBe(gone);
          expect(targets, `${table.name}.${name}`).toContain(value.table);
        }
  });

  it('hold options that are defined, but for some that were deleted', () => {
    const stray: string[] = [];
    for (const table of SCHEMA.tables.values())
      for (const { name, options, type } of table.columns.values())
        for (let index = 0; options.length > 0 && index < world.count(table.name); index += 1) {
          const value = world.value(table.name, index, name);
          const chosen =
            value === null ? [] : type === 'multi' ? String(value).split(',').map(Number) : [Number(value)];
          const known = new Set(options.map((option) => option.value));
          if (chosen.some((each) => !known.has(each))) stray.push(`${table.name}.${name}`);
        }
    expect([...new Set(stray)].sort()).toEqual([
      'account.industrycode',
      'account.new_tier',
      // The union shows the status of the activity itself, which it has no label for.
      'activitypointer.statuscode',
      'new_project.new_phase',
    ]);
  });

  it('have a status that belongs to their state', () => {
    for (const table of SCHEMA.tables.values()) {
      const status = table.columns.get('statuscode');
      if (table.name === 'activitypointer') continue;
      for (let index = 0; status && index < world.count(table.name); index += 1) {
        const state = world.value(table.name, index, 'statecode');
        const option = status.options.find(
          ({ value }) => value === world.value(table.name, index, 'statuscode'),
        );
        expect(option?.state ?? state, `${table.name} ${index}`).toBe(state);
      }
    }
  });
});

describe('the traps of the sample world (facts, section 7)', () => {
  it('parents go round in circles, and an account and its primary contact point to each other', () => {
    const parents = column('account', 'parentaccountid').map(rowOf);
    expect([parents[1], parents[2], parents[3], parents[4], parents[5], parents[6]]).toEqual([
      2, 1, 4, 5, 3, 6,
    ]);
    const primary = rowOf(world.value('account', 0, 'primarycontactid'));
    expect(rowOf(world.value('contact', primary ?? -1, 'parentcustomerid'))).toBe(0);
  });

  it('owners are disabled, unlicensed, and teams; one user is an application', () => {
    const disabled = column('systemuser', 'isdisabled');
    const owners = column('account', 'ownerid').flatMap((owner) => (isRef(owner) ? [owner] : []));
    expect(
      owners.some((owner) => owner.table === 'systemuser' && disabled[rowOf(owner) ?? -1] === true),
    ).toBe(true);
    expect(owners.some((owner) => owner.table === 'team')).toBe(true);
    expect(column('systemuser', 'applicationid').filter((id) => id !== null)).toHaveLength(1);
    expect(column('systemuser', 'islicensed')).toContain(false);
  });

  it('amounts are in at least three currencies with rates that are not today’s', () => {
    const today = column('transactioncurrency', 'exchangerate');
    const used = column('opportunity', 'transactioncurrencyid').map(rowOf);
    const rates = column('opportunity', 'exchangerate');
    expect(new Set(used).size).toBeGreaterThanOrEqual(3);
    expect(used.some((currency, index) => rates[index] !== today[currency ?? 0])).toBe(true);
  });

  it('lines are plain, written in, or bundles with their members', () => {
    const kinds = column('opportunityproduct', 'producttypecode');
    expect(new Set(kinds)).toEqual(new Set([1, 2, 3, 4]));
    const written = column('opportunityproduct', 'isproductoverridden');
    const products = column('opportunityproduct', 'productid');
    expect(written.every((isWritten, index) => (isWritten === true) === (products[index] === null))).toBe(
      true,
    );
    for (const [index, parent] of column('opportunityproduct', 'parentbundleid').entries()) {
      if (parent === null) continue;
      const bundle = world.indexOf('opportunityproduct', String(parent)) ?? -1;
      expect(world.value('opportunityproduct', bundle, 'producttypecode')).toBe(2);
      const members = column('productassociation', 'productid').map(rowOf);
      const member = rowOf(world.value('opportunityproduct', index, 'productassociationid')) ?? -1;
      expect(members[member]).toBe(rowOf(products[bundle] ?? null));
      expect(rowOf(world.value('productassociation', member, 'associatedproduct'))).toBe(
        rowOf(products[index] ?? null),
      );
    }
  });

  it('some bundles have no lines of their members, as a program leaves them', () => {
    const parents = new Set(column('opportunityproduct', 'parentbundleid'));
    const bundles = column('opportunityproduct', 'producttypecode').flatMap((kind, index) =>
      kind === 2 ? [world.id('opportunityproduct', index)] : [],
    );
    const bare = bundles.filter((id) => !parents.has(id));
    expect([bare.length > 0, bare.length < bundles.length]).toEqual([true, true]);
    const listed = new Set(column('productassociation', 'productid').map(rowOf));
    for (const id of bare) {
      const line = world.indexOf('opportunityproduct', id) ?? -1;
      expect(listed).toContain(rowOf(world.value('opportunityproduct', line, 'productid')));
      expect(world.value('opportunityproduct', line, 'manualdiscountamount')).not.toBe(0n);
    }
    const required = new Set(column('productassociation', 'productisrequired'));
    expect(required).toEqual(new Set([0, 1]));
  });

  it('line amounts add up exactly', () => {
    for (let index = 0; index < world.count('opportunityproduct'); index += 1) {
      const amount = (name: string) => world.value('opportunityproduct', index, name) as bigint;
      expect(amount('baseamount') - amount('manualdiscountamount') + amount('tax')).toBe(
        amount('extendedamount'),
      );
    }
  });

  it('process stages disagree with salesstage, and some deals run in two processes', () => {
    let conflicts = 0;
    for (const [table, process] of [
      ['opportunitysalesprocess', 0],
      ['leadtoopportunitysalesprocess', 1],
    ] as const)
      for (let index = 0; index < world.count(table); index += 1) {
        const deal = rowOf(world.value(table, index, 'opportunityid')) ?? -1;
        const stage = rowOf(world.value(table, index, 'activestageid')) ?? -1;
        expect(rowOf(world.value('processstage', stage, 'processid'))).toBe(process);
        expect(world.value('opportunity', deal, 'stageid')).toBe(world.id('processstage', stage));
        if (
          world.value('processstage', stage, 'stagecategory') !==
          world.value('opportunity', deal, 'salesstage')
        )
          conflicts += 1;
      }
    expect(conflicts).toBeGreaterThan(3);
    expect(world.count('opportunitysalesprocess') + world.count('leadtoopportunitysalesprocess')).toBe(
      world.count('opportunity'),
    );
    expect(world.count('new_bpf_renewal')).toBeGreaterThan(1);
  });

  it('parties are unresolved, deleted, or of every kind', () => {
    const parties = column('activityparty', 'partyid');
    const addresses = column('activityparty', 'addressused');
    expect(parties.some((party, index) => party === null && addresses[index] !== null)).toBe(true);
    expect(column('activityparty', 'ispartydeleted')).toContain(true);
    expect(new Set(column('activityparty', 'participationtypemask'))).toEqual(new Set([1, 2, 3, 5, 7, 8, 9]));
    const kinds = new Set(parties.flatMap((party) => (isRef(party) ? [party.table] : [])));
    expect([...kinds].sort()).toEqual(['account', 'contact', 'lead', 'opportunity', 'systemuser']);
  });

  it('a series is expanded in part, with an exception', () => {
    expect(world.value('recurringappointmentmaster', 0, 'expansionstatecode')).toBe(1);
    const series = column('appointment', 'seriesid').filter(
      (id) => id === world.id('recurringappointmentmaster', 0),
    );
    expect(series).toHaveLength(8);
    expect(column('appointment', 'instancetypecode').filter((kind) => kind === 3)).toHaveLength(1);
  });

  it('the union of activities is every activity, under the same id', () => {
    const own = [
      'email',
      'task',
      'phonecall',
      'appointment',
      'new_visit',
      'recurringappointmentmaster',
      'opportunityclose',
    ];
    expect(world.count('activitypointer')).toBe(own.reduce((sum, name) => sum + world.count(name), 0));
    for (let index = 0; index < world.count('activitypointer'); index += 1) {
      const name = String(world.value('activitypointer', index, 'activitytypecode'));
      const row = world.indexOf(name, world.id('activitypointer', index));
      expect(world.value(name, row ?? -1, 'subject')).toBe(world.value('activitypointer', index, 'subject'));
    }
  });

  it('merged losers stay as inactive rows', () => {
    expect(rowOf(world.value('account', 7, 'masterid'))).toBe(0);
    expect(world.value('account', 7, 'statecode')).toBe(1);
  });

  it('many-to-many links name records that are there', async () => {
    const { get } = bench();
    for (const { intersect, column1, table1 } of SCHEMA.manyToMany) {
      const { set } = tableNamed(intersect);
      const { json } = await get(`${set}?$top=1`);
      expect(json.value.length, intersect).toBe(1);
      expect(world.indexOf(table1, json.value[0][column1])).not.toBeNull();
    }
  });
});

it('many-to-many links join tables that customers made, in both directions', () => {
  const own = SCHEMA.manyToMany.filter(({ table1, table2 }) =>
    [table1, table2].some((name) => /^(?:new|cr4f1)_/.test(name)),
  );
  expect(own.length).toBeGreaterThan(1);
  for (const { intersect, column1, table1, column2, table2 } of own) {
    expect(world.count(intersect), intersect).toBeGreaterThan(0);
    for (const [name, table] of [
      [column1, table1],
      [column2, table2],
    ] as const)
      expect(world.indexOf(table, String(world.value(intersect, 0, name))), intersect).not.toBeNull();
  }
});

describe('size', () => {
  it('500,000 records are read page by page without being kept', async () => {
    const { get } = bench({ records: 500_000, limits: 'off' });
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let rows = 0;
    for (let at = 'contacts?$select=fullname,_parentcustomerid_value,modifiedon'; at !== undefined; ) {
      const { json } = await get(at);
      rows += json.value.length;
      at = json['@odata.nextLink'];
    }
    expect(rows).toBe(60_000);
    globalThis.gc?.();
    expect((process.memoryUsage().heapUsed - before) / 1_000_000).toBeLessThan(150);
  });
});
