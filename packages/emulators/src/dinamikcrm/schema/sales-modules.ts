import type { FieldRow, ModuleRow } from './module.ts';

const CURRENCIES = ['TL|TRY', 'USD|USD', 'EUR|EUR', 'GBP|GBP'];

/** The record that something belongs to: the module's number and the record's business key. */
const BELONGS_TO: readonly FieldRow[] = [
  ['moduleId', 'Modül', 'Module', 'number'],
  ['dataNumber', 'Bağlı Kayıt', 'Related record', 'lookup'],
];

const LINE: readonly FieldRow[] = [
  ['productId', 'Ürün', 'Product', 'lookup', { lookupModule: 'product' }],
  ['quantity', 'Miktar', 'Quantity', 'decimal'],
  ['price', 'Birim Fiyat', 'Unit price', 'currency'],
  ['discount', 'İskonto %', 'Discount %', 'decimal'],
  ['tax', 'KDV %', 'VAT %', 'decimal'],
];

/** Products, offers, sales and invoices. */
export const SALES_MODULES: readonly ModuleRow[] = [
  {
    key: 'product',
    table: 'Product',
    name: 'Ürünler',
    nameEn: 'Products',
    fields: [
      ['name', 'Ürün Adı', 'Product name', 'text', { required: true }],
      ['stockCode', 'Stok Kodu', 'Stock code', 'text', { part: 'detail' }],
      ['price', 'Fiyat', 'Price', 'currency', { part: 'detail' }],
      ['currency', 'Para Birimi', 'Currency', 'dropdown', { part: 'detail', options: CURRENCIES }],
      ['tax', 'KDV %', 'VAT %', 'decimal', { part: 'detail' }],
      ['unit', 'Birim', 'Unit', 'text', { part: 'detail' }],
      ['stock', 'Stok', 'Stock', 'number', { part: 'detail' }],
      ['description', 'Açıklama', 'Description', 'html', { part: 'detail' }],
    ],
  },
  {
    key: 'proposal',
    table: 'Proposal',
    name: 'Teklifler',
    nameEn: 'Proposals',
    fields: [
      ['name', 'Teklif Adı', 'Proposal name', 'text', { required: true }],
      ...BELONGS_TO,
      ['companyId', 'Firma', 'Company', 'lookup', { lookupModule: 'company' }],
      ['pipelineId', 'Satış Süreci', 'Pipeline', 'lookup', { lookupModule: 'pipeline' }],
      ['categoryId', 'Aşama', 'Stage', 'lookup', { lookupModule: 'stage' }],
      ['price', 'Tutar', 'Value', 'currency'],
      ['currency', 'Para Birimi', 'Currency', 'dropdown', { options: CURRENCIES }],
      ['tax', 'KDV', 'VAT', 'currency'],
      ['totalPrice', 'Genel Toplam', 'Total', 'currency'],
      ['effectiveDate', 'Geçerlilik Tarihi', 'Valid until', 'date'],
      ['expectedCloseDate', 'Tahmini Kapanış', 'Expected close', 'date'],
      ['closedAt', 'Kapanış Tarihi', 'Closed at', 'datetime'],
      ['lostReason', 'Kaybetme Nedeni', 'Lost reason', 'text'],
      ['description', 'Açıklama', 'Description', 'html'],
      ['tags', 'Etiketler', 'Tags', 'text', { part: 'custom', cardinality: 'many' }],
      [
        'teslimSekli',
        'Teslim Şekli',
        'Delivery',
        'dropdown',
        { part: 'custom', options: ['Kargo|Parcel', 'Nakliye|Freight', 'Elden|By hand'] },
      ],
      ['garantiAy', 'Garanti (Ay)', 'Warranty months', 'number', { part: 'custom' }],
    ],
  },
  {
    key: 'proposalProduct',
    table: 'ProposalProduct',
    name: 'Teklif Kalemleri',
    nameEn: 'Proposal lines',
    fields: [
      ['proposalId', 'Teklif', 'Proposal', 'lookup', { lookupModule: 'proposal', required: true }],
      ...LINE,
    ],
  },
  {
    key: 'sales',
    table: 'Sales',
    name: 'Satışlar',
    nameEn: 'Sales',
    fields: [
      ['name', 'Satış Adı', 'Sale name', 'text', { required: true }],
      ['contactId', 'Kişi', 'Contact', 'lookup', { lookupModule: 'contact' }],
      ['companyId', 'Firma', 'Company', 'lookup', { lookupModule: 'company' }],
      ['proposalId', 'Teklif', 'Proposal', 'lookup', { lookupModule: 'proposal' }],
      ['pipelineId', 'Satış Süreci', 'Pipeline', 'lookup', { lookupModule: 'pipeline' }],
      ['categoryId', 'Aşama', 'Stage', 'lookup', { lookupModule: 'stage' }],
      ['price', 'Tutar', 'Value', 'currency'],
      ['currency', 'Para Birimi', 'Currency', 'dropdown', { options: CURRENCIES }],
      ['salesDate', 'Satış Tarihi', 'Sale date', 'date'],
      ['isPay', 'Ödendi', 'Paid', 'bool'],
      ['isShipment', 'Sevk Edildi', 'Shipped', 'bool'],
      [
        'paymentTypeId',
        'Ödeme Şekli',
        'Payment',
        'dropdown',
        { options: ['Havale|Transfer', 'Çek|Cheque', 'Kredi Kartı|Card'] },
      ],
    ],
  },
  {
    key: 'salesProduct',
    table: 'SalesProduct',
    name: 'Satış Kalemleri',
    nameEn: 'Sale lines',
    fields: [['salesId', 'Satış', 'Sale', 'lookup', { lookupModule: 'sales', required: true }], ...LINE],
  },
  {
    key: 'invoice',
    table: 'Invoice',
    name: 'Faturalar',
    nameEn: 'Invoices',
    fields: [
      ['serialNumber', 'Fatura No', 'Invoice number', 'text', { required: true }],
      ['proposalId', 'Teklif', 'Proposal', 'lookup', { lookupModule: 'proposal' }],
      ['companyId', 'Firma', 'Company', 'lookup', { lookupModule: 'company' }],
      ['invoiceDate', 'Fatura Tarihi', 'Invoice date', 'date'],
      ['dueDate', 'Vade', 'Due date', 'date'],
      ['subTotal', 'Ara Toplam', 'Subtotal', 'currency'],
      ['tax', 'KDV', 'VAT', 'currency'],
      ['total', 'Genel Toplam', 'Total', 'currency'],
      ['currency', 'Para Birimi', 'Currency', 'dropdown', { options: CURRENCIES }],
      [
        'paymentStatusId',
        'Ödeme Durumu',
        'Payment status',
        'dropdown',
        { options: ['Ödendi|Paid', 'Kısmi Ödendi|Partly paid', 'Bekliyor|Open', 'İptal|Cancelled'] },
      ],
      ['lines', 'Kalemler', 'Lines', 'text', { part: 'lines', cardinality: 'many' }],
    ],
  },
  {
    key: 'order',
    table: 'Order',
    name: 'Siparişler',
    nameEn: 'Orders',
    inactive: true,
    fields: [
      ['name', 'Sipariş', 'Order', 'text'],
      ['companyId', 'Firma', 'Company', 'lookup', { lookupModule: 'company' }],
    ],
  },
];
