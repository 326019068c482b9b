/** A user of the account. */
export interface User {
  readonly id: number;
  readonly name: string;
  readonly surname: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly isApproved: boolean;
  readonly role: string;
}

/** Users: one disabled, one never approved, one without an e-mail, one whose e-mail is written in capitals. */
export const USERS: readonly User[] = [
  {
    id: 1,
    name: 'Işıl',
    surname: 'Özdemir',
    email: 'isil.ozdemir@anadolu.example',
    active: true,
    isApproved: true,
    role: 'Yönetici',
  },
  {
    id: 2,
    name: 'İbrahim',
    surname: 'Kılıç',
    email: 'IBRAHIM.KILIC@ANADOLU.EXAMPLE',
    active: true,
    isApproved: true,
    role: 'Satış',
  },
  {
    id: 3,
    name: 'Çağla',
    surname: 'Şahin',
    email: 'cagla.sahin@anadolu.example',
    active: true,
    isApproved: true,
    role: 'Satış',
  },
  {
    id: 4,
    name: 'Ömer',
    surname: 'Yıldırım',
    email: 'omer.yildirim@anadolu.example',
    active: true,
    isApproved: true,
    role: 'Satış',
  },
  {
    id: 5,
    name: 'Pınar',
    surname: 'Ünal',
    email: 'pinar.unal@anadolu.example',
    active: true,
    isApproved: true,
    role: 'Destek',
  },
  {
    id: 6,
    name: 'Gökhan',
    surname: 'Doğan',
    email: 'gokhan.dogan@anadolu.example',
    active: false,
    isApproved: true,
    role: 'Satış',
  },
  { id: 7, name: 'Deniz', surname: 'Aksoy', email: null, active: true, isApproved: true, role: 'Saha' },
  {
    id: 8,
    name: 'Tuğçe',
    surname: 'Ateş',
    email: 'tugce.ates@anadolu.example',
    active: true,
    isApproved: false,
    role: 'Satış',
  },
];

/** A stage of a pipeline; its number is the legacy category's. */
export interface Stage {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string;
  readonly sortOrder: number;
  /** Probability of closing, 0 to 100. */
  readonly poc: number;
  readonly outcome: 'open' | 'won' | 'lost';
}

/** A pipeline with its stages; `sortOrder` decides, not the place in the list. */
export interface Pipeline {
  readonly id: number;
  readonly module: 'proposal' | 'sales';
  readonly name: string;
  readonly nameEn: string;
  readonly stages: readonly Stage[];
}

/** Pipelines: two have a stage of one name, one lists its stages out of order. */
export const PIPELINES: readonly Pipeline[] = [
  {
    id: 1,
    module: 'proposal',
    name: 'Kurumsal Satış',
    nameEn: 'Corporate sales',
    stages: [
      { id: 11, name: 'Ön Görüşme', nameEn: 'First talk', sortOrder: 1, poc: 10, outcome: 'open' },
      { id: 12, name: 'İhtiyaç Analizi', nameEn: 'Needs', sortOrder: 2, poc: 25, outcome: 'open' },
      { id: 14, name: 'Pazarlık', nameEn: 'Negotiation', sortOrder: 4, poc: 75, outcome: 'open' },
      { id: 13, name: 'Teklif Verildi', nameEn: 'Offer made', sortOrder: 3, poc: 50, outcome: 'open' },
      { id: 15, name: 'Kazanıldı', nameEn: 'Won', sortOrder: 5, poc: 100, outcome: 'won' },
      { id: 16, name: 'Kaybedildi', nameEn: 'Lost', sortOrder: 6, poc: 0, outcome: 'lost' },
    ],
  },
  {
    id: 2,
    module: 'proposal',
    name: 'Bayi Kanalı',
    nameEn: 'Dealers',
    stages: [
      { id: 21, name: 'Başvuru', nameEn: 'Application', sortOrder: 1, poc: 20, outcome: 'open' },
      { id: 22, name: 'Teklif Verildi', nameEn: 'Offer made', sortOrder: 2, poc: 60, outcome: 'open' },
      { id: 23, name: 'Kazanıldı', nameEn: 'Won', sortOrder: 3, poc: 100, outcome: 'won' },
      { id: 24, name: 'Kaybedildi', nameEn: 'Lost', sortOrder: 4, poc: 0, outcome: 'lost' },
    ],
  },
  {
    id: 3,
    module: 'sales',
    name: 'Satış Süreci',
    nameEn: 'Sales process',
    stages: [
      { id: 31, name: 'Hazırlanıyor', nameEn: 'In preparation', sortOrder: 1, poc: 80, outcome: 'open' },
      { id: 32, name: 'Sevk Edildi', nameEn: 'Shipped', sortOrder: 2, poc: 90, outcome: 'open' },
      { id: 33, name: 'Tamamlandı', nameEn: 'Completed', sortOrder: 3, poc: 100, outcome: 'won' },
      { id: 34, name: 'İptal', nameEn: 'Cancelled', sortOrder: 4, poc: 0, outcome: 'lost' },
    ],
  },
];

/** A rule that the system applies by itself. */
export interface AutomationRule {
  readonly id: number;
  readonly kind: 'workflow' | 'stage-rule' | 'validation' | 'notification' | 'conditional-field';
  readonly module: string;
  readonly name: string;
  readonly nameEn: string;
  readonly trigger: string;
  readonly action: string;
  readonly active: boolean;
}

/** Rules: none of them can be moved, all of them are to be listed. */
export const AUTOMATIONS: readonly AutomationRule[] = [
  {
    id: 1,
    kind: 'stage-rule',
    module: 'proposal',
    name: 'Tutar onayı',
    nameEn: 'Value needs approval',
    trigger: 'Aşama "Pazarlık" ve Tutar > 250.000',
    action: 'Yönetici onayı olmadan ilerletme',
    active: true,
  },
  {
    id: 2,
    kind: 'stage-rule',
    module: 'proposal',
    name: 'Otomatik ilerletme',
    nameEn: 'Auto-advance',
    trigger: 'Teklif e-postası gönderildi',
    action: 'Aşama = Teklif Verildi',
    active: true,
  },
  {
    id: 3,
    kind: 'workflow',
    module: 'lead',
    name: 'Web formundan atama',
    nameEn: 'Assign web leads',
    trigger: 'Potansiyel oluşturuldu, Kaynak = Web Sitesi',
    action: 'Sorumlu = Çağla Şahin; Görev: 1 gün içinde ara',
    active: true,
  },
  {
    id: 4,
    kind: 'notification',
    module: 'invoice',
    name: 'Vade hatırlatma',
    nameEn: 'Due date reminder',
    trigger: 'Vade - 3 gün',
    action: 'E-posta gönder',
    active: true,
  },
  {
    id: 5,
    kind: 'validation',
    module: 'company',
    name: 'Vergi No zorunlu',
    nameEn: 'Tax number required',
    trigger: 'Segment = Kurumsal',
    action: 'Vergi No boş olamaz',
    active: true,
  },
  {
    id: 6,
    kind: 'conditional-field',
    module: 'contact',
    name: 'KVKK alanı',
    nameEn: 'Consent field',
    trigger: 'E-posta İzni = Evet',
    action: 'KVKK Onay Tarihi göster',
    active: false,
  },
];

/** The groups that tags belong to; a record may have several tags of one group. */
export const TAG_GROUPS: Readonly<Record<string, readonly string[]>> = {
  Sadakat: ['VIP', 'Altın', 'Gümüş'],
  Bölge: ['Marmara', 'Ege', 'İç Anadolu'],
  'Fuar 2026': ['İstanbul Fuarı', 'Ankara Fuarı'],
};

/** Tags of no group. */
export const LOOSE_TAGS: readonly string[] = ['acil', 'Referans', 'sorunlu müşteri'];
