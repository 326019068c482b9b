import type { Snapshot, SnapshotRecord } from './support/emulator.ts';

/** A record of the emulated account as a person sees it: custom fields by name, options and labels as words. */
export type Seen = SnapshotRecord & {
  readonly id: number;
  readonly custom: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
};

interface Field {
  readonly entity: string;
  readonly field_code: string;
  readonly field_name: string;
  readonly field_type: string;
  readonly is_custom_field: boolean;
  readonly options: readonly { readonly id: number; readonly label: string }[] | null;
}

type Entity = 'organization' | 'person' | 'deal' | 'product';

const lists = {
  organization: 'organizations',
  person: 'persons',
  deal: 'deals',
  product: 'products',
} as const;

/** Looks at an emulated account by its own snapshot, and at nothing of ours but the marker on its records. */
export class AccountView {
  readonly snapshot: Snapshot;
  readonly #fields: readonly Field[];

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    this.#fields = snapshot['fields'] as unknown as readonly Field[];
  }

  /** Records of a kind of the snapshot (`activities`, `users`, `stages`, ...). */
  list(kind: string): readonly SnapshotRecord[] {
    return this.snapshot[kind] ?? [];
  }

  /** All records of an entity. */
  all(entity: Entity): readonly Seen[] {
    return this.list(lists[entity]).map((record) => this.#seen(entity, record));
  }

  /** The record whose marker ends with this source id. Throws when there is not exactly one. */
  made(entity: Entity, sourceId: string): Seen {
    const found = this.all(entity).filter(({ custom }) =>
      String(custom['Landfall source key']).endsWith(`:${sourceId}`),
    );
    return only(found, `${entity} ${sourceId}`);
  }

  /** Whether any record of the entity carries the marker of this source id. */
  has(entity: Entity, sourceId: string): boolean {
    return this.all(entity).some(({ custom }) =>
      String(custom['Landfall source key']).endsWith(`:${sourceId}`),
    );
  }

  /** The activity with this subject. Throws when there is not exactly one. */
  activity(subject: string): SnapshotRecord {
    return only(
      this.list('activities').filter((one) => one['subject'] === subject),
      `activity ${subject}`,
    );
  }

  /** The activity or note whose text holds these words. Throws when there is not exactly one. */
  text(kind: 'activities' | 'notes', words: string): SnapshotRecord {
    const name = kind === 'notes' ? 'content' : 'note';
    return only(
      this.list(kind).filter((one) => String(one[name]).includes(words)),
      `${kind} with “${words}”`,
    );
  }

  /** A custom field by its name. Throws when there is not exactly one. */
  field(entity: Entity, name: string): Field {
    return only(
      this.#fields.filter(
        (field) => field.is_custom_field && field.entity === entity && field.field_name === name,
      ),
      `field ${name}`,
    );
  }

  /** The words of the options of a custom field (by its name) or of a built-in one (by its code). */
  options(entity: Entity, nameOrCode: string): readonly string[] {
    const field = this.#fields.find(
      (one) =>
        one.entity === entity && (one.is_custom_field ? one.field_name : one.field_code) === nameOrCode,
    );
    return (field?.options ?? []).map(({ label }) => label);
  }

  /** The id of the user with this e-mail. */
  userId(email: string): unknown {
    return only(
      this.list('users').filter((user) => user['email'] === email),
      email,
    )['id'];
  }

  /** Pipeline, stage and probability of a deal's stage. */
  stageOf(deal: Seen): {
    readonly pipeline: unknown;
    readonly stage: unknown;
    readonly probability: unknown;
  } {
    const stage = only(
      this.list('stages').filter((one) => one['id'] === deal['stage_id']),
      `stage ${deal['stage_id']}`,
    );
    const pipeline = only(
      this.list('pipelines').filter((one) => one['id'] === stage['pipeline_id']),
      'pipeline',
    );
    return { pipeline: pipeline['name'], stage: stage['name'], probability: stage['deal_probability'] };
  }

  /** The stages of a pipeline in order. */
  stages(pipeline: string): readonly { readonly name: unknown; readonly probability: unknown }[] {
    const { id } = only(
      this.list('pipelines').filter((one) => one['name'] === pipeline),
      `pipeline ${pipeline}`,
    );
    return this.list('stages')
      .filter((one) => one['pipeline_id'] === id)
      .toSorted((a, b) => Number(a['order_nr']) - Number(b['order_nr']))
      .map((one) => ({ name: one['name'], probability: one['deal_probability'] }));
  }

  #seen(entity: Entity, record: SnapshotRecord): Seen {
    const custom: Record<string, unknown> = {};
    for (const [code, value] of Object.entries((record['custom_fields'] ?? {}) as Record<string, unknown>)) {
      const field = this.#fields.find((one) => one.entity === entity && one.field_code === code);
      if (field !== undefined) custom[field.field_name] = words(field, value);
    }
    const label = this.#fields.find((one) => one.entity === entity && one.field_code === 'label_ids');
    const labels = label === undefined ? [] : (words(label, record['label_ids'] ?? []) as string[]);
    return { ...record, id: Number(record['id']), custom, labels };
  }
}

function words(field: Field, value: unknown): unknown {
  if (field.options === null || value === null) return value;
  const labelOf = (id: unknown) => field.options?.find((option) => option.id === id)?.label ?? id;
  return Array.isArray(value) ? value.map(labelOf) : labelOf(value);
}

/** The one item. Throws, naming it, when there is none or more than one. */
function only<T>(items: readonly T[], what: string): T {
  const [first] = items;
  if (items.length !== 1 || first === undefined) throw new Error(`${items.length} of ${what}, not one`);
  return first;
}

/** The labelled lines of the block at the top of a note (decisions.md): `Direction` -> `Sent`. */
export function blockOf(record: SnapshotRecord): Readonly<Record<string, string>> {
  const block =
    /^<p><b>From the source<\/b>(.*?)<\/p>/s.exec(String(record['note'] ?? record['content']))?.[1] ?? '';
  const lines = block.split('<br />').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^<b>(.*?):<\/b> (.*)$/s.exec(line) ?? [];
      return [name ?? line, value ?? ''];
    }),
  );
}
