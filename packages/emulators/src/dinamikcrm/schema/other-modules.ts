import type { FieldRow, ModuleRow } from './module.ts';

const NAMED: FieldRow = ['name', 'Ad', 'Name', 'text', { required: true }];

function module(key: string, table: string, name: string, nameEn: string, ...fields: FieldRow[]): ModuleRow {
  return { key, table, name, nameEn, fields: [NAMED, ...fields] };
}

function unused(key: string, table: string, name: string, nameEn: string): ModuleRow {
  return { ...module(key, table, name, nameEn), inactive: true };
}

/** The rest of the 40 and more modules: a few hold something, most are switched on and empty, or switched off. */
export const OTHER_MODULES: readonly ModuleRow[] = [
  module(
    'employee',
    'Employee',
    'Personel',
    'Employees',
    ['surname', 'Soyad', 'Last name', 'text'],
    ['identityNumber', 'T.C. Kimlik No', 'National id', 'text', { maxLength: 11 }],
    ['salary', 'Maaş', 'Salary', 'currency'],
  ),
  module('survey', 'Survey', 'Anketler', 'Surveys', [
    'questions',
    'Sorular',
    'Questions',
    'text',
    { part: 'lines', cardinality: 'many' },
  ]),
  module('expense', 'Expense', 'Masraflar', 'Expenses', ['amount', 'Tutar', 'Amount', 'currency']),
  module('vendor', 'Vendor', 'Tedarikçiler', 'Vendors'),
  module('campaign', 'Campaign', 'Kampanyalar', 'Campaigns'),
  module('feedback', 'Feedback', 'Geri Bildirimler', 'Feedback'),
  module('nps', 'Nps', 'NPS', 'NPS'),
  module('form', 'Form', 'Formlar', 'Forms'),
  module('subscription', 'Subscription', 'Abonelikler', 'Subscriptions'),
  module('reservation', 'Reservation', 'Rezervasyonlar', 'Reservations'),
  module('store', 'Store', 'Mağazalar', 'Stores'),
  module('board', 'Board', 'Panolar', 'Boards'),
  module('reminder', 'Reminder', 'Hatırlatmalar', 'Reminders'),
  module('brand', 'Brand', 'Markalar', 'Brands'),
  module('productList', 'ProductList', 'Fiyat Listeleri', 'Price lists'),
  module('bundle', 'Bundle', 'Paketler', 'Bundles'),
  module('contract', 'Contract', 'Sözleşmeler', 'Contracts'),
  unused('transfer', 'Transfer', 'Transferler', 'Transfers'),
  unused('coupon', 'Coupon', 'Kuponlar', 'Coupons'),
  unused('chat', 'Chat', 'Canlı Sohbet', 'Chat'),
  unused('callCenter', 'CallCenter', 'Çağrı Merkezi', 'Call centre'),
  unused('project', 'Project', 'Projeler', 'Projects'),
  unused('accountTransaction', 'AccountTransaction', 'Cari Hareketler', 'Ledger'),
  unused('document', 'Document', 'Doküman Kütüphanesi', 'Library'),
];
