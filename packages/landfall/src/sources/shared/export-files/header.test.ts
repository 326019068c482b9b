import { describe, expect, it } from 'vitest';
import { headerKey, headerUnit, headerWords } from './header.ts';

describe('headers in comparable form', () => {
  it.each([
    ['E-Posta', 'e posta'],
    ['CompanyID', 'company id'],
    ['Company_ID', 'Company ID'],
    ['FİRMA ADI', 'Firma Adı'],
    ['Value (TRY)', 'value'],
    ['Oluşturma Tarihi', 'OLUSTURMA TARIHI'],
    ['  Phone ', 'phone'],
  ])('"%s" and "%s" are one', (left, right) => {
    expect(headerKey(left)).toBe(headerKey(right));
  });

  it.each([
    ['Company', 'Company ID'],
    ['Phone', 'Phone 2'],
    ['Discount %', 'Discount'],
  ])('"%s" and "%s" stay two', (left, right) => {
    expect(headerKey(left)).not.toBe(headerKey(right));
  });

  it('a header of nothing but brackets keeps them', () => {
    expect(headerKey('(TRY)')).toBe('try');
    expect(headerUnit('Value (TRY)')).toBe('TRY');
    expect(headerUnit('Value')).toBeNull();
  });

  it('words are cut at spaces, signs and inner capitals', () => {
    expect(headerWords('birthDate-Müşteri')).toEqual(['birth', 'date', 'musteri']);
  });
});
