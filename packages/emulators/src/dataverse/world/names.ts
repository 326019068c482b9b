/** Given names of made-up people, from several languages. */
export const GIVEN_NAMES = [
  ...[
    'Ayşe',
    'Mehmet',
    'Zeynep',
    'Emre',
    'Elif',
    'Kerem',
    'Anna',
    'Jürgen',
    'Sofia',
    'Liam',
    'Noor',
    'Chloé',
  ],
  ...[
    'Ingrid',
    'Tomáš',
    'Ольга',
    'Yuki',
    '美咲',
    'João',
    'Fatima',
    'Piotr',
    'Maeve',
    'Łukasz',
    'Ülkü',
    'Şahin',
  ],
] as const;

/** Family names of made-up people. */
export const FAMILY_NAMES = [
  ...['Yılmaz', 'Öztürk', 'Kaya', 'Demir', 'Müller', 'Schäfer', "O'Neill", 'van den Berg', 'García', 'Novák'],
  ...['Петрова', 'Tanaka', '佐藤', 'da Silva', 'Haddad', 'Kowalska', 'Byrne', 'Çelik', 'Dubois', 'Lindqvist'],
] as const;

/** What made-up companies are called. */
export const COMPANY_WORDS = [
  ...[
    'Anadolu',
    'Nordwind',
    'Blue Fjord',
    'Marmara',
    'Alpen',
    'Silva',
    'Kestrel',
    'Orion',
    'Ege',
    'Bosporus',
  ],
  ...['Granit', 'Sakura', 'Lumen', 'Vega', 'Rhein', 'Toros', 'Harbour', 'Cedar', 'Umut', 'Łódź'],
] as const;

/** What made-up companies do. */
export const COMPANY_KINDS = [
  ...[
    'Makina A.Ş.',
    'Logistics Ltd',
    'Maschinenbau GmbH',
    'Textiles',
    'Foods & Co',
    'Software',
    'İnşaat Ltd. Şti.',
  ],
  ...['Energy SA', 'Optics', 'Kimya Sanayi', 'Yacht "Service"', 'Studio; Design'],
] as const;

/** Cities with their countries. */
export const CITIES: readonly (readonly [string, string])[] = [
  ['İstanbul', 'Türkiye'],
  ['İzmir', 'Türkiye'],
  ['Hamburg', 'Germany'],
  ['München', 'Germany'],
  ['Dublin', 'Ireland'],
  ['Lyon', 'France'],
  ['Kraków', 'Poland'],
  ['Ōsaka', 'Japan'],
  ['Porto', 'Portugal'],
];

/** Job titles. */
export const JOBS = [
  'Purchasing',
  'CEO',
  'Satın Alma Müdürü',
  'Plant Manager',
  'Einkauf',
  'IT Lead',
  'Finance',
] as const;

/** A text in ASCII letters, for addresses and domains. */
export function plainLetters(text: string): string {
  const plain = text.replaceAll('ı', 'i').replaceAll('Ł', 'L').replaceAll('ł', 'l').normalize('NFKD');
  return plain.toLowerCase().replace(/[^a-z0-9]/g, '');
}
