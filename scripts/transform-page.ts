import type { Example, Transform } from '../packages/landfall/src/mapping/transform.ts';
import { code, page, type ReferencePage, table } from './reference-page.ts';

const takes: Readonly<Record<Transform['takes'], string>> = {
  text: 'one text; a list item by item',
  texts: 'a list of texts',
  fields: 'the source fields of the row, in their order',
  lines: 'the texts of gathered records, a line for each (a list: a line for each item)',
  any: 'whatever there is',
};

/** The page of all transforms, in the order given. */
export function transformPage(transforms: readonly Transform[]): ReferencePage {
  return page(
    'transforms',
    'Transforms',
    'What a row of a mapping can do to a value (`via`). The effect is what the proof says of a value that the transform changed; one that it left as it was is `asIs`. The examples are its tests.',
    table(
      ['transform', 'does'],
      transforms.map(({ name, summary }) => [`[${name}](#${name.toLowerCase()})`, summary]),
    ),
    ...transforms.map(section),
  );
}

function section(transform: Transform): string {
  const { name, summary, gives, effect, onEmpty, examples } = transform;
  const makes = typeof gives === 'string' ? gives : 'by its settings';
  const facts = [`Takes ${takes[transform.takes]}`, `gives ${makes}`, `effect \`${effect}\``];
  if (onEmpty) facts.push('called when there is nothing, too');
  const settings = settingsOf(transform);
  return [`## ${name}`, summary, `${facts.join('; ')}.`, ...settings, exampleTable(examples)].join('\n\n');
}

interface Setting {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

function settingsOf({ settings }: Transform): readonly string[] {
  const schema = settings.toJSONSchema({ io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const required = schema.required?.includes(name) ? ' (needed)' : '';
    return [`\`${name}\`${required}`, describe(property as Setting)];
  });
  return rows.length === 0 ? [] : [table(['setting', 'is'], rows)];
}

function describe(setting: Setting): string {
  const parts = [setting.description ?? ''];
  if (setting.enum !== undefined) parts.push(`One of ${setting.enum.map(code).join(', ')}.`);
  if (setting.default !== undefined) parts.push(`Default: ${code(setting.default)}.`);
  return parts.filter((part) => part !== '').join(' ');
}

function exampleTable(examples: readonly Example[]): string {
  const rows = examples.map((example) => [
    code(example.value),
    example.settings === undefined ? '' : code(example.settings),
    example.refuses === undefined ? code(example.gives ?? null) : `refused: ${example.refuses}`,
  ]);
  return table(['from', 'settings', 'to'], rows);
}
