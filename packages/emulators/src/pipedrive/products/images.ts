import { type Account, isLive, nowSec } from '../account.ts';
import { done, type Exchange, type Handler } from '../exchange-context.ts';
import { storageLink } from '../files/storage.ts';
import type { MultipartFile } from '../multipart.ts';
import type { ProductImageRecord } from '../records.ts';
import { badRequest, notFound } from '../refusal.ts';
import { dayOf } from '../times.ts';
import { COMPANY_ID } from '../v1-parts.ts';
import { productInPath } from './path-records.ts';

/** Published: the public address works for so long. */
const PUBLIC_SEC = 7 * 24 * 3_600;

function imageOf({ state }: Account, productId: number): ProductImageRecord | undefined {
  return [...state.imagesByProduct.of(productId)].find(isLive);
}

/** The part `data` of the form. INF: the texts, and that only images are taken. */
function uploaded({ form }: Exchange): MultipartFile {
  const file = form?.files.get('data');
  if (!file) throw badRequest('Image must be sent as multipart/form-data in the part data');
  if (!file.type.startsWith('image/')) throw badRequest(`A file of type ${file.type} is not an image`);
  return file;
}

function keepImage(account: Account, id: number, productId: number, file: MultipartFile): ProductImageRecord {
  const { productImages, blobs } = account.state;
  const sec = nowSec(account);
  return account.state.keep(productImages, {
    id,
    product_id: productId,
    name: file.name,
    mime_type: file.type,
    size: file.bytes.byteLength,
    sha256: blobs.put(file.bytes),
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

function brief({ id, product_id, addedSec }: ProductImageRecord): Record<string, unknown> {
  return { id, product_id, company_id: String(COMPANY_ID), add_time: dayOf(addedSec) };
}

function one(exchange: Exchange): ProductImageRecord {
  const image = imageOf(exchange.account, productInPath(exchange).id);
  if (!image) throw notFound('Product image');
  return image;
}

/** The operations on the one image that a product may have. */
export const IMAGE_HANDLERS: Readonly<Record<'get' | 'add' | 'replace' | 'remove', Handler>> = {
  get(exchange) {
    const image = one(exchange);
    const nowMs = exchange.account.clock.nowMs();
    const { sha256, name, mime_type } = image;
    const public_url = storageLink(exchange.call, sha256, name, mime_type, nowMs, PUBLIC_SEC);
    return done({ ...brief(image), public_url, mime_type, name });
  },
  add(exchange) {
    const product = productInPath(exchange);
    const file = uploaded(exchange);
    // INF: a second image is PUT in the place of the first.
    if (imageOf(exchange.account, product.id)) throw badRequest(`Product ${product.id} already has an image`);
    const { nextId } = exchange.account.state.productImages;
    return done(brief(keepImage(exchange.account, nextId, product.id, file)), 201);
  },
  replace(exchange) {
    const before = one(exchange);
    // INF: the image keeps its id.
    return done(brief(keepImage(exchange.account, before.id, before.product_id, uploaded(exchange))));
  },
  remove(exchange) {
    const image = one(exchange);
    const { state } = exchange.account;
    state.keep(state.productImages, { ...image, deletedSec: nowSec(exchange.account) });
    return done({ id: image.id });
  },
};
