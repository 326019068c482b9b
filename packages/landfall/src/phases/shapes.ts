import type { StageShape } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity } from '../model/source.ts';
import type { StagedRecord } from '../model/store.ts';
import type { PhaseContext } from './context.ts';

/** Which standard fields of which entity tell pipeline, stage, outcome and probability. */
export interface StageFields {
  readonly entity: string;
  readonly pipeline: string;
  readonly stage: string;
  readonly status: string;
  readonly probability: string;
}

const batchSize = 1000;

/** Counts the stages of the staged deals: there is no other list of them (S-23, DISC-15). */
export async function stageShapes(
  context: PhaseContext,
  catalog: SourceCatalog,
  fields: StageFields | null,
): Promise<readonly StageShape[]> {
  const entity = catalog.entities.find((one) => one.name === fields?.entity);
  if (fields === null || entity === undefined) return [];
  const read = reader(entity, fields);
  const shapes = new Map<string, StageShape>();
  for (let after = 0; ; ) {
    const page = await context.store.stagedPage(entity.name, after, batchSize);
    const last = page.at(-1);
    if (last === undefined) return [...shapes.values()];
    for (const record of page) count(shapes, read(record), record.seq);
    after = last.seq;
  }
}

type Texts = Pick<StageShape, 'pipeline' | 'stage' | 'status' | 'probability'>;

function reader(entity: SourceEntity, fields: StageFields): (record: StagedRecord) => Texts {
  const text = (standard: string) => {
    const name = entity.fields.find((field) => field.standard === standard || field.name === standard)?.name;
    return (record: StagedRecord) => (name === undefined ? '' : String(record.fields[name] ?? '').trim());
  };
  const [pipeline, stage] = [text(fields.pipeline), text(fields.stage)];
  const [status, probability] = [text(fields.status), text(fields.probability)];
  return (record) => ({
    pipeline: pipeline(record),
    stage: stage(record),
    status: status(record),
    probability: probability(record),
  });
}

function count(shapes: Map<string, StageShape>, texts: Texts, seq: number): void {
  const name = JSON.stringify([texts.pipeline, texts.stage, texts.status, texts.probability]);
  const known = shapes.get(name);
  shapes.set(name, { ...texts, count: (known?.count ?? 0) + 1, firstSeen: known?.firstSeen ?? seq });
}
