import type { Transform } from './transform.ts';
import { addressTransforms } from './transforms/address.ts';
import { booleanTransforms } from './transforms/boolean.ts';
import { choiceTransforms } from './transforms/choice.ts';
import { clockTransforms } from './transforms/clock.ts';
import { constantTransforms } from './transforms/constant.ts';
import { dateTransforms } from './transforms/date.ts';
import { emailTransforms } from './transforms/email.ts';
import { fileTransforms } from './transforms/file.ts';
import { htmlTransforms } from './transforms/html.ts';
import { lineTransforms } from './transforms/lines.ts';
import { moneyTransforms } from './transforms/money.ts';
import { numberTransforms } from './transforms/number.ts';
import { personTransforms } from './transforms/person.ts';
import { phoneTransforms } from './transforms/phone.ts';
import { pipelineTransforms } from './transforms/pipeline.ts';
import { referenceTransforms } from './transforms/reference.ts';
import { textTransforms } from './transforms/text.ts';
import { webTransforms } from './transforms/web.ts';

/** Every transform, family by family: the order of the generated reference. */
export const transforms: readonly Transform[] = [
  ...textTransforms,
  ...constantTransforms,
  ...personTransforms,
  ...emailTransforms,
  ...phoneTransforms,
  ...dateTransforms,
  ...clockTransforms,
  ...numberTransforms,
  ...moneyTransforms,
  ...booleanTransforms,
  ...choiceTransforms,
  ...lineTransforms,
  ...htmlTransforms,
  ...webTransforms,
  ...addressTransforms,
  ...pipelineTransforms,
  ...referenceTransforms,
  ...fileTransforms,
];

const byName = new Map(transforms.map((transform) => [transform.name, transform]));

/** The transform of a name, or undefined. */
export function findTransform(name: string): Transform | undefined {
  return byName.get(name);
}
