import type { Address } from '../model/target.ts';

/** The parts of an address that a mapping can fill one by one. */
export const addressParts = ['street', 'city', 'state', 'postalCode', 'country'] as const;

/** One of `addressParts`. */
export type AddressPart = (typeof addressParts)[number];

/** Whether it is a part of an address. */
export function isAddressPart(name: string): name is AddressPart {
  return (addressParts as readonly string[]).includes(name);
}

/** The line people read, of the parts: `Street 1, 34000 İstanbul, State, Country`. A line that is there already stays. */
export function composeAddress(parts: Partial<Record<AddressPart | 'value', string>>): Address {
  const { value, ...rest } = parts;
  if (value !== undefined && value !== '') return { ...rest, value };
  const town = [parts.postalCode, parts.city].filter((part) => part !== undefined).join(' ');
  const line = [parts.street, town, parts.state, parts.country].filter(
    (part) => part !== undefined && part !== '',
  );
  return { ...rest, value: line.join(', ') };
}
