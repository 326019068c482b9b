import { serveDataverse } from 'landfall-emulators/dataverse/emulator.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import { checkMapping } from '../mapping/check.ts';
import { compileMapping, evaluate } from '../mapping/evaluate.ts';
import { parseTargetPath } from '../mapping/target-path.ts';
import { readCall } from '../mapping/transform-call.ts';
import { sourceKey } from '../model/key.ts';
import type { Condition } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { SourceCatalog, SourceConnector } from '../model/source.ts';
import { sourcesOf } from '../propose/field-index.ts';
import { deriveStages } from '../propose/stages.ts';
import { proposeMapping } from '../propose/template-mapping.ts';
import { opex365 } from '../sources/opex365/catalog.ts';
import { createSource } from '../sources/registry.ts';
import { testSurroundings } from '../sources/surroundings-fixture.ts';
import { opex365Template as template } from './opex365.ts';

const rows = template.entities.flatMap((entity) => entity.rows.map((row) => ({ entity, row })));

function conditions(given: Condition | readonly Condition[] | undefined): readonly string[] {
  return [given ?? []].flat().flatMap(({ source }: Condition) => source ?? []);
}

/** Every name a field of a standard entity may have in our words; null for tables that only metadata knows. */
function namesOf(entity: string): ReadonlySet<string> | null {
  const standard = opex365.entities.find(({ name }) => name === entity);
  if (standard === undefined) return null;
  const own = standard.fields.flatMap(([, name]) => [
    name,
    ...['Name', 'Type', 'Code', 'ID'].map((beside) => `${name} ${beside}`),
    `${name} (Base)`,
  ]);
  return new Set([
    ...own,
    'Base Currency',
    'Process',
    'Process Stage',
    'Other Processes',
    'File',
    'Party Text',
  ]);
}

/** The names read by an entity of the template, with the entity each of them is of. */
function reads(entity: (typeof template.entities)[number]): readonly (readonly [string, string])[] {
  const gathers = template.entities
    .filter(({ from }) => from === entity.from)
    .flatMap(({ gather }) => gather ?? []);
  const written = [
    ...conditions(entity.when),
    ...entity.rows.flatMap((row) => [...sourcesOf(row), ...conditions(row.onlyIf)]),
  ];
  return [
    ...written.map((name) => {
      const gather = gathers.find(({ as }) => name.startsWith(`${as}.`));
      return gather === undefined
        ? ([entity.from, name] as const)
        : ([gather.from, name.slice(gather.as.length + 1)] as const);
    }),
    ...(entity.gather ?? []).flatMap(({ from, by, when }) =>
      [by, ...conditions(when)].map((name) => [from, name] as const),
    ),
  ].filter(([, name]) => name !== 'count');
}

describe('the template of OPEX 365 is data that fits both sides', () => {
  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
  });

  it('every row names a target that can be, and transforms with settings that they take', () => {
    for (const { entity, row } of rows) {
      const target = parseTargetPath(row.to);
      expect(target, row.to).not.toBeTypeOf('string');
      expect(row.to.startsWith(`${entity.to}.`), row.to).toBe(true);
      for (const call of row.via ?? []) {
        const reading = readCall(call);
        expect(reading.ok ? '' : reading.message, row.to).toBe('');
      }
    }
  });

  it('every name it reads is a field of the catalog', () => {
    const strange = template.entities.flatMap((entity) =>
      reads(entity).filter(([from, name]) => namesOf(from)?.has(name) === false),
    );
    const metadata = ['starttime', 'endtime', 'deletedexceptionslist'];
    expect([
      ...new Set(
        strange.filter(([, name]) => !metadata.includes(name)).map(([from, name]) => `${from}: ${name}`),
      ),
    ]).toEqual([]);
  });

  it('every custom field it fills is one it makes, and the other way round', () => {
    const owner: Readonly<Record<string, string>> = { lead: 'deal' };
    const filled = rows.flatMap(({ entity, row }) =>
      row.to.includes('.custom.')
        ? [`${owner[entity.to] ?? entity.to}.${row.to.slice(row.to.indexOf('.custom.') + 8)}`]
        : [],
    );
    const made = template.fields.map(({ entity, name }) => `${entity}.${name}`);
    expect(made.toSorted()).toEqual([...new Set(filled)].toSorted());
  });

  it.each(['O-20', 'O-21', 'O-22', 'O-23', 'O-24', 'O-25', 'O-26', 'O-27', 'O-28', 'O-29'])(
    '%s has rows that say so',
    (rule) => {
      expect(rows.filter(({ row }) => row.why.includes(rule)).length).toBeGreaterThan(0);
    },
  );

  it('every standard entity has rules, is read by another one, or stays behind with a reason', () => {
    const known = new Set([
      ...template.entities.flatMap(({ from, gather }) => [from, ...(gather ?? []).map((one) => one.from)]),
      ...template.leave.filter(({ field }) => field === '*').map(({ entity }) => entity),
    ]);
    expect(opex365.entities.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the proposal for the emulated organisation', () => {
  let served: Awaited<ReturnType<typeof serveDataverse>>;
  let source: SourceConnector;
  let catalog: SourceCatalog;
  const signal = new AbortController().signal;

  beforeAll(async () => {
    served = await serveDataverse({ records: 300, limits: 'off' });
    const config = { system: 'opex365', url: served.url, auth: { token: served.token } };
    source = createSource(config, systemPorts(), testSurroundings());
    catalog = await source.describe(signal);
  });

  afterAll(async () => {
    await source?.close?.();
    await served?.close();
  });

  function proposed(notesAs: Policies['notesAs'], of: SourceCatalog = catalog) {
    const policies = { ...defaultPolicies, ...template.policies, notesAs };
    const stages = deriveStages([], [], of.pipelines).pipelines;
    return proposeMapping({
      template,
      catalog: of,
      target: null,
      policies,
      decisions: [],
      stages,
      limits: null,
    });
  }

  it.each(['activity', 'note'] as const)('with notesAs: %s it has no fault', (notesAs) => {
    expect(checkMapping(proposed(notesAs).mapping, catalog, null)).toEqual([]);
  });

  it('O-28(a), C-03: notesAs note makes notes of Pipedrive, with author and time', async () => {
    const { timezone, country, currency } = defaultPolicies;
    const compiled = compileMapping(proposed('note').mapping, catalog, { timezone, country, currency });
    for await (const { records } of source.read('annotation', null, signal)) {
      const note = records.find(({ fields }) => fields['notetext'] !== undefined);
      const made = note === undefined ? null : evaluate(compiled, note);
      const [draft] = made?.kind === 'drafts' ? made.drafts : [];
      expect(draft?.entity).toBe('note');
      expect(Object.keys(draft?.fields ?? {})).toEqual(
        expect.arrayContaining(['content', 'user_id', 'add_time']),
      );
      return;
    }
  });

  it('O-27(b): where what bundles hold may not be read, a bundle without lines of its members stays a line', () => {
    const { timezone, country, currency } = defaultPolicies;
    const entities = catalog.entities.filter(({ name }) => name !== 'bundlecomponent');
    const blind = { ...catalog, entities };
    const { mapping } = proposed('activity', blind);
    expect(checkMapping(mapping, blind, null)).toEqual([]);
    const compiled = compileMapping(mapping, blind, { timezone, country, currency });
    const fields = {
      ...{ opportunityid: 'o', productid: 'p', 'productid Name': 'Starter Set', quantity: '2.0000000000' },
      ...{ 'producttypecode Code': '2', priceperunit: '10.0000', 'Component.count': '0' },
    };
    const key = sourceKey('opportunityproduct', 'l');
    const line = { entity: 'opportunityproduct', key, fields, position: 'l', lookup: [] };
    const evaluated = evaluate(compiled, line);
    expect(evaluated.kind === 'drafts' && evaluated.drafts.map(({ entity }) => entity)).toEqual([
      'dealProduct',
    ]);
  });

  it.each([
    ['3', '0', 'note'],
    ['0', '2', 'note'],
    ['0', '0', 'dealProduct'],
  ])(
    'O-27(b): a bundle with %s lines of components, and %s made of what it holds, becomes a %s: without any it is a line itself',
    (count, made, entity) => {
      const { timezone, country, currency } = defaultPolicies;
      const compiled = compileMapping(proposed('activity').mapping, catalog, { timezone, country, currency });
      const fields = {
        ...{ opportunityid: 'o', productid: 'p', 'productid Name': 'Starter Set', quantity: '2.0000000000' },
        ...{ 'producttypecode Code': '2', priceperunit: '10.0000' },
        ...{ 'Component.count': count, 'Made.count': made },
      };
      const key = sourceKey('opportunityproduct', 'l');
      const line = { entity: 'opportunityproduct', key, fields, position: 'l', lookup: [] };
      const evaluated = evaluate(compiled, line);
      expect(evaluated.kind === 'drafts' && evaluated.drafts.map((draft) => draft.entity)).toEqual([entity]);
    },
  );

  it('MAP-08: asks about the organisation’s own fields and entities, not about those of the product', () => {
    const asked = proposed('activity').questions;
    const own = catalog.entities.filter(({ custom }) => custom).map(({ label }) => label);
    const isOwn = ({ question }: { readonly question: string }) =>
      /\((?:new|cr4f1)_/.test(question) || own.some((label) => question.includes(label));
    expect(asked.filter((question) => !isOwn(question)).map(({ question }) => question)).toEqual([]);
    expect(asked.length).toBeLessThan(30);
  });
});
