import { describe, expect, it } from 'vitest';
import {
  companyKey,
  domainKey,
  emailKey,
  idKey,
  isPlaceholderEmail,
  isSharedMailbox,
  lookupKeys,
  nameKey,
  ownerKey,
} from './key.ts';

describe('names are compared case, accents and punctuation aside, Turkish letters too', () => {
  it.each([
    ['İSTANBUL', 'ISTANBUL'],
    ['Istanbul', 'istanbul'],
    ['Işıl Şişli', 'IŞIL ŞİŞLİ'],
    ['Çağrı Öztürk', 'cagri ozturk'],
    ['J.R.R. Tolkien', 'JRR Tolkien'],
    ["O'Brien", 'OBrien'],
    ['O’Brien', "O'Brien"],
    ['Jean-Luc', 'Jean Luc'],
    ['Straße', 'STRASSE'],
    ['ＡＣＭＥ', 'Acme'],
    ['Acme, Ltd.', 'acme ltd'],
    ['a  b', ' A B '],
    ['Ångström', 'angstrom'],
  ])('%s and %s', (left, right) => {
    expect(nameKey(left)).toBe(nameKey(right));
  });

  it.each([
    ['Ali', 'Veli'],
    ['Acme 1', 'Acme 2'],
    ['Иванов', 'Петров'],
  ])('but not %s and %s', (left, right) => {
    expect(nameKey(left)).not.toBe(nameKey(right));
  });

  it.each(['', '   ', '---', '...', '!?'])('%j has no key', (text) => {
    expect(nameKey(text)).toBeNull();
  });
});

describe('companies are compared without their legal form (DQ-02)', () => {
  it.each([
    ['Acme A.Ş.', 'acme'],
    ['ACME ANONİM ŞİRKETİ', 'acme'],
    ['Acme San. ve Tic. Ltd. Şti.', 'acme'],
    ['Acme Sanayi ve Ticaret Limited Şirketi', 'acme'],
    ['Acme, Inc.', 'acme'],
    ['Acme L.L.C.', 'acme'],
    ['Acme GmbH & Co. KG', 'acme'],
    ['Acme S.A.', 'acme'],
    ['Acme B.V.', 'acme'],
    ['Ernst & Young', 'ernst young'],
    ['Ernst and Young', 'ernst young'],
    ['Limited', 'limited'],
    ['Co', 'co'],
    ['San Francisco Bakery', 'san francisco bakery'],
    ['ООО Ромашка', 'ооо ромашка'],
  ])('%s is %s', (text, key) => {
    expect(companyKey(text)).toBe(key);
  });
});

describe('e-mail keys (DQ-01)', () => {
  it.each([
    ['Ada@ACME.com', 'ada@acme.com'],
    ['Ada Lovelace <ada@acme.com>', 'ada@acme.com'],
    ['mailto:ada@acme.com', 'ada@acme.com'],
    ['ada@gmail.com', 'ada@gmail.com'],
    ['test.user@acme.example', 'test.user@acme.example'],
  ])('%s is %s', (text, key) => {
    expect(emailKey(text)).toBe(key);
  });

  it.each([
    'yok@yok.com',
    'test@test.com',
    'YOK@gmail.com',
    'n/a',
    '-',
    'aaa@aaa.com',
    'noemail@noemail.com',
    '',
  ])('the placeholder %j is none', (text) => {
    expect(emailKey(text)).toBeNull();
    expect(isPlaceholderEmail(text)).toBe(true);
  });

  it.each(['info@acme.com', 'Sales@acme.com', 'muhasebe@acme.com.tr', 'info2@acme.com', 'acme@acme.com'])(
    'the shared mailbox %s is none',
    (text) => {
      expect(emailKey(text)).toBeNull();
      expect(isSharedMailbox(text)).toBe(true);
      expect(isPlaceholderEmail(text)).toBe(false);
    },
  );

  it('a person is neither', () => {
    expect(isPlaceholderEmail('ada@acme.com')).toBe(false);
    expect(isSharedMailbox('ada@acme.com')).toBe(false);
    expect(isSharedMailbox('info@')).toBe(false);
  });
});

describe('domain, id and owner keys', () => {
  it.each([
    ['https://www.acme.com.tr/x?y', 'acme.com.tr'],
    ['ada@shop.acme.co.uk', 'acme.co.uk'],
    ['ŞİRKET.com', 'xn--irket-idb.com'],
    ['gmail.com', null],
    ['hotmail.co.uk', null],
    ['yandex.com.tr', null],
    ['https://192.168.0.1/', null],
    ['acme', null],
    ['', null],
  ])('the domain of %s is %s', (text, key) => {
    expect(domainKey(text)).toBe(key);
  });

  it('ids keep their zeros, GUIDs lose case and braces', () => {
    expect(idKey(' 001 ')).toBe('001');
    expect(idKey('001')).not.toBe(idKey('1'));
    expect(idKey('{0A1B2C3D-0000-1111-2222-333344445555}')).toBe('0a1b2c3d-0000-1111-2222-333344445555');
    expect(idKey('  ')).toBeNull();
  });

  it('an owner is an address or a name (OWN-10)', () => {
    expect(ownerKey('Ada Lovelace <ADA@acme.com>')).toBe('ada@acme.com');
    expect(ownerKey('AYŞE  YILMAZ')).toBe(ownerKey('Ayşe Yılmaz'));
    expect(ownerKey('')).toBeNull();
  });

  it('a company is found with and without its legal form', () => {
    expect(lookupKeys('name', 'Acme Ltd.').map(({ value }) => value)).toEqual(['acme ltd', 'acme']);
    expect(lookupKeys('email', 'info@acme.com')).toEqual([]);
  });
});
