import type { ConfigurationStep } from '../model/plan.ts';
import type { TargetEntity } from '../model/target.ts';
import { nameKey } from './account-index.ts';
import type { WireAccount } from './fields.ts';

/** Kinds of configuration that stand in a list of their own, each under an id. */
export type ListedKind = Exclude<ConfigurationStep['kind'], 'field' | 'option'>;

/** A row of such a list. */
interface Row {
  readonly id: string;
  readonly name: string;
}

/** How such a thing is taken back, and what keeps it. */
interface Listed {
  /** The list, and the path of it. */
  readonly list: 'leadLabels' | 'activityTypes' | 'stages' | 'pipelines';
  readonly version: 'v1' | 'v2';
  readonly words: string;
  /** The field that names it in records, and which of the values found there do. */
  readonly usedIn: readonly [TargetEntity, string];
  isUse(thing: Row, wire: WireAccount): (value: string) => boolean;
  whyUsed(name: string): string;
  /** What else keeps it. */
  whyNeeded?(thing: Row, wire: WireAccount): string | null;
}

const isNamed = ({ name }: Row) => isKey(nameKey(name));

/** Each kind: where it stands, what uses it, and what is said when it stays. */
export const listed: Readonly<Record<ListedKind, Listed>> = {
  leadLabel: {
    list: 'leadLabels',
    version: 'v1',
    words: 'lead label',
    usedIn: ['lead', 'label_ids'],
    isUse: isNamed,
    whyUsed: (name) => `leads with the label "${name}" stay`,
  },
  activityType: {
    list: 'activityTypes',
    version: 'v1',
    words: 'activity type',
    usedIn: ['activity', 'type'],
    isUse: isNamed,
    whyUsed: (name) => `activities of the type "${name}" stay`,
  },
  stage: {
    list: 'stages',
    version: 'v2',
    words: 'stage',
    usedIn: ['deal', 'stage_id'],
    isUse: ({ id, name }, { stages, pipelines }) => {
      const of = stages.find((each) => each.id === id)?.pipeline_id;
      return isKey(nameKey(`${pipelines.find((each) => each.id === of)?.name ?? ''}\n${name}`));
    },
    whyUsed: (name) => `deals stay in the stage "${name}"`,
  },
  pipeline: {
    list: 'pipelines',
    version: 'v2',
    words: 'pipeline',
    usedIn: ['deal', 'stage_id'],
    isUse: ({ name }) => {
      const pipeline = nameKey(name);
      return (value) => nameKey(value.split('\n')[0] ?? '') === pipeline;
    },
    whyUsed: (name) => `deals stay in the pipeline "${name}"`,
    whyNeeded: stagesIn,
  },
};

function isKey(key: string): (value: string) => boolean {
  return (value) => value === key;
}

/** Ours are taken back before their pipeline: those that are there still somebody added, or they had to stay. */
function stagesIn({ id, name }: Row, { stages }: WireAccount): string | null {
  const staying = stages.filter((stage) => stage.pipeline_id === id && !stage.is_deleted);
  if (staying.length === 0) return null;
  return `the pipeline "${name}" has stages that stay: ${staying.map((stage) => `"${stage.name}"`).join(', ')}`;
}

/** One of these lists, as the account answered it. */
export function rowsOf(wire: WireAccount, list: Listed['list']): readonly Row[] {
  return wire[list];
}
