import type { FieldRow, ModuleRow } from './module.ts';

const SECTORS = [
  'İnşaat|Construction',
  'Gıda|Food',
  'Tekstil|Textiles',
  'Otomotiv|Automotive',
  'Sağlık|Health care',
  'Kimya|Chemicals',
  'Lojistik|Logistics',
  'Bilişim|Information technology',
];
const SEGMENTS = ['Stratejik|Strategic', 'Kurumsal|Corporate', 'KOBİ|SME', 'Bireysel|Individual'];
const SOURCES = ['Web Sitesi|Web site', 'Fuar|Trade fair', 'Tavsiye|Referral', 'Soğuk Arama|Cold call'];
const CITIES = [
  ...['İstanbul', 'Ankara', 'İzmir', 'Bursa', 'Iğdır', 'Diyarbakır', 'Şanlıurfa', 'Çanakkale'],
  ...['Muğla', 'Kırıkkale'],
];

/** E-mails, phones and an address: child tables in the legacy dialect. */
const REACHED_AT: readonly FieldRow[] = [
  ['emails', 'E-posta', 'E-mail', 'email', { part: 'email', cardinality: 'many' }],
  ['phones', 'Telefon', 'Phone', 'phone', { part: 'phone', cardinality: 'many' }],
  ['address', 'Adres', 'Address', 'text', { part: 'address', maxLength: 500 }],
  ['neighborhood', 'Mahalle', 'Neighbourhood', 'text', { part: 'address' }],
  ['district', 'İlçe', 'District', 'text', { part: 'address' }],
  ['cityId', 'İl', 'City', 'dropdown', { part: 'address', options: CITIES }],
  ['countryId', 'Ülke', 'Country', 'dropdown', { part: 'address', options: ['Türkiye|Turkey'] }],
  ['postalCode', 'Posta Kodu', 'Postal code', 'text', { part: 'address', maxLength: 10 }],
];

const TAGGED: FieldRow = ['tags', 'Etiketler', 'Tags', 'text', { part: 'custom', cardinality: 'many' }];

/** What is known of a person, as contacts, leads and customers have it. */
const PERSON: readonly FieldRow[] = [
  ['name', 'Ad', 'First name', 'text', { required: true, maxLength: 100 }],
  ['surname', 'Soyad', 'Last name', 'text', { maxLength: 100 }],
  ...REACHED_AT,
  ['position', 'Görev', 'Position', 'text', { part: 'detail' }],
  ['department', 'Departman', 'Department', 'text', { part: 'detail' }],
  ['sourceId', 'Kaynak', 'Source', 'dropdown', { options: SOURCES }],
  ['description', 'Açıklama', 'Description', 'text', { part: 'detail' }],
  TAGGED,
];

/** Companies, contacts, leads and customers. */
export const PEOPLE_MODULES: readonly ModuleRow[] = [
  {
    key: 'company',
    table: 'Company',
    name: 'Firmalar',
    nameEn: 'Companies',
    fields: [
      ['name', 'Firma Adı', 'Company name', 'text', { required: true, maxLength: 200 }],
      ['title', 'Ünvan', 'Trade name', 'text', { part: 'detail', maxLength: 300 }],
      ['sectorId', 'Sektör', 'Industry', 'dropdown', { options: SECTORS }],
      ['segmentId', 'Segment', 'Segment', 'dropdown', { options: SEGMENTS }],
      ['url', 'Web Sitesi', 'Web site', 'url', { part: 'detail' }],
      ...REACHED_AT,
      ['taxOffice', 'Vergi Dairesi', 'Tax office', 'text', { part: 'detail' }],
      ['taxNumber', 'Vergi No', 'Tax number', 'text', { part: 'detail', maxLength: 11 }],
      ['headcount', 'Çalışan Sayısı', 'Headcount', 'number', { part: 'detail' }],
      ['establishment', 'Kuruluş Tarihi', 'Established', 'date', { part: 'detail' }],
      ['parentCompanyId', 'Üst Firma', 'Parent company', 'lookup', { lookupModule: 'company' }],
      ['description', 'Açıklama', 'Description', 'text'],
      TAGGED,
      ['krediLimiti', 'Kredi Limiti (TL)', 'Credit limit', 'currency', { part: 'custom' }],
      [
        'riskGrubu',
        'Risk Grubu',
        'Risk group',
        'dropdown',
        { part: 'custom', options: ['Düşük|Low', 'Orta|Medium', 'Yüksek|High'] },
      ],
      ['sozlesmeBitis', 'Sözleşme Bitiş Tarihi', 'Contract end', 'date', { part: 'custom' }],
      ['bayiMi', 'Bayi mi?', 'Is a dealer', 'bool', { part: 'custom' }],
      [
        'markalar',
        'Çalıştığı Markalar',
        'Brands',
        'multiselect',
        { part: 'custom', options: ['Işık', 'Çınar', 'Şimşek', 'Öz Güneş'] },
      ],
    ],
  },
  {
    key: 'contact',
    table: 'Contact',
    name: 'Kişiler',
    nameEn: 'Contacts',
    fields: [
      ['companyId', 'Firma', 'Company', 'lookup', { lookupModule: 'company' }],
      ...PERSON,
      ['segmentId', 'Segment', 'Segment', 'dropdown', { options: SEGMENTS }],
      ['birthDate', 'Doğum Tarihi', 'Birth date', 'date', { part: 'detail' }],
      [
        'gender',
        'Cinsiyet',
        'Gender',
        'dropdown',
        { part: 'detail', options: ['Kadın|Female', 'Erkek|Male'] },
      ],
      ['identityNumber', 'T.C. Kimlik No', 'National id', 'text', { part: 'detail', maxLength: 11 }],
      ['favoriteTeam', 'Tuttuğu Takım', 'Favourite team', 'text', { part: 'detail' }],
      ['phonePermit', 'Telefon İzni', 'May be called', 'bool', { part: 'permit' }],
      ['smsPermit', 'SMS İzni', 'May get texts', 'bool', { part: 'permit' }],
      ['emailPermit', 'E-posta İzni', 'May get e-mails', 'bool', { part: 'permit' }],
      ['kvkkOnay', 'KVKK Onay Tarihi', 'Consent date', 'date', { part: 'custom' }],
      [
        'kanal',
        'Tercih Edilen Kanal',
        'Preferred channel',
        'dropdown',
        { part: 'custom', options: ['Telefon|Phone', 'WhatsApp', 'E-posta|E-mail'] },
      ],
      ['kartvizitSayisi', 'Kartvizit Sayısı', 'Business cards', 'number', { part: 'custom' }],
    ],
  },
  {
    key: 'lead',
    table: 'Lead',
    name: 'Potansiyeller',
    nameEn: 'Leads',
    fields: [
      ...PERSON,
      ['companyName', 'Firma', 'Company name', 'text', { part: 'detail' }],
      [
        'statusId',
        'Durum',
        'Status',
        'dropdown',
        {
          options: [
            'Yeni|New',
            'Görüşülüyor|In progress',
            'Nitelikli|Qualified',
            'Dönüştü|Converted',
            'Olumsuz|Lost',
          ],
        },
      ],
      ['budget', 'Bütçe', 'Budget', 'currency', { part: 'detail' }],
      ['convertedContactId', 'Dönüştüğü Kişi', 'Converted to', 'lookup', { lookupModule: 'contact' }],
      ['convertedAt', 'Dönüşüm Tarihi', 'Converted at', 'datetime'],
    ],
  },
  {
    key: 'leadHistory',
    table: 'LeadHistory',
    name: 'Potansiyel Geçmişi',
    nameEn: 'Lead history',
    fields: [
      ['leadId', 'Potansiyel', 'Lead', 'lookup', { lookupModule: 'lead', required: true }],
      ['fromStatus', 'Önceki Durum', 'From status', 'text'],
      ['toStatus', 'Yeni Durum', 'To status', 'text'],
      ['changedAt', 'Tarih', 'Changed at', 'datetime'],
      ['description', 'Açıklama', 'Description', 'text'],
    ],
  },
  {
    key: 'customer',
    table: 'Customer',
    name: 'Bireysel Müşteriler',
    nameEn: 'Customers',
    fields: PERSON,
  },
];
