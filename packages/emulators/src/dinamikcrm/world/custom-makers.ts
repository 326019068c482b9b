import { choice, type Maker, money, someDay, sometimes } from './makers.ts';
import { nationalId } from './turkish-numbers.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './turkish-words.ts';

/** The account's own modules, and the few others that hold something. */
export const CUSTOM_MAKERS: Readonly<Record<string, Maker>> = {
  // One for each company at most: the index is the company.
  ozel_kredi_profili: ({ random, index }) => ({
    companyId: index + 1,
    findeksNotu: random.between(400, 1_900),
    teminat: money(random, 0, 500_000),
    sonKontrol: someDay(random, 0, 400),
    not: choice(random, 'ozel_kredi_profili', 'not'),
    bankalar: [choice(random, 'ozel_kredi_profili', 'bankalar')],
  }),
  // Several for one company.
  ozel_makine: ({ random, index, count }) => ({
    companyId: (Math.floor(index / 3) % count('company')) + 1,
    seriNo: `ŞN-${random.hex(6)}`,
    model: choice(random, 'ozel_makine', 'model'),
    kurulum: someDay(random, 100, 4_000),
    calismaSaati: random.between(0, 90_000) / 10,
    parcalar: [
      ...new Set([choice(random, 'ozel_makine', 'parcalar'), choice(random, 'ozel_makine', 'parcalar')]),
    ],
    servisNotu: sometimes(random, 70, () => '<p>Yağ değişti.</p><ul><li>Filtre</li><li>Kayış</li></ul>'),
  }),
  ozel_kisi_profili: ({ random, index }) => ({
    contactId: index + 1,
    kahve: choice(random, 'ozel_kisi_profili', 'kahve'),
    hediyeLimiti: money(random, 100, 2_000),
    hobiler: random.pick([['Balık tutmak'], ['Satranç', 'Koşu'], []]),
  }),
  ozel_proje_plani: ({ random, index, count }) => ({
    proposalId: (Math.floor(index / 2) % count('proposal')) + 1,
    adim: random.pick(['Keşif', 'Kurulum', 'Eğitim', 'Kabul']),
    bitis: someDay(random, -200, 0),
    butce: money(random, 100, 50_000),
  }),
  ozel_depo: ({ random, index }) => ({
    depoAdi: `Depo ${index + 1} Gebze`,
    kapasite: random.between(500, 9_000) / 10,
  }),
  ozel_depo_hareketi: (making) => ({
    depoId: making.anId('ozel_depo'),
    urunler: [...new Set([making.anId('product'), making.anId('product')])],
    hareketTarihi: someDay(making.random, 0, 300),
    adet: making.random.between(1, 400),
  }),
  ozel_eski_liste: ({ index }) => ({ metin: `eski kayıt ${index + 1}` }),
  employee: ({ random, index }) => ({
    name: GIVEN_NAMES[index % GIVEN_NAMES.length],
    surname: FAMILY_NAMES[index % FAMILY_NAMES.length],
    identityNumber: nationalId(random),
    salary: money(random, 25_000, 120_000),
  }),
  survey: ({ index }) => ({ name: `Memnuniyet ${2025 + index}`, questions: ['Memnun musunuz?', 'Neden?'] }),
  expense: ({ random, index }) => ({ name: `Yol masrafı ${index + 1}`, amount: money(random, 10, 900) }),
};
