import { type Account, isLive } from '../account.ts';
import type { CustomValues } from '../records.ts';
import { timeless } from '../timeless.ts';
import { rfc3339 } from '../times.ts';

/** Products, and what deals hold of them, for the snapshot: what is live, and hangs on something that is. */
export function productShots(
  account: Account,
  customShot: (custom: CustomValues | null) => Record<string, unknown>,
): Record<string, readonly unknown[]> {
  const { state } = account;
  const ofProduct = (each: { readonly product_id: number; readonly deletedSec: number | null }) =>
    isLive(each) && isLive(state.products.get(each.product_id));
  const ofDeal = (each: { readonly deal_id: number; readonly deletedSec: number | null }) =>
    isLive(each) && isLive(state.deals.get(each.deal_id));
  return {
    products: [...state.products.all()].filter(isLive).map((product) => {
      const { custom, ...rest } = timeless(product);
      return { ...rest, add_time: rfc3339(product.addedSec), custom_fields: customShot(custom) };
    }),
    productVariations: [...state.productVariations.all()].filter(ofProduct).map(timeless),
    productImages: [...state.productImages.all()].filter(ofProduct).map(timeless),
    dealProducts: [...state.dealProducts.all()].filter(ofDeal).map(timeless),
    dealDiscounts: [...state.dealDiscounts.all()].filter(ofDeal).map((discount) => {
      const { uuid, updated_by: _by, ...rest } = timeless(discount);
      return { ...rest, id: uuid };
    }),
    dealInstallments: [...state.dealInstallments.all()].filter(ofDeal).map(timeless),
  };
}
