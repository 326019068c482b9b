import { optionOf } from '../schema/schema.ts';
import { choice, type Maker, type Making, money, someDay, someTimeText, sometimes } from './makers.ts';
import { addressWord, nationalId, phoneText, taxNumber } from './turkish-numbers.ts';
import {
  COMPANY_TRADES,
  COMPANY_WORDS,
  DISTRICTS,
  FAMILY_NAMES,
  GIVEN_NAMES,
  LEGAL_FORMS,
  STREETS,
  TAX_OFFICES,
} from './turkish-words.ts';

const OPEN_STATUSES = ['Yeni', 'Görüşülüyor', 'Nitelikli', 'Olumsuz'] as const;

/** What a company is called; the words decide its domain too. */
export function companyWords(index: number): { name: string; domain: string } {
  const word = COMPANY_WORDS[index % COMPANY_WORDS.length] ?? '';
  const trade = COMPANY_TRADES[Math.floor(index / COMPANY_WORDS.length) % COMPANY_TRADES.length] ?? '';
  const round = Math.floor(index / (COMPANY_WORDS.length * COMPANY_TRADES.length));
  const more = round === 0 ? '' : ` ${round + 1}`;
  const form = LEGAL_FORMS[index % LEGAL_FORMS.length] ?? '';
  return {
    name: `${word} ${trade}${more} ${form}`,
    domain: `${addressWord(`${word}${trade}${more}`)}.com.tr`,
  };
}

function addressOf({ random }: Making, module: string): Record<string, unknown> {
  return {
    address: `${random.pick(STREETS)} No: ${random.between(1, 180)} D: ${random.between(1, 30)}`,
    neighborhood: sometimes(random, 60, () => 'Cumhuriyet Mah.'),
    district: random.pick(DISTRICTS),
    cityId: choice(random, module, 'cityId'),
    countryId: choice(random, module, 'countryId'),
    postalCode: `0${random.between(1_000, 9_999)}`,
  };
}

function personOf(making: Making, module: string, domain: string): Record<string, unknown> {
  const { random, index } = making;
  const name = GIVEN_NAMES[(index * 7) % GIVEN_NAMES.length] ?? '';
  const surname = FAMILY_NAMES[(index * 5 + Math.floor(index / 24)) % FAMILY_NAMES.length] ?? '';
  const address = `${addressWord(name)}.${addressWord(surname)}${index}@${domain}`;
  return {
    name,
    surname,
    emails: [
      { type: 'İş', value: address, primary: true },
      ...(index % 9 === 0
        ? [{ type: 'Ev', value: `${addressWord(name)}${index}@gmail.com`, primary: false }]
        : []),
    ],
    phones: [
      ...(index % 6 === 0 ? [{ type: 'İş', value: phoneText(random, '212'), primary: false }] : []),
      { type: 'Cep', value: phoneText(random, random.pick(['532', '505', '542'])), primary: true },
    ],
    ...addressOf(making, module),
    position: random.pick(['Satın Alma Müdürü', 'Genel Müdür', 'Muhasebe Sorumlusu', 'Şef']),
    department: sometimes(random, 50, () => random.pick(['Satın Alma', 'Üretim', 'İdari İşler'])),
    sourceId: choice(random, module, 'sourceId'),
    description: sometimes(
      random,
      20,
      () => 'Görüşmelerde Türkçe tercih ediyor; "acil" konularda cebinden aranmalı.',
    ),
  };
}

/** Companies, contacts, leads and customers. */
export const PEOPLE_MAKERS: Readonly<Record<string, Maker>> = {
  company: (making) => {
    const { random, index } = making;
    const { name, domain } = companyWords(index);
    return {
      name,
      title: `${name} Genel Müdürlüğü`,
      sectorId: choice(random, 'company', 'sectorId'),
      segmentId: choice(random, 'company', 'segmentId'),
      url: sometimes(random, 85, () => `www.${domain}`),
      emails: [{ type: 'İş', value: `info@${domain}`, primary: true }],
      phones: [{ type: 'İş', value: phoneText(random, '212'), primary: true }],
      ...addressOf(making, 'company'),
      taxOffice: random.pick(TAX_OFFICES),
      taxNumber: taxNumber(random),
      headcount: random.between(1, 2_000),
      establishment: someDay(random, 2_000, 12_000),
      parentCompanyId: index > 20 && index % 12 === 0 ? making.anId('company') : null,
      description: null,
      krediLimiti: sometimes(random, 50, () => money(random, 1_000, 900_000)),
      riskGrubu: sometimes(random, 50, () => choice(random, 'company', 'riskGrubu')),
      sozlesmeBitis: sometimes(random, 30, () => someDay(random, -700, 0)),
      bayiMi: sometimes(random, 80, () => random.next() < 0.3),
      markalar: sometimes(random, 40, () => [
        ...new Set([choice(random, 'company', 'markalar'), choice(random, 'company', 'markalar')]),
      ]),
    };
  },
  contact: (making) => {
    const { random, index } = making;
    const company = index % 11 === 10 ? null : (index % making.count('company')) + 1;
    const { domain } = companyWords((company ?? 1) - 1);
    return {
      companyId: company,
      ...personOf(making, 'contact', domain),
      segmentId: choice(random, 'contact', 'segmentId'),
      birthDate: sometimes(random, 40, () => someDay(random, 8_000, 22_000)),
      gender: sometimes(random, 60, () => choice(random, 'contact', 'gender')),
      identityNumber: sometimes(random, 30, () => nationalId(random)),
      favoriteTeam: sometimes(random, 20, () => random.pick(['Göztepe', 'Adana Demirspor', 'Trabzonspor'])),
      phonePermit: random.next() < 0.7,
      smsPermit: random.next() < 0.5,
      emailPermit: random.next() < 0.6,
      kvkkOnay: sometimes(random, 50, () => someDay(random, 0, 900)),
      kanal: sometimes(random, 50, () => choice(random, 'contact', 'kanal')),
      kartvizitSayisi: sometimes(random, 30, () => random.between(0, 500)),
    };
  },
  lead: (making) => {
    const { random, index } = making;
    const isConverted = index % 5 === 1;
    return {
      ...personOf(making, 'lead', 'aday.example'),
      companyName: sometimes(random, 80, () => companyWords(3_000 + index).name),
      statusId: optionOf('lead', 'statusId', isConverted ? 'Dönüştü' : (OPEN_STATUSES[index % 4] ?? 'Yeni'))
        .id,
      budget: sometimes(random, 60, () => money(random, 500, 400_000)),
      convertedContactId: isConverted ? (index % making.count('contact')) + 1 : null,
      convertedAt: isConverted ? someTimeText(random, 400) : null,
    };
  },
  leadHistory: ({ random, index, count }) => {
    const converted = Math.max(1, Math.floor((count('lead') - 2) / 5) + 1);
    const leadId = (Math.floor(index / 2) % converted) * 5 + 2;
    return index % 2 === 0
      ? {
          leadId,
          fromStatus: 'Yeni',
          toStatus: 'Nitelikli',
          changedAt: someTimeText(random, 700),
          description: 'Ön eleme yapıldı',
        }
      : {
          leadId,
          fromStatus: 'Nitelikli',
          toStatus: 'Dönüştü',
          changedAt: someTimeText(random, 300),
          description: 'Kişiye dönüştürüldü',
        };
  },
  customer: (making) => personOf(making, 'customer', 'hotmail.com'),
};
