import { z } from 'zod';
import { type Account, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, pathId } from '../exchange-context.ts';
import type { MultipartFile } from '../multipart.ts';
import type { PersonRecord, PictureRecord, UserRecord } from '../records.ts';
import { notFound, Refusal } from '../refusal.ts';
import { v1Time } from '../times.ts';
import { type ImageSize, imageSize } from './image-size.ts';
import { storageLink } from './storage.ts';
import { uploadOf } from './upload.ts';

/** Published: a picture is at least so wide and high, in pixels, and is shown in these two sizes. */
const SMALLEST = 128;
const SHOWN = ['128', '512'] as const;

const pixels = z
  .string()
  .regex(/^\d{1,6}$/, 'must be an integer')
  .transform(Number)
  .optional();
const crop = z.strictObject({ crop_x: pixels, crop_y: pixels, crop_width: pixels, crop_height: pixels });

/** Gives a person a picture in the place of the one they have. Throws 400 when it is none, or too small. */
export function createPicture(
  account: Account,
  person: PersonRecord,
  file: Pick<MultipartFile, 'bytes'>,
  cut: z.infer<typeof crop>,
  user: UserRecord,
): PictureRecord {
  const { type } = assertFits(imageSize(file.bytes), cut);
  const { state } = account;
  removePicture(account, person.id);
  const record: PictureRecord = {
    id: state.pictures.nextId,
    person_id: person.id,
    user_id: user.id,
    contentType: type,
    size: file.bytes.byteLength,
    sha256: state.blobs.put(file.bytes),
    addedSec: nowSec(account),
    deletedSec: null,
  };
  return state.keep(state.pictures, record, account.clock.nowMs());
}

// INF: the texts, and that what breaks the published "should" is refused.
function assertFits(image: ImageSize | null, cut: z.infer<typeof crop>): ImageSize {
  if (!image) throw new Refusal(400, 'Only GIF, JPG and PNG images are accepted');
  const width = cut.crop_width ?? image.width;
  const height = cut.crop_height ?? image.height;
  if (width !== height)
    throw new Refusal(400, `The picture must be a square; it is ${width} by ${height} pixels`);
  if (width < SMALLEST) throw new Refusal(400, `The picture must be at least ${SMALLEST} pixels wide`);
  if ((cut.crop_x ?? 0) + width > image.width || (cut.crop_y ?? 0) + height > image.height)
    throw new Refusal(400, 'The cropping area lies outside the picture');
  return image;
}

function removePicture(account: Account, personId: number): PictureRecord | null {
  const { state } = account;
  const picture = state.pictureByPerson.get(personId);
  if (!picture) return null;
  return state.keep(state.pictures, { ...picture, deletedSec: nowSec(account) });
}

function person(exchange: Exchange): PersonRecord {
  const found = exchange.account.state.persons.get(pathId(exchange));
  if (!found || found.deletedSec !== null) throw notFound('Person');
  return found;
}

/** The addresses of a picture. Both lead to the bytes as they were uploaded: the emulator resizes nothing. */
function addresses({ call }: Exchange, picture: PictureRecord): Record<string, string> {
  const link = (size: string) =>
    storageLink(call, picture.sha256, `${picture.sha256}_${size}`, picture.contentType);
  return Object.fromEntries(SHOWN.map((size) => [size, link(size)]));
}

function view(exchange: Exchange, picture: PictureRecord): Record<string, unknown> {
  return {
    id: picture.id,
    item_type: 'person',
    item_id: picture.person_id,
    active_flag: true,
    added_by_user_id: picture.user_id,
    pictures: addresses(exchange, picture),
  };
}

/** The operations on the picture of a person: `add` and `remove` are of v1, `get` is of v2. */
export const PICTURE_HANDLERS: Readonly<Record<'add' | 'remove' | 'get', Handler>> = {
  add(exchange) {
    const owner = person(exchange);
    const { file, given } = uploadOf(exchange, crop);
    const picture = createPicture(exchange.account, owner, file, given, exchange.user);
    // Published so: a picture that never changed has no update time.
    const times = { add_time: v1Time(picture.addedSec), update_time: '0000-00-00 00:00:00' };
    return done({ ...view(exchange, picture), ...times });
  },
  remove(exchange) {
    const owner = person(exchange);
    if (!removePicture(exchange.account, owner.id)) throw notFound('Picture');
    return done({ id: owner.id });
  },
  get(exchange) {
    const picture = exchange.account.state.pictureByPerson.get(person(exchange).id);
    if (!picture) throw notFound('Picture');
    return done({ ...view(exchange, picture), file_size: picture.size });
  },
};
