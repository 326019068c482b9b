import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../base/assert.ts';
import { hashOf, sha256 } from '../base/hash.ts';
import { checkMapping } from '../mapping/check.ts';
import {
  mappingHash,
  mappingJsonSchema,
  mappingSchemaFile,
  readMapping,
  renderMapping,
} from '../mapping/document.ts';
import { compileMapping } from '../mapping/evaluate.ts';
import type { LineOf } from '../mapping/fault.ts';
import { capNames } from '../model/destination.ts';
import { entitiesWithFieldsOf } from '../model/entity-table.ts';
import { MigrationError } from '../model/error.ts';
import type { Mapping, MappingFault } from '../model/mapping.ts';
import type { TargetCatalog } from '../model/target.ts';
import type { PhaseContext } from '../phases/context.ts';
import { stageShapes } from '../phases/shapes.ts';
import type { OptionFields } from '../phases/tallies.ts';
import type { TransformInput } from '../phases/transform.ts';
import { readValue, writeValue } from '../phases/values.ts';
import type { ProposedField } from '../propose/proposal-template.ts';
import { deriveStages } from '../propose/stages.ts';
import { proposeMapping } from '../propose/template-mapping.ts';
import { stageFieldsOf, templateOf } from './pair.ts';
import type { Session } from './session.ts';

/** The map's file in a workspace. */
const mappingFileName = 'mapping.yaml';
const proposedFileName = 'mapping.proposed.yaml';
/** Plans without formula fields and fields of one pipeline (S-31(d)). */
const basicPlans: ReadonlySet<string> = new Set(['lite', 'growth', 'essential', 'advanced']);

/** What `map` did with the file. */
export interface MapResult {
  readonly fields: readonly ProposedField[];
  /** `written`: mapping.yaml is the proposal; `kept`: a person edited it, the proposal lies beside it. */
  readonly file: 'written' | 'kept';
}

/**
 * Proposes the mapping from the template, the catalog and the values, asks what only a person can decide, and writes
 * `mapping.yaml`. A file that a person has edited is never overwritten: the new proposal lies beside it.
 */
export async function map(session: Session, context: PhaseContext): Promise<MapResult> {
  const { store, lease } = context;
  const catalog = must(await readValue(store, 'catalog'), 'discover comes before map');
  const template = templateOf(context.source.system);
  const decisions = await store.decisions();
  const account = await readValue(store, 'account');
  const shapes = await stageShapes(context, catalog, stageFieldsOf(template));
  const derived = deriveStages(shapes, decisions, catalog.pipelines);
  const cap = account?.caps.find((one) => one.name === capNames.customFields);
  const limits =
    account === null
      ? null
      : {
          plan: account.plan,
          basicFieldsOnly: basicPlans.has(account.plan.toLowerCase()),
          customFields: cap?.limit ?? null,
          customFieldsUsed: cap?.used ?? null,
        };
  const target = await readValue(store, 'target');
  const stages = derived.pipelines;
  const { policies } = context;
  const proposal = proposeMapping({ template, catalog, target, policies, decisions, stages, limits });
  const file = await writeProposal(session, renderMapping(proposal.mapping));
  await store.write(lease, async (writer) => {
    await writer.putQuestions('map', [...proposal.questions, ...derived.questions]);
    await writer.setValue('proposedFields', JSON.stringify(proposal.fields));
    await writer.setValue('mappedFrom', await mapInput(session));
    const { mapping } = loadMapping(session);
    if (mapping !== null) await writeValue(writer, 'mapping', mapping);
  });
  return { fields: proposal.fields, file };
}

/** What the proposal depends on: another hash, and `map` is due again. */
export async function mapInput(session: Session): Promise<string> {
  const mapQuestions = (await session.store.decisions()).filter((decision) => !isPlanDecision(decision.id));
  const plan = (await readValue(session.store, 'account'))?.plan ?? null;
  return hashOf([
    await readValue(session.store, 'extractedFrom'),
    mapQuestions,
    session.config.policies,
    plan,
  ]);
}

/** Answers that change the plan and not the map. */
function isPlanDecision(id: string): boolean {
  return /^(owner|links?|ambiguous|existing|duplicates)-/.test(id);
}

async function writeProposal(session: Session, text: string): Promise<MapResult['file']> {
  const path = join(session.directory, mappingFileName);
  const current = existsSync(path) ? readFileSync(path, 'utf8') : null;
  const known = await session.store.getValue('proposedText');
  const edited = current !== null && current !== text && sha256(current) !== known;
  replace(join(session.directory, edited ? proposedFileName : mappingFileName), text);
  replace(join(session.directory, mappingSchemaFile), `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`);
  if (!edited) await session.store.write(null, (writer) => writer.setValue('proposedText', sha256(text)));
  return edited ? 'kept' : 'written';
}

function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** `mapping.yaml` as it stands: null when there is none. Throws `mapping-wrong` with every fault of its form. */
export function loadMapping(session: Session): { readonly mapping: Mapping | null; readonly lineOf: LineOf } {
  const path = join(session.directory, mappingFileName);
  if (!existsSync(path)) return { mapping: null, lineOf: () => 0 };
  const read = readMapping(readFileSync(path, 'utf8'));
  if (!read.ok) throw faultsError(read.faults);
  return { mapping: read.mapping, lineOf: read.lineOf };
}

/** The mapping's hash as its gate binds it; null while there is none. */
export function currentMappingHash(session: Session): string | null {
  const { mapping } = loadMapping(session);
  return mapping === null ? null : mappingHash(mapping);
}

/** The mapping, checked against both catalogs and compiled. Throws `mapping-wrong` with all faults, line and fix. */
export async function usableMapping(session: Session): Promise<TransformInput> {
  const { mapping, lineOf } = loadMapping(session);
  if (mapping === null) throw new MigrationError('phase-order', 'There is no mapping.yaml yet.');
  const catalog = must(
    await readValue(session.store, 'catalog'),
    'discover comes before the mapping is used',
  );
  const target = await readValue(session.store, 'target');
  const faults = checkMapping(mapping, catalog, target, lineOf);
  if (faults.length > 0) throw faultsError(faults);
  const { timezone, country, currency } = session.config.policies;
  const compiled = compileMapping(mapping, catalog, { timezone, country, currency }, target);
  return { mapping, compiled, catalog, optionFields: optionFields(mapping, target) };
}

function faultsError(faults: readonly MappingFault[]): MigrationError {
  const lines = faults.map(
    (fault) => `${mappingFileName}:${fault.line}: ${fault.path}: ${fault.message} ${fault.fix}`,
  );
  return new MigrationError('mapping-wrong', lines.join('\n'), {
    at: `${mappingFileName}:${faults[0]?.line ?? 1}`,
  });
}

function optionFields(mapping: Mapping, target: TargetCatalog | null): OptionFields {
  const names = new Map<string, Set<string>>();
  const add = (entity: string, name: string) => names.set(entity, (names.get(entity) ?? new Set()).add(name));
  for (const { entity, name, type } of mapping.fields)
    if (type === 'enum' || type === 'set')
      for (const each of entitiesWithFieldsOf(entity)) add(each, `custom.${name}`);
  for (const [entity, fields] of Object.entries(target?.entities ?? {}))
    for (const { name, type } of fields)
      if ((type === 'option' || type === 'options') && name !== 'status') add(entity, name);
  return names;
}
