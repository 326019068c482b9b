import { describe, expect, it } from 'vitest';
import { resultsCatalog } from '../sources/results/catalog.ts';
import { fieldOf } from '../sources/shared/export-files/export-catalog.ts';
import { resultsTemplate } from './results.ts';

const gathered = (from: string) =>
  resultsTemplate.entities.filter((entity) => entity.from === from).flatMap(({ gather = [] }) => gather);

/** Whether a name of a row is a standard field of the entity, or of records gathered into it. */
function isKnown(from: string, name: string): boolean {
  const gather = gathered(from).find(({ as }) => name.startsWith(`${as}.`));
  const owner = gather === undefined ? from : gather.from;
  const field = gather === undefined ? name : name.slice(gather.as.length + 1);
  const entity = resultsCatalog.entities.find((one) => one.name === owner);
  return entity !== undefined && fieldOf(entity, field) !== undefined;
}

const rows = resultsTemplate.entities.flatMap((entity) => entity.rows.map((row) => ({ ...row, entity })));

describe('the template for leaving Results', () => {
  it('its rows and conditions read fields that the catalog has', () => {
    const unknown = rows.flatMap(({ to, from, onlyIf, entity }) => {
      const conditions = [onlyIf ?? [], entity.when ?? []].flat().flatMap(({ source }) => source ?? []);
      const names = [from ?? [], conditions].flat().filter((name) => !isKnown(entity.from, name));
      return names.map((name) => `${entity.from}: ${to} reads ${name}`);
    });
    expect(unknown).toEqual([]);
    expect(rows.length).toBeGreaterThan(200);
  });

  it('every standard field of a table that moves is read by a row, or left with a reason', () => {
    const left = (entity: string, field: string) =>
      resultsTemplate.leave.some(
        (one) => (one.entity === entity || one.entity === '*') && one.field === field,
      );
    const used = (entity: string, field: string) =>
      rows.some(
        ({ from, entity: own, onlyIf }) =>
          (own.from === entity && [from ?? []].flat().includes(field)) ||
          (own.from === entity &&
            [onlyIf ?? [], own.when ?? []].flat().some(({ source }) => source === field)) ||
          gathered(own.from).some(
            (gather) => gather.from === entity && [from ?? []].flat().includes(`${gather.as}.${field}`),
          ),
      );
    const moved = new Set([...resultsTemplate.entities.map(({ from }) => from), 'invoice-lines']);
    const lost = resultsCatalog.entities
      .filter(({ name }) => moved.has(name))
      .flatMap(({ name, id, fields, lookups }) =>
        fields
          .filter(({ name: field }) => field !== id && !lookups.some(({ from }) => from.includes(field)))
          .filter(({ name: field }) => !used(name, field) && !left(name, field))
          .map(({ name: field }) => `${name}.${field}`),
      );
    expect(lost).toEqual([]);
  });

  it('custom fields of its rows are declared with a type, and declared ones are filled', () => {
    const filled = rows.flatMap(({ to }) => {
      const [entity = '', kind = '', ...name] = to.split('.');
      return kind === 'custom' ? [`${entity}.${name.join('.')}`] : [];
    });
    const declared = resultsTemplate.fields.map(({ entity, name }) => `${entity}.${name}`);
    expect([...new Set(filled)].toSorted()).toEqual(declared.toSorted());
  });

  it('R-06: whichever list is the source of truth, where it has no value that of the other one moves', () => {
    const hung = rows.filter(({ answer }) => answer !== undefined);
    const fields = Object.values(Object.groupBy(hung, ({ to }) => to)).map((pair = []) =>
      ['export', 'quickbooks'].map((list) => pair.find(({ answer }) => answer?.is === list)?.from),
    );
    expect(fields).toHaveLength(7);
    for (const [ofExport, ofQuickbooks] of fields) {
      expect(ofExport).toHaveLength(2);
      expect([ofExport].flat().toReversed()).toEqual(ofQuickbooks);
    }
  });

  it('R-22(d), R-26: deals without a company and contacts without one go to a review, notes stay notes', () => {
    expect(resultsTemplate.policies).toMatchObject({
      unlinkedDeals: 'review',
      contactsWithoutCompany: 'review',
      unmatchedOwners: 'queue',
      notesAs: 'note',
    });
  });
});
