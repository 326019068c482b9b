import { z } from 'zod';
import type { Attendee } from '../../model/target.ts';
import { addressText, parseEmailAddress, splitAddresses } from '../email-address.ts';
import { collapseSpaces, meansNothing } from '../fold.ts';
import {
  fewReasons,
  type Given,
  gives,
  linesTransform,
  listTransform,
  nothing,
  type Outcome,
  quote,
  refuses,
  textTransform,
} from '../transform.ts';

const none = z.strictObject({});

const email = textTransform({
  name: 'email',
  summary:
    'One e-mail address: without `mailto:`, display name and spaces, the domain in small letters; anything else is refused.',
  gives: 'email',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: 'ada@acme.com', gives: 'ada@acme.com', effect: 'asIs' },
    { value: 'Ada@ACME.com', gives: 'Ada@acme.com' },
    { value: ' ada@acme.com ', gives: 'ada@acme.com' },
    { value: 'mailto:ada@acme.com', gives: 'ada@acme.com' },
    { value: 'mailto:ada@acme.com?subject=Hi', gives: 'ada@acme.com' },
    { value: 'Ada Lovelace <ada@acme.com>', gives: 'ada@acme.com', effect: 'lossy' },
    { value: '"Lovelace, Ada" <ada@acme.com>', gives: 'ada@acme.com', effect: 'lossy' },
    { value: '<ada@acme.com>', gives: 'ada@acme.com' },
    { value: 'ada@acme.com;', gives: 'ada@acme.com' },
    { value: 'çağrı@şirket.com.tr', gives: 'çağrı@şirket.com.tr' },
    { value: 'a.b+tag@sub.acme.co.uk', gives: 'a.b+tag@sub.acme.co.uk' },
    { value: 'yok@yok.com', gives: 'yok@yok.com' },
    { value: 'n/a', gives: null },
    { value: '-', gives: null },
    { value: 'ada@acme', refuses: 'is no e-mail address' },
    { value: 'ada acme.com', refuses: 'is no e-mail address' },
    { value: 'ada@@acme.com', refuses: 'is no e-mail address' },
    { value: 'ada..b@acme.com', refuses: 'is no e-mail address' },
    { value: '.ada@acme.com', refuses: 'is no e-mail address' },
    { value: 'ada@-acme.com', refuses: 'is no e-mail address' },
    { value: 'ada@acme.c', refuses: 'is no e-mail address' },
    { value: 'ada @acme.com', refuses: 'is no e-mail address' },
    { value: 'a@x.com, b@y.com', refuses: 'more than one address' },
  ],
  prepare: () => oneAddress,
});

function oneAddress(text: string): Outcome {
  const address = parseEmailAddress(text);
  if (address !== null) {
    const made = addressText(address);
    // a display name is information: whoever drops it says so
    return gives(made, address.name === '' ? (made === text ? 'asIs' : 'normalised') : 'lossy');
  }
  if (meansNothing(text)) return nothing;
  const several = splitAddresses(text).length > 1;
  return refuses(
    several
      ? `${quote(text)} holds more than one address: use the transform \`emails\``
      : `${quote(text)} is no e-mail address`,
  );
}

const emails = listTransform({
  name: 'emails',
  summary: 'All e-mail addresses of a text or list, cut at `;` `,` `|` ` / ` and line ends, each one once.',
  gives: 'texts',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: 'a@x.com; b@y.com', gives: ['a@x.com', 'b@y.com'] },
    { value: 'a@x.com, b@y.com', gives: ['a@x.com', 'b@y.com'] },
    { value: 'a@x.com|b@y.com', gives: ['a@x.com', 'b@y.com'] },
    { value: 'a@x.com / b@y.com', gives: ['a@x.com', 'b@y.com'] },
    { value: 'a@x.com\nb@y.com', gives: ['a@x.com', 'b@y.com'] },
    { value: 'A <a@x.com>; b@y.com', gives: ['a@x.com', 'b@y.com'], effect: 'lossy' },
    { value: '"Lovelace, Ada" <a@x.com>, b@y.com', gives: ['a@x.com', 'b@y.com'], effect: 'lossy' },
    { value: 'Lovelace, Ada <a@x.com>', gives: ['a@x.com'], effect: 'lossy' },
    { value: 'a@x.com; A@X.COM', gives: ['a@x.com'] },
    { value: 'a@x.com;', gives: ['a@x.com'] },
    { value: 'a@x.com', gives: ['a@x.com'], effect: 'asIs' },
    { value: ['a@x.com', 'b@y.com'], gives: ['a@x.com', 'b@y.com'], effect: 'asIs' },
    { value: 'a@x.com; nonsense', gives: ['a@x.com'], effect: 'lossy' },
    { value: 'n/a', gives: null },
    { value: 'nonsense', refuses: 'is no e-mail address' },
    { value: 'a;b;c;d;e;f;g', refuses: 'and 2 more like these' },
  ],
  prepare: () => (texts) => allAddresses(texts.flatMap(splitAddresses), texts),
});

function allAddresses(pieces: readonly string[], before: readonly string[]): Outcome {
  const found = new Map<string, string>();
  const troubles: string[] = [];
  let lossy = false;
  for (const piece of pieces) {
    const outcome = oneAddress(piece);
    if (!outcome.ok) troubles.push(outcome.reason);
    else if (typeof outcome.value === 'string') {
      lossy ||= outcome.effect === 'lossy';
      const key = outcome.value.toLowerCase();
      if (!found.has(key)) found.set(key, outcome.value);
    }
  }
  if (found.size === 0) return troubles.length > 0 ? refuses(fewReasons(troubles).join('; ')) : nothing;
  return listed([...found.values()], before, troubles, lossy);
}

function listed(
  made: readonly string[],
  before: readonly string[],
  troubles: readonly string[],
  lossy: boolean,
): Given {
  const same = made.length === before.length && made.every((item, index) => item === before[index]);
  const effect = lossy || troubles.length > 0 ? 'lossy' : same ? 'asIs' : 'normalised';
  return troubles.length === 0
    ? gives(made, effect)
    : { ok: true, value: made, effect, troubles: fewReasons(troubles) };
}

const attendees = listTransform({
  name: 'attendees',
  summary: 'The people of a meeting who have an address, with their names; names without one are listed.',
  gives: 'attendees',
  effect: 'normalised',
  settings: z.strictObject({
    others: z
      .enum(['list', 'leave'])
      .optional()
      .describe('People without an address: listed (default), or left to a row that keeps them as text.'),
  }),
  examples: [
    { value: 'Ada <a@x.com>; b@y.com', gives: [{ email: 'a@x.com', name: 'Ada' }, { email: 'b@y.com' }] },
    { value: 'a@x.com; a@x.com', gives: [{ email: 'a@x.com' }] },
    { value: '"Lovelace, Ada" <a@x.com>', gives: [{ email: 'a@x.com', name: 'Lovelace, Ada' }] },
    { value: 'a@x.com; Grace Hopper', gives: [{ email: 'a@x.com' }], effect: 'lossy' },
    { value: 'Grace Hopper', refuses: 'has no e-mail address' },
    {
      value: ['Ada <a@x.com>', 'Grace Hopper'],
      settings: { others: 'leave' },
      gives: [{ email: 'a@x.com', name: 'Ada' }],
      effect: 'lossy',
    },
    { value: 'Grace Hopper', settings: { others: 'leave' }, gives: null },
  ],
  prepare: (settings) => (texts) => meeting(texts.flatMap(splitAddresses), settings.others === 'leave'),
});

function meeting(pieces: readonly string[], leavesOthers: boolean): Outcome {
  const found = new Map<string, Attendee>();
  const troubles: string[] = [];
  for (const piece of pieces) {
    const address = parseEmailAddress(piece);
    if (address === null) troubles.push(`${quote(piece)} has no e-mail address`);
    else {
      const text = addressText(address);
      const person = address.name === '' ? { email: text } : { email: text, name: address.name };
      if (!found.has(text.toLowerCase())) found.set(text.toLowerCase(), person);
    }
  }
  if (found.size === 0)
    return troubles.length > 0 && !leavesOthers ? refuses(fewReasons(troubles).join('; ')) : nothing;
  const value = [...found.values()];
  if (troubles.length === 0) return gives(value);
  return leavesOthers
    ? gives(value, 'lossy')
    : { ok: true, value, effect: 'lossy', troubles: fewReasons(troubles) };
}

const attendeeNames = listTransform({
  name: 'attendeeNames',
  summary: 'The people of a meeting as text, for the block: names, and addresses where there is no name.',
  gives: 'text',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: 'Ada <a@x.com>; Grace Hopper', gives: 'Ada <a@x.com>, Grace Hopper' },
    { value: 'a@x.com', gives: 'a@x.com' },
    { value: ['Ada', 'Grace'], gives: 'Ada, Grace' },
  ],
  prepare: () => (texts) => {
    const people = texts.flatMap(splitAddresses).map(collapseSpaces);
    return people.length === 0 ? nothing : gives([...new Set(people)].join(', '));
  },
});

const mailboxes = linesTransform({
  name: 'mailboxes',
  summary:
    'Names and addresses side by side as `Name <address>`, one for each record; one of the two alone stays.',
  gives: 'texts',
  effect: 'normalised',
  settings: none,
  examples: [
    {
      value: [
        ['Ada', 'a@x.com'],
        ['Grace', ''],
        ['', 'b@y.com'],
      ],
      gives: ['Ada <a@x.com>', 'Grace', 'b@y.com'],
    },
    { value: [['Lovelace, Ada', 'a@x.com']], gives: ['"Lovelace, Ada" <a@x.com>'] },
    { value: [['a@x.com', 'a@x.com']], gives: ['a@x.com'] },
    { value: [['Ada <ada@x.com>', 'a@x.com']], gives: ['Ada <a@x.com>'] },
    { value: [['Ada <ada@x.com>', '']], gives: ['Ada <ada@x.com>'] },
    { value: [['', '']], gives: null },
  ],
  prepare: () => (lines) => {
    const found = lines.map(mailbox).filter((text) => text !== '');
    return found.length === 0 ? nothing : gives([...new Set(found)]);
  },
});

/** A name that brings an address of its own gives way to the address beside it. */
function mailbox([name = '', address = '']: readonly string[]): string {
  const where = collapseSpaces(address);
  const own = parseEmailAddress(name);
  const who = where !== '' && own !== null ? own.name : collapseSpaces(name);
  if (who === '' || where === '') return who === '' ? where : who;
  return `${/[",;<>@]/.test(who) ? `"${who.replaceAll('"', "'")}"` : who} <${where}>`;
}

/** Transforms of e-mail addresses and of the people who have them. */
export const emailTransforms = [email, emails, attendees, attendeeNames, mailboxes];
