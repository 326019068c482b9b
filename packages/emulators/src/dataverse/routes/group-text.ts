import type { Exchange } from '../exchange.ts';
import type { Group } from '../query/aggregate.ts';
import { formattedValue } from '../rows/formatted-value.ts';
import { TERMS, wants } from '../rows/preferences.ts';
import { jsonOf } from '../rows/row-writer.ts';
import { isRef } from '../world/content.ts';

/** A group as a JSON object; what is empty is left out. */
export function groupText({ organization, preferences }: Exchange, { keys, results }: Group): string {
  const formats = wants(preferences, TERMS.formatted);
  const texts: string[] = [];
  for (const { name, column, table, value, row } of keys) {
    if (value === null) continue;
    const text = formats ? formattedValue(organization, table, row, column, value) : null;
    if (text !== null) texts.push(`${JSON.stringify(`${name}@${TERMS.formatted}`)}:${JSON.stringify(text)}`);
    if (isRef(value) && wants(preferences, TERMS.lookup))
      texts.push(`${JSON.stringify(`${name}@${TERMS.lookup}`)}:${JSON.stringify(value.table)}`);
    texts.push(`${JSON.stringify(name)}:${jsonOf(column, value)}`);
  }
  for (const { name, json, number } of results) {
    if (json === 'null') continue;
    if (formats && number !== null)
      texts.push(
        `${JSON.stringify(`${name}@${TERMS.formatted}`)}:${JSON.stringify(number.toLocaleString('en-US'))}`,
      );
    texts.push(`${JSON.stringify(name)}:${json}`);
  }
  return `{${texts.join(',')}}`;
}
