/** Given names of made-up people. */
export const GIVEN_NAMES = [
  ...[
    'Ayşe',
    'Mehmet',
    'Zeynep',
    'Işıl',
    'İbrahim',
    'Ömer',
    'Çağla',
    'Şule',
    'Gökhan',
    'Ülkü',
    'İpek',
    'Doğan',
  ],
  ...[
    'Elif',
    'Kerem',
    'Sıla',
    'Yiğit',
    'Ebru',
    'Tuğçe',
    'Barış',
    'Nazlı',
    'Cengiz',
    'Pınar',
    'Oğuz',
    'Hülya',
  ],
] as const;

/** Family names of made-up people. */
export const FAMILY_NAMES = [
  ...[
    'Yılmaz',
    'Öztürk',
    'Kaya',
    'Demir',
    'Işık',
    'Çelik',
    'Şahin',
    'Yıldırım',
    'Aydın',
    'Güneş',
    'İnan',
    'Kılıç',
  ],
  ...[
    'Aksoy',
    'Doğan',
    'Koç',
    'Arslan',
    'Özdemir',
    'Türkoğlu',
    'Sarı',
    'Ünal',
    'Bozkurt',
    'Ateş',
    'Şimşek',
    'Uğur',
  ],
] as const;

/** What made-up companies are called. */
export const COMPANY_WORDS = [
  ...['Anadolu', 'Marmara', 'Ege', 'Toros', 'Iğdır', 'Şişli', 'Çınar', 'Öz Güneş', 'İpekyolu', 'Kızılırmak'],
  ...['Uludağ', 'Göksu', 'Boğaziçi', 'Karadeniz', 'Ulaş', 'Işıltı', 'Yıldız', 'Doruk', 'Başak', 'Özlem'],
] as const;

/** What made-up companies do. */
export const COMPANY_TRADES = [
  ...['Kimya', 'Gıda', 'Tekstil', 'Makina', 'Lojistik', 'Yazılım', 'İnşaat', 'Otomotiv', 'Ambalaj', 'Enerji'],
  ...['Mobilya', 'Turizm', 'Elektrik', 'Plastik', 'Madencilik', 'Tarım', 'Kağıt', 'Cam'],
] as const;

/** How made-up companies end. */
export const LEGAL_FORMS = [
  'A.Ş.',
  'Ltd. Şti.',
  'San. ve Tic. A.Ş.',
  'San. Tic. Ltd. Şti.',
  'Tic. A.Ş.',
] as const;

/** Tax offices. */
export const TAX_OFFICES = [
  'Büyük Mükellefler',
  'Beyoğlu',
  'Çankaya',
  'Kadıköy',
  'Karşıyaka',
  'Osmangazi',
] as const;

/** Streets. */
export const STREETS = [
  'Atatürk Cad.',
  'İnönü Sok.',
  'Cumhuriyet Bulvarı',
  'Gazi Cad.',
  'Çiçek Sok.',
] as const;

/** Districts of cities, all made to fit any. */
export const DISTRICTS = ['Merkez', 'Kadıköy', 'Çankaya', 'Bornova', 'Nilüfer', 'Ümraniye'] as const;

/** Products. */
export const PRODUCTS = [
  ...['Vinç Halatı', 'Kırıcı Uç', 'Sızdırmazlık Contası', 'Işıklı Şerit', 'Yağ Filtresi', 'Kayış Takımı'],
  ...['Şarj Ünitesi', 'Ölçüm Cihazı', 'Bağlantı Kablosu', 'Koruyucu Eldiven', 'Çelik Profil', 'Akü'],
] as const;
