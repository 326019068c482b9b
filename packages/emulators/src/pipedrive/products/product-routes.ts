import type { Handler } from '../exchange-context.ts';
import { followerHandlers, v1FollowerHandlers } from '../followers.ts';
import { DEAL_PRODUCT_HANDLERS } from './deal-product-handlers.ts';
import { DISCOUNT_HANDLERS } from './discounts.ts';
import { IMAGE_HANDLERS } from './images.ts';
import { INSTALLMENT_HANDLERS } from './installments.ts';
import { searchProducts } from './product-search.ts';
import { PRODUCT_HANDLERS } from './products.ts';
import { V1_PRODUCT_LISTS } from './v1-lists.ts';
import { VARIATION_HANDLERS } from './variations.ts';

const followers = followerHandlers('product');
const v1Followers = v1FollowerHandlers('product');
const line = '/deals/{id}/products/{product_attachment_id}';
const variation = '/products/{id}/variations/{product_variation_id}';
const discount = '/deals/{id}/discounts/{discount_id}';
const installment = '/deals/{id}/installments/{installment_id}';

/** The operations on products and on what deals hold of them, by version, method and path. */
export const PRODUCT_ROUTES: readonly (readonly [route: string, handler: Handler])[] = [
  ['v2 GET /products', PRODUCT_HANDLERS.list],
  ['v2 POST /products', PRODUCT_HANDLERS.add],
  ['v2 GET /products/search', searchProducts],
  ['v2 GET /products/{id}', PRODUCT_HANDLERS.get],
  ['v2 PATCH /products/{id}', PRODUCT_HANDLERS.update],
  ['v2 DELETE /products/{id}', PRODUCT_HANDLERS.remove],
  ['v2 POST /products/{id}/duplicate', PRODUCT_HANDLERS.duplicate],
  ['v2 GET /products/{id}/variations', VARIATION_HANDLERS.list],
  ['v2 POST /products/{id}/variations', VARIATION_HANDLERS.add],
  [`v2 PATCH ${variation}`, VARIATION_HANDLERS.update],
  [`v2 DELETE ${variation}`, VARIATION_HANDLERS.remove],
  ['v2 GET /products/{id}/images', IMAGE_HANDLERS.get],
  ['v2 POST /products/{id}/images', IMAGE_HANDLERS.add],
  ['v2 PUT /products/{id}/images', IMAGE_HANDLERS.replace],
  ['v2 DELETE /products/{id}/images', IMAGE_HANDLERS.remove],
  ['v2 GET /products/{id}/followers', followers.list],
  ['v2 POST /products/{id}/followers', followers.add],
  ['v2 GET /products/{id}/followers/changelog', followers.changelog],
  ['v2 DELETE /products/{id}/followers/{follower_id}', followers.remove],
  ['v2 GET /deals/products', DEAL_PRODUCT_HANDLERS.listOfDeals],
  ['v2 GET /deals/{id}/products', DEAL_PRODUCT_HANDLERS.list],
  ['v2 POST /deals/{id}/products', DEAL_PRODUCT_HANDLERS.add],
  ['v2 POST /deals/{id}/products/bulk', DEAL_PRODUCT_HANDLERS.addMany],
  ['v2 DELETE /deals/{id}/products', DEAL_PRODUCT_HANDLERS.removeMany],
  [`v2 PATCH ${line}`, DEAL_PRODUCT_HANDLERS.update],
  [`v2 DELETE ${line}`, DEAL_PRODUCT_HANDLERS.remove],
  ['v2 GET /deals/{id}/discounts', DISCOUNT_HANDLERS.list],
  ['v2 POST /deals/{id}/discounts', DISCOUNT_HANDLERS.add],
  [`v2 PATCH ${discount}`, DISCOUNT_HANDLERS.update],
  [`v2 DELETE ${discount}`, DISCOUNT_HANDLERS.remove],
  ['v2 GET /deals/installments', INSTALLMENT_HANDLERS.listOfDeals],
  ['v2 POST /deals/{id}/installments', INSTALLMENT_HANDLERS.add],
  [`v2 PATCH ${installment}`, INSTALLMENT_HANDLERS.update],
  [`v2 DELETE ${installment}`, INSTALLMENT_HANDLERS.remove],
  ['v1 GET /products/{id}/deals', V1_PRODUCT_LISTS.dealsOfProduct],
  ['v1 GET /products/{id}/permittedUsers', V1_PRODUCT_LISTS.usersOfProduct],
  ['v1 GET /persons/{id}/products', V1_PRODUCT_LISTS.productsOfPerson],
  ['v1 GET /products/{id}/followers', v1Followers.list],
  ['v1 POST /products/{id}/followers', v1Followers.add],
  ['v1 DELETE /products/{id}/followers/{follower_id}', v1Followers.remove],
];
