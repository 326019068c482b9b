/** What a target field holds; decides the shape of its `TargetValue`. */
export const targetTypes = [
  'text', // string
  'longText', // string
  'html', // string
  'number', // decimal text, `1234.5`
  'integer', // decimal text
  'boolean', // boolean
  'date', // `YYYY-MM-DD`
  'time', // `HH:MM`
  'dateTime', // `YYYY-MM-DDTHH:MM:SSZ`
  'duration', // `HH:MM`
  'money', // Money
  'currency', // ISO 4217 code
  'emails', // ContactPoint[]
  'phones', // ContactPoint[]
  'phone', // string
  'address', // Address
  'option', // the option's label
  'options', // labels, in order, without repeats
  'user', // OwnerRef before load, a user's id (text) after
  'stage', // StageRef
  'attendees', // Attendee[]
  'prices', // Money, or Money[]: one price in each currency
  'content', // FileContent
  'reference', // never a value: always a `Link`
] as const;

/** Types a custom field can be made with: Pipedrive's names (facts.md 2.11). */
export const customFieldTypes = [
  'varchar',
  'text',
  'double',
  'monetary',
  'date',
  'enum',
  'set',
  'phone',
  'address',
  'user',
  'org',
  'people',
] as const;
