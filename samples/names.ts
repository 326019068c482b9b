// Common given and family names, put together by chance; companies, domains and numbers are made up.
// Domains end in .example, which nobody can own; phone numbers are of ranges kept for fiction or made up.

export const turkishGivenNames: readonly string[] = [
  ...[
    'Ayşe',
    'Fatma',
    'Zeynep',
    'Elif',
    'Merve',
    'Büşra',
    'Esra',
    'Gülşah',
    'Çiğdem',
    'Şule',
    'İrem',
    'Ilgın',
  ],
  ...[
    'Mehmet',
    'Mustafa',
    'Ahmet',
    'Ali',
    'Hüseyin',
    'İbrahim',
    'Ömer',
    'Oğuz',
    'Çağlar',
    'Şükrü',
    'Ümit',
    'Işık',
  ],
  ...[
    'Deniz',
    'Ege',
    'Kaan',
    'Barış',
    'Tuğba',
    'Özge',
    'Gökhan',
    'Yiğit',
    'Nazlı',
    'Sıla',
    'Cansu',
    'Doğukan',
  ],
];

export const turkishFamilyNames: readonly string[] = [
  ...[
    'Yılmaz',
    'Kaya',
    'Demir',
    'Çelik',
    'Şahin',
    'Yıldız',
    'Yıldırım',
    'Öztürk',
    'Aydın',
    'Özdemir',
    'Arslan',
  ],
  ...['Doğan', 'Kılıç', 'Aslan', 'Çetin', 'Kara', 'Koç', 'Kurt', 'Özkan', 'Şimşek', 'Polat', 'Işık', 'Güneş'],
  ...[
    'Erdoğmuş',
    'Taş',
    'Ünal',
    'Akın',
    'Bulut',
    'Güler',
    'Tekin',
    'Soylu',
    'Uçar',
    'Bozkurt',
    'İnce',
    'Ağaoğlu',
  ],
];

export const englishGivenNames: readonly string[] = [
  ...['Alice', 'Beth', 'Clara', 'Diana', 'Emma', 'Fiona', 'Grace', 'Hannah', 'Isla', 'Jane', 'Kate', 'Laura'],
  ...['Adam', 'Ben', 'Carl', 'David', 'Ethan', 'Frank', 'George', 'Harry', 'Ian', 'Jack', 'Kevin', 'Sinéad'],
];

export const englishFamilyNames: readonly string[] = [
  ...['Archer', 'Baker', 'Carter', 'Dawson', 'Ellis', 'Fletcher', 'Graves', 'Harper', 'Irving', 'Jennings'],
  ...['Knight', 'Lawson', 'Mercer', 'Norris', "O'Neill", 'Parker', 'Quill', 'Reeves', 'Shaw', 'Turner'],
];

export const companyFirstWords: readonly string[] = [
  ...[
    'Kuzey',
    'Güney',
    'Doğu',
    'Batı',
    'Yıldız',
    'Çınar',
    'Şafak',
    'Ilgaz',
    'Boğaz',
    'Ege',
    'Anadolu',
    'Toros',
  ],
  ...[
    'Harbour',
    'Summit',
    'Oak',
    'River',
    'Granite',
    'Meadow',
    'Falcon',
    'Cobalt',
    'Maple',
    'Lighthouse',
    'Copper',
    'Atlas',
  ],
];

export const companySecondWords: readonly string[] = [
  ...['Yazılım', 'Gıda', 'Tekstil', 'Lojistik', 'Makine', 'İnşaat', 'Kimya', 'Enerji', 'Ambalaj', 'Tarım'],
  ...[
    'Software',
    'Foods',
    'Textiles',
    'Logistics',
    'Machinery',
    'Energy',
    'Media',
    'Packaging',
    'Robotics',
    'Labs',
  ],
];

export const companySuffixes: readonly string[] = [
  ...['A.Ş.', 'Ltd. Şti.', 'San. ve Tic. A.Ş.', 'San. Tic. Ltd. Şti.', 'Ltd.', 'Inc.', 'LLC', 'GmbH', ''],
];

export const cities: readonly (readonly [
  city: string,
  state: string,
  postalCode: string,
  country: string,
])[] = [
  ['İstanbul', 'Kadıköy', '34710', 'Türkiye'],
  ['İstanbul', 'Şişli', '34360', 'Türkiye'],
  ['Ankara', 'Çankaya', '06420', 'Türkiye'],
  ['İzmir', 'Karşıyaka', '35580', 'Türkiye'],
  ['Bursa', 'Nilüfer', '16110', 'Türkiye'],
  ['Antalya', 'Muratpaşa', '07100', 'Türkiye'],
  ['London', 'Greater London', 'SE1 9SG', 'United Kingdom'],
  ['Austin', 'TX', '78701', 'United States'],
  ['Berlin', '', '10115', 'Germany'],
];

export const streets: readonly string[] = [
  ...[
    'Bağdat Cad. No: 12',
    'Atatürk Bulvarı No: 101/4',
    'Gül Sok. No: 7, D: 3',
    'Sanayi Mah. 3. Cadde',
    'Lale Sk. 22',
  ],
  ...[
    '18 Mill Lane',
    '200 Congress Ave, Suite 5',
    '4 Harbour Road',
    'Invalidenstrasse 90',
    'Çamlık Mah. Ihlamur Cad. 45',
  ],
];

export const industries: readonly string[] = [
  ...[
    'Software',
    'Food',
    'Textile',
    'Logistics',
    'Manufacturing',
    'Construction',
    'Energy',
    'Media',
    'Agriculture',
  ],
];

export const jobTitles: readonly string[] = [
  ...[
    'Genel Müdür',
    'Satın Alma Müdürü',
    'Pazarlama Uzmanı',
    'İK Direktörü',
    'CEO',
    'CTO',
    'Buyer',
    'Head of Sales',
  ],
  ...['Office Manager', 'Finans Müdürü', 'Project Lead', 'Mühendis'],
];

export const tagWords: readonly string[] = [
  ...['VIP', 'Newsletter', 'Reseller', 'Fuar 2023', 'Fuar 2024', 'Sıcak', 'Soğuk', 'Partner', 'Referans'],
];

export const dealWords: readonly string[] = [
  ...[
    'Yıllık bakım',
    'Yeni lisans',
    'Pilot project',
    'Renewal',
    'Ek modül',
    'Consulting days',
    'Depo projesi',
    'Upgrade',
  ],
];

export const noteWords: readonly string[] = [
  ...[
    'Müşteri fiyatı yüksek buldu.',
    'Asked for a second demo.',
    'Bütçe onayı bekleniyor.',
    'Prefers e-mail to phone.',
  ],
  ...[
    'Karar verici değişti.',
    'Contract is with their legal team.',
    'Rakip teklif aldı.',
    'Very happy with support.',
  ],
];
