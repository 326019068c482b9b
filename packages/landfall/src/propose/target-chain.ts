import type { TransformCall } from '../model/mapping.ts';
import type {
  CustomFieldType,
  TargetCatalog,
  TargetEntity,
  TargetField,
  TargetType,
} from '../model/target.ts';

/** The transforms that make a value of each target type of the source's text. References need a person's hand. */
const chains: Readonly<Record<TargetType, readonly TransformCall[]>> = {
  text: ['trim'],
  longText: [],
  html: ['html'],
  number: ['number'],
  integer: [{ number: { integer: true } }],
  boolean: ['boolean'],
  date: ['date'],
  time: ['time'],
  dateTime: ['dateTime'],
  duration: ['duration'],
  money: ['money'],
  currency: ['currency'],
  emails: ['emails'],
  phones: ['phones'],
  phone: ['phone'],
  address: ['address'],
  option: ['choice'],
  options: ['choices'],
  user: ['owner'],
  stage: ['stage'],
  attendees: ['attendees'],
  prices: ['money'],
  content: [],
  reference: [],
};

const typesOfAccount: Readonly<Record<CustomFieldType, readonly TargetType[]>> = {
  varchar: ['text'],
  text: ['longText', 'text'],
  double: ['number', 'integer'],
  monetary: ['money'],
  date: ['date'],
  enum: ['option'],
  set: ['options'],
  phone: ['phone'],
  address: ['address'],
  user: ['user'],
  org: ['reference'],
  people: ['reference'],
};

/** The transforms for a field of the destination. */
export function chainFor(type: TargetType): readonly TransformCall[] {
  return chains[type];
}

/** Whether a field the account has can take what a new field of that type would take. */
export function isOfType(field: TargetField, type: CustomFieldType): boolean {
  return typesOfAccount[type].includes(field.type);
}

/** The field a target path such as `person.emails.work` or `deal.custom.Region` ends in; null when there is none. */
export function fieldAt(target: TargetCatalog, to: string): TargetField | null {
  const [entity = '', ...parts] = to.split('.');
  if (!Object.hasOwn(target.entities, entity)) return null;
  const fields = target.entities[entity as TargetEntity];
  const whole = parts.join('.');
  return fields.find(({ name }) => name === whole) ?? fields.find(({ name }) => name === parts[0]) ?? null;
}
