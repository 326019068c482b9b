import { PIPELINES } from './furniture.ts';
import {
  choice,
  type Maker,
  type Making,
  money,
  parentOf,
  someDay,
  somePlace,
  someTimeText,
  sometimes,
} from './makers.ts';
import { PRODUCTS } from './turkish-words.ts';

const OUTCOMES = new Map(PIPELINES.flatMap(({ stages }) => stages.map(({ id, outcome }) => [id, outcome])));

function lineOf(making: Making): Record<string, unknown> {
  const { random } = making;
  return {
    productId: making.anId('product'),
    quantity: random.pick([1, 2, 3, 5, 2.5, 100]),
    // Multiples of 20: five percent off is still a whole amount, and sums need no rounding.
    price: random.between(1, 250) * 20,
    discount: random.pick([0, 0, 0, 5, 10]),
    tax: random.pick([20, 20, 10, 1]),
  };
}

/** Products, offers, sales and invoices. */
export const SALES_MAKERS: Readonly<Record<string, Maker>> = {
  product: ({ random, index }) => ({
    name: `${PRODUCTS[index % PRODUCTS.length]}${index < PRODUCTS.length ? '' : ` ${Math.floor(index / PRODUCTS.length) + 1}`}`,
    stockCode: `ÜR-${String(index + 1).padStart(4, '0')}`,
    price: money(random, 5, 9_000),
    currency: choice(random, 'product', 'currency'),
    tax: random.pick([20, 10, 1]),
    unit: random.pick(['Adet', 'Kg', 'm²', 'Koli']),
    stock: random.between(0, 4_000),
    description: sometimes(random, 40, () => '<p>İthal ürün, <b>2 yıl</b> garanti.</p>'),
  }),
  proposal: (making) => {
    const { random, index } = making;
    const place = somePlace(random, 'proposal');
    const outcome = OUTCOMES.get(place.categoryId);
    const price = money(random, 100, 750_000);
    const companyId = (index % making.count('company')) + 1;
    const parent =
      index % 7 === 6 ? parentOf('company', companyId) : parentOf('contact', making.anId('contact'));
    return {
      name: `${random.pick(PRODUCTS)} teklifi ${index + 1}`,
      ...parent,
      companyId: sometimes(random, 70, () => companyId),
      ...place,
      price,
      currency: choice(random, 'proposal', 'currency'),
      tax: Math.round(price * 20) / 100,
      totalPrice: Math.round(price * 120) / 100,
      effectiveDate: someDay(random, -60, 700),
      expectedCloseDate: sometimes(random, 85, () => someDay(random, -150, 700)),
      closedAt: outcome === 'open' ? null : someTimeText(random, 600),
      lostReason: outcome === 'lost' ? random.pick(['Fiyat', 'Rakip', 'Bütçe yok']) : null,
      description: sometimes(random, 40, () => '<p>Teslim: <i>4 hafta</i>.<br>Ödeme: 60 gün.</p>'),
      teslimSekli: sometimes(random, 50, () => choice(random, 'proposal', 'teslimSekli')),
      garantiAy: sometimes(random, 50, () => random.pick([12, 24, 36])),
    };
  },
  // Every second proposal has lines, and its price is what they come to.
  proposalProduct: (making) => ({
    proposalId: (making.index % Math.floor(making.count('proposal') / 2)) * 2 + 2,
    ...lineOf(making),
  }),
  sales: (making) => {
    const { random, index } = making;
    return {
      name: `Satış ${index + 1}`,
      contactId: making.anId('contact'),
      companyId: making.anId('company'),
      proposalId: sometimes(random, 50, () => making.anId('proposal')),
      ...somePlace(random, 'sales'),
      price: money(random, 100, 90_000),
      currency: choice(random, 'sales', 'currency'),
      salesDate: someDay(random, 0, 800),
      isPay: random.next() < 0.6,
      isShipment: random.next() < 0.5,
      paymentTypeId: choice(random, 'sales', 'paymentTypeId'),
    };
  },
  salesProduct: (making) => ({ salesId: (making.index % making.count('sales')) + 1, ...lineOf(making) }),
  invoice: (making) => {
    const { random, index } = making;
    const lines = [lineOf(making), ...(index % 2 === 0 ? [lineOf(making)] : [])];
    const subTotal = money(random, 50, 60_000);
    return {
      serialNumber: `ANA2026${String(index + 1).padStart(9, '0')}`,
      proposalId: index % 6 === 5 ? null : (index % making.count('proposal')) + 1,
      companyId: making.anId('company'),
      invoiceDate: someDay(random, 0, 700),
      dueDate: someDay(random, -60, 0),
      subTotal,
      tax: Math.round(subTotal * 20) / 100,
      total: Math.round(subTotal * 120) / 100,
      currency: choice(random, 'invoice', 'currency'),
      paymentStatusId: choice(random, 'invoice', 'paymentStatusId'),
      lines,
    };
  },
  order: ({ index }) => ({ name: `Eski sipariş ${index + 1}` }),
};
