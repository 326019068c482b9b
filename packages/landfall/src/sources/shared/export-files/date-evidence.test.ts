import { describe, expect, it } from 'vitest';
import { DateEvidence, dayOf } from './date-evidence.ts';

function read(...texts: string[]) {
  const evidence = new DateEvidence();
  for (const text of texts) evidence.add(text, 1);
  return { ...evidence.read(), dates: evidence.dates, withTime: evidence.withTime, empty: evidence.empty };
}

describe('how a column writes its dates is read from its values, never guessed', () => {
  it.each([
    [['2024-01-31', '2023-12-01'], 'yyyy-MM-dd'],
    [['31.12.2024', '01.02.2024'], 'dd.MM.yyyy'],
    [['03.04.2024', '05.06.2024'], 'dd.MM.yyyy'],
    [['3.4.2024', '12.11.2024'], 'd.M.yyyy'],
    [['31/12/2024', '01/02/2024'], 'dd/MM/yyyy'],
    [['12/31/2024', '01/02/2024'], 'MM/dd/yyyy'],
    [['10/20/2016', '3/1/2017'], 'M/d/yyyy'],
    [['20-10-16', '01-03-17'], 'dd-MM-yy'],
    [['2024/01/02'], 'yyyy/MM/dd'],
    [['31.12.2024 14:30', '01.02.2024 09:05'], 'dd.MM.yyyy HH:mm'],
    [['12/31/2024 2:30 PM', '1/2/2024 11:05 AM'], 'M/d/yyyy h:mm a'],
    [['2024-01-02T03:04:05Z', '2024-01-02T03:04:05+03:00'], 'iso'],
    [['2024-01-02 03:04', '2024-01-02'], 'iso'],
    [['2 Ocak 2024', '15 Şubat 2024'], 'd MMMM yyyy'],
    [['January 2, 2024'], 'MMMM d, yyyy'],
  ])('%j is %s', (texts, format) => {
    expect(read(...texts)).toMatchObject({ format, doubt: 'none', dates: texts.length });
  });

  it('without a part over 12 both orders are told and none is chosen', () => {
    const reading = read('03/04/2024', '11/12/2023');
    expect(reading).toMatchObject({ format: null, doubt: 'order', formats: ['dd/MM/yyyy', 'MM/dd/yyyy'] });
    expect(reading.evidence).toContain('no part is over 12');
  });

  it('a column with both orders is mixed', () => {
    expect(read('31/12/2024', '12/31/2024')).toMatchObject({ format: null, doubt: 'mixed' });
  });

  it('two ways of writing in one column are both told', () => {
    const reading = read('31.12.2024', '2024-12-31');
    expect(reading).toMatchObject({ format: null, doubt: 'mixed' });
    expect(reading.formats.toSorted()).toEqual(['dd.MM.yyyy', 'yyyy-MM-dd']);
  });

  it('values with and without seconds need two formats, and leave no doubt', () => {
    expect(read('31.12.2024 10:00', '31.12.2024 10:00:30')).toMatchObject({
      doubt: 'none',
      format: null,
      formats: ['dd.MM.yyyy HH:mm', 'dd.MM.yyyy HH:mm:ss'],
    });
  });

  it('first and last day are told', () => {
    expect(read('31.12.2024', '01.02.2019')).toMatchObject({ from: '2019-02-01', to: '2024-12-31' });
  });

  it.each(['0000-00-00', '1900-01-01', '0001-01-01 00:00:00', '00.00.0000'])(
    '%s stands for no date',
    (text) => {
      expect(read(text)).toMatchObject({ dates: 0, empty: 1 });
    },
  );

  it.each(['', '2024-13-01', '32.01.2024', '1/2', 'Q1 2024', '12.5', '2024', 'today', '45292', 'May 2024'])(
    '"%s" is no date',
    (text) => {
      expect(new DateEvidence().add(text, 1)).toBe(false);
    },
  );

  it('a day is told in both readings where there are two', () => {
    const day = dayOf('02/01/2024');
    expect(day).toEqual({ dayFirst: 19_724, monthFirst: 19_754 });
    expect(dayOf('2024-01-02 10:00')).toEqual({ dayFirst: 19_724, monthFirst: 19_724 });
  });
});
