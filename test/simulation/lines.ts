import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';
import type { Child } from './source-rows.ts';

/** A product of the source. */
interface SourceProduct {
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly name: string;
}

/** A line of a deal: so many of a product at a price. */
export interface SourceLine {
  readonly id: string;
  readonly deal: string;
  readonly product: string;
  /** Whether the account refuses it, alone or among others. */
  readonly isBad: boolean;
  readonly fields: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What is sold in a world, and the deals as it changes them. */
export interface Shop {
  readonly products: readonly SourceProduct[];
  readonly lines: readonly SourceLine[];
  readonly deals: readonly Child[];
}

const mostDeals = 3;
/** No line may begin so long ago: the account says so of each. */
const tooLongAgo = '01.01.1990';

/**
 * Gives some deals lines, enough of them to go out together, of which any subset is refused (F18): each has a state of
 * its own. A deal's amount is what its good lines come to, as the account works it out.
 */
export function drawShop(seed: number, deals: readonly Child[]): Shop {
  const random = seededRandom(seed * 104_729 + 11);
  const products = ['Bakım', 'Licence', 'Kurulum <b>'].map((name, at): SourceProduct => {
    const id = `A-${at + 1}`;
    return { id, name: `${name} ${at + 1}`, fields: { ID: id, Name: `${name} ${at + 1}` } };
  });
  const lines: SourceLine[] = [];
  const changed = deals.map((deal, at) => {
    if (deal.nameless || at >= mostDeals) return deal;
    const own = drawLines(random, deal, products, lines.length);
    lines.push(...own);
    return withAmount(deal, own);
  });
  return { products, lines, deals: changed };
}

function drawLines(
  random: SeededRandom,
  deal: Child,
  products: readonly SourceProduct[],
  before: number,
): readonly SourceLine[] {
  const share = random.pick([0, 0.2, 0.5]);
  return Array.from({ length: random.pick([2, 6, 6, 9]) }, (_, at): SourceLine => {
    const id = `L-${before + at + 1}`;
    const product = random.pick(products).id;
    const [quantity, price] = [random.between(1, 4), random.between(1, 900)];
    const isBad = random.next() < share;
    const fields = {
      ID: id,
      'Deal ID': deal.id,
      'Product ID': product,
      Quantity: String(quantity),
      Price: String(price),
      Start: isBad ? tooLongAgo : '',
    };
    return { id, deal: deal.id, product, isBad, fields, values: { quantity, price } };
  });
}

function withAmount(deal: Child, lines: readonly SourceLine[]): Child {
  const good = lines.filter((line) => !line.isBad);
  const amount = good.reduce(
    (sum, { values }) => sum + Number(values['quantity']) * Number(values['price']),
    0,
  );
  const cells = { Amount: String(amount), Currency: 'TRY' };
  const told = { value: amount, currency: 'TRY' };
  // what belongs to the amount has its currency
  const { Commission: _commission, ...values } = deal.values;
  const plain = { ...cells, Commission: '' };
  const { later } = deal;
  return {
    ...deal,
    fields: { ...deal.fields, ...plain },
    values: { ...values, ...told },
    later:
      later === null
        ? null
        : {
            fields: { ...later.fields, ...plain },
            values: {
              ...Object.fromEntries(Object.entries(later.values).filter(([name]) => name !== 'Commission')),
              ...told,
            },
          },
  };
}
