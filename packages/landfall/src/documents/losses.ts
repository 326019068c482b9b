import type { EntityMapping, Mapping } from '../model/mapping.ts';
import type { TargetCatalog, TargetEntity } from '../model/target.ts';

/** What becomes of the original creation date of one kind of record. */
export interface DateKeeping {
  readonly entity: TargetEntity;
  /** The destination would take the date as its own. */
  readonly settable: boolean;
  /** The mapping sets it. */
  readonly asSystemDate: boolean;
  /** Where the mapping keeps it; [] when nowhere. */
  readonly keptIn: readonly string[];
}

/** The system field for the date of creation, and how fields and lines that keep it are called. */
const systemDate = 'add_time';
const creationWords = /creat|added|original|olusturma|oluşturma|kayit|kayıt/i;

/** Which records keep their original date as a system date, and where the others keep it (decisions.md: original timestamps). */
export function dateKeeping(mapping: Mapping, target: TargetCatalog): readonly DateKeeping[] {
  const entities = [...new Set(mapping.entities.map(({ to }) => to))].filter(
    (to) => to !== 'organizationRelationship',
  );
  return entities.map((entity) => {
    const rows = mapping.entities.filter(({ to }) => to === entity).flatMap((one) => one.rows);
    const settable = target.entities[entity].some(
      ({ name, settable: when }) => name === systemDate && when !== 'never',
    );
    const kept = rows
      .map(({ to }) => to)
      .filter((to) => /\.(?:custom|block)\./.test(to) && creationWords.test(to));
    const usesSystem = rows.some(({ to }) => to === `${entity}.${systemDate}`);
    return { entity, settable, asSystemDate: settable && usesSystem, keptIn: [...new Set(kept)] };
  });
}

/** A sentence about the dates of one kind of record. */
export function keepingText({ entity, settable, asSystemDate, keptIn }: DateKeeping): string {
  if (asSystemDate) return `${entity}: the original creation date becomes the system date.`;
  const where = keptIn.length === 0 ? 'it is not moved' : `it is kept in ${keptIn.join(' and ')}`;
  const because = settable ? 'the mapping sets no other' : 'the destination takes no other';
  return `${entity}: the system date will be the day of the migration, because ${because}; the original: ${where}.`;
}

/** What the mapping changes so that something is lost, in the words of its rows. */
export function lossyRows(mapping: Mapping): readonly string[] {
  return mapping.entities.flatMap((entity) =>
    entity.rows
      .filter(isLossy)
      .map(
        (row) =>
          `${entity.from}.${[row.from ?? []].flat().join(' + ')} to ${row.to}: ${row.why ?? 'a part of the value is cut'}`,
      ),
  );
}

const lossyCalls: ReadonlySet<string> = new Set([
  'truncate',
  'round',
  'firstFilled',
  'first',
  'last',
  'max',
  'min',
]);

function isLossy({ via = [] }: EntityMapping['rows'][number]): boolean {
  return via.some((call) => lossyCalls.has(typeof call === 'string' ? call : (Object.keys(call)[0] ?? '')));
}
