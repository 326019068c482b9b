import { z } from 'zod';
import type { PipelineMapping } from '../../model/mapping.ts';
import { textKey } from '../fold.ts';
import { indexPipelines } from '../pipeline-index.ts';
import { fieldsTransform, gives, type Outcome, quote, refuses } from '../transform.ts';

const sales: PipelineMapping = {
  name: 'Sales',
  from: ['Satış', ''],
  stages: [
    { name: 'New', from: ['Yeni'] },
    { name: 'Offer', from: ['Teklif', 'Proposal Sent'] },
  ],
  closed: [
    { from: 'Kazanıldı', status: 'won' },
    { from: 'Closed Lost', status: 'lost' },
  ],
};
const service: PipelineMapping = { name: 'Service', from: ['Servis'], stages: [{ name: 'Open', from: [] }] };
const example = { pipelines: [sales, service] };

const stage = fieldsTransform({
  name: 'stage',
  summary:
    'The stage by the source’s pipeline and stage names (DQ-05), through `pipelines`. A stage that is an outcome becomes the pipeline’s last stage.',
  gives: 'stage',
  effect: 'byRule',
  settings: z.strictObject({}),
  examples: [
    { value: ['Satış', 'Yeni'], context: example, gives: { pipeline: 'Sales', stage: 'New' } },
    { value: ['SATIŞ', ' yeni '], context: example, gives: { pipeline: 'Sales', stage: 'New' } },
    { value: ['', 'Proposal Sent'], context: example, gives: { pipeline: 'Sales', stage: 'Offer' } },
    { value: 'Teklif', context: example, gives: { pipeline: 'Sales', stage: 'Offer' } },
    { value: ['Satış', 'Kazanıldı'], context: example, gives: { pipeline: 'Sales', stage: 'Offer' } },
    {
      value: ['Sales', 'Offer'],
      context: example,
      gives: { pipeline: 'Sales', stage: 'Offer' },
      effect: 'normalised',
    },
    { value: ['Servis', 'Open'], context: example, gives: { pipeline: 'Service', stage: 'Open' } },
    {
      value: 'Open',
      context: { pipelines: [service] },
      gives: { pipeline: 'Service', stage: 'Open' },
      effect: 'normalised',
    },
    { value: ['Servis', 'Yeni'], context: example, refuses: 'has no stage for "Yeni"' },
    { value: ['Başka', 'Yeni'], context: example, refuses: 'stands for "Başka"' },
    { value: ['Satış', ''], context: example, gives: null },
  ],
  prepare: (_settings, context) => {
    const find = indexPipelines(context.pipelines);
    return (fields) => {
      const [pipelineText, stageText] = fields.length > 1 ? fields : ['', fields[0]];
      if (stageText === undefined || stageText.trim() === '') return gives(null);
      const pipeline = find(pipelineText ?? '');
      if (!pipeline.ok) return refuses(pipeline.reason);
      const meaning = pipeline.value.stage(stageText);
      if (meaning === null) {
        return refuses(
          `pipeline ${pipeline.value.name} has no stage for ${quote(stageText)}: add it to \`from\` of a stage or to \`closed\``,
        );
      }
      const value = { pipeline: pipeline.value.name, stage: meaning.stage };
      return gives(value, meaning.stage === stageText.trim() ? 'normalised' : 'byRule');
    };
  },
});

const outcomeWords: Readonly<Record<'open' | 'won' | 'lost', string>> = {
  open: 'open;opened;active;in progress;pending;new;ongoing;açık;aktif;devam ediyor;beklemede;0',
  won: 'won;win;closed won;closed - won;kazanıldı;kazanılan;kazandı;başarılı;1',
  lost: 'lost;loss;closed lost;closed - lost;kaybedildi;kaybedilen;kaybetti;başarısız;canceled;cancelled;iptal;2',
};

type Status = 'open' | 'won' | 'lost';

const texts = z.array(z.string()).min(1).optional();

const dealStatus = fieldsTransform({
  name: 'dealStatus',
  summary:
    'open, won or lost, of the status text, and where that is silent of the stage (and pipeline) by `pipelines`. Two that contradict each other are refused.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({
    open: texts.describe('Further texts that mean open.'),
    won: texts.describe('Further texts that mean won.'),
    lost: texts.describe('Further texts that mean lost.'),
  }),
  examples: [
    { value: ['Won', '', ''], gives: 'won' },
    { value: ['KAZANILDI', '', ''], gives: 'won' },
    { value: ['Closed Lost', '', ''], gives: 'lost' },
    { value: ['Açık', '', ''], gives: 'open' },
    { value: ['', 'Kazanıldı', 'Satış'], context: example, gives: 'won' },
    { value: ['', 'Closed Lost', ''], context: example, gives: 'lost' },
    { value: ['', 'Yeni', 'Satış'], context: example, gives: 'open' },
    { value: ['', '', ''], context: example, gives: 'open' },
    { value: ['Open', 'Kazanıldı', 'Satış'], context: example, gives: 'won' },
    { value: ['Won', 'Yeni', 'Satış'], context: example, gives: 'won' },
    { value: ['Won', 'Closed Lost', 'Satış'], context: example, refuses: 'contradict' },
    { value: 'lost', gives: 'lost', effect: 'asIs' },
    { value: 'Fertig', settings: { won: ['fertig'] }, gives: 'won' },
    { value: 'Frozen', refuses: 'is neither open, won nor lost' },
  ],
  prepare: (settings, context) => {
    const find = indexPipelines(context.pipelines);
    const words = new Map<string, Status>();
    for (const status of ['open', 'won', 'lost'] as const) {
      for (const word of outcomeWords[status].split(';')) words.set(textKey(word), status);
      for (const word of settings[status] ?? []) words.set(textKey(word), status);
    }
    return ([statusText = '', stageText = '', pipelineText = '']) => {
      const pipeline = stageText.trim() === '' ? null : find(pipelineText);
      const byStage = pipeline?.ok === true ? (pipeline.value.stage(stageText)?.status ?? null) : null;
      if (statusText.trim() === '') return gives(byStage ?? 'open', 'byRule');
      const stated = words.get(textKey(statusText));
      if (stated === undefined) return refuses(unknownStatus(statusText));
      return agreed(stated, byStage, statusText, stageText);
    };
  },
});

function unknownStatus(text: string): string {
  return `${quote(text)} is neither open, won nor lost: name it in the settings of \`dealStatus\``;
}

function agreed(
  stated: Status,
  byStage: 'won' | 'lost' | null,
  statusText: string,
  stageText: string,
): Outcome {
  if (byStage === null || byStage === stated)
    return statusText === stated ? gives(stated, 'asIs') : gives(stated);
  if (stated === 'open') return gives(byStage);
  return refuses(`status ${quote(statusText)} and stage ${quote(stageText)} contradict each other`);
}

const stageStatus = fieldsTransform({
  name: 'stageStatus',
  summary:
    'open, won or lost of pipeline and stage (or the stage alone) by `pipelines`, where the source has no status beside the stage.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({}),
  examples: [
    { value: ['Satış', 'Kazanıldı'], context: example, gives: 'won' },
    { value: ['Satış', 'Yeni'], context: example, gives: 'open' },
    { value: 'Closed Lost', context: example, gives: 'lost' },
    { value: ['Satış', 'Nobody knows'], context: example, gives: 'open' },
    { value: ['Satış', ''], context: example, gives: null },
  ],
  prepare: (_settings, context) => {
    const find = indexPipelines(context.pipelines);
    return (fields) => {
      const [pipelineText, stageText] = fields.length > 1 ? fields : ['', fields[0]];
      if (stageText === undefined || stageText.trim() === '') return gives(null);
      const pipeline = find(pipelineText ?? '');
      const status = pipeline.ok ? (pipeline.value.stage(stageText)?.status ?? null) : null;
      return gives(status ?? 'open', 'byRule');
    };
  },
});

/** Transforms of stages and outcomes. */
export const pipelineTransforms = [stage, dealStatus, stageStatus];
