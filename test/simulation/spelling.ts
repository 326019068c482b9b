import type { SeededRandom } from 'landfall-emulators/kit/random.ts';

/** A cell as the source writes it, and the value that must arrive; null: nothing does. */
export interface Cell<T = string> {
  readonly text: string;
  readonly value: T | null;
}

/** A cell that holds nothing. */
export const emptyCell: Cell<never> = { text: '', value: null };

/** The text with spaces where people leave them. */
export function loose(random: SeededRandom, value: string): Cell {
  const spaced = random.next() < 0.3 ? value.replace(' ', '  ') : value;
  return { text: random.pick([spaced, spaced, ` ${spaced}`, `${spaced} \t`, `\u00a0${spaced}`]), value };
}

/** A web address, sometimes bare, sometimes in capitals. */
export function webAddress(random: SeededRandom, host: string): Cell {
  const value = `https://${host}`;
  return { text: random.pick([host, value, `HTTPS://${host.toUpperCase()}`, ` ${host} `]), value };
}

/** An e-mail address in the forms people paste; now and then one that is none. */
export function emailAddress(random: SeededRandom, local: string, domain: string): Cell {
  const value = `${local}@${domain}`;
  const text = random.pick([
    value,
    ` ${value} `,
    `mailto:${value}`,
    `A B <${value}>`,
    `${local}@${domain.toUpperCase()}`,
  ]);
  return { text, value };
}

/** A Turkish mobile number in the forms people type; now and then one that a spreadsheet damaged. */
export function phoneNumber(random: SeededRandom): Cell {
  if (random.next() < 0.1) return { text: random.pick(['9.05321E+11', 'call me', '12']), value: null };
  const digits = String(random.between(1_000_000, 9_999_999));
  const [one, two, three] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  const text = random.pick([
    `0532 ${one} ${two} ${three}`,
    `+90 (532) ${one}-${two}-${three}`,
    `0090 532 ${one} ${two} ${three}`,
    `'+90532${digits}`,
  ]);
  return { text, value: `+90532${digits}` };
}

/** A day; now and then one that never was. */
export function day(random: SeededRandom): Cell {
  if (random.next() < 0.08) return { text: random.pick(['31.02.2026', 'soon', '2026-13-01']), value: null };
  const [year, month, date] = [random.between(2019, 2026), random.between(1, 12), random.between(1, 28)];
  const two = (number: number) => String(number).padStart(2, '0');
  const text = random.pick([`${two(date)}.${two(month)}.${year}`, `${date}.${month}.${year}`]);
  return { text, value: `${year}-${two(month)}-${two(date)}` };
}

/** A number the Turkish way: comma before the fraction, points between thousands. */
export function decimal(random: SeededRandom): Cell<number> {
  if (random.next() < 0.06) return { text: random.pick(['abc', '1,2 Mio']), value: null };
  const whole = random.between(0, 999_999);
  const cents = random.pick([0, 0, 50, 25, 99]);
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, '.');
  const fraction = cents === 0 ? '' : `,${String(cents).padStart(2, '0')}`;
  return { text: random.pick([`${grouped}${fraction}`, `${whole}${fraction}`]), value: whole + cents / 100 };
}

/** A body: plain text, HTML, or HTML with what may not pass. `value` is the text people read. */
export function body(random: SeededRandom, token: string): Cell {
  const value = `Talked about order ${token}`;
  const text = random.pick([
    value,
    `<p>${value}</p>`,
    `<p>Talked about <b>order ${token}</b></p>`,
    `<p>${value}</p><script>x()</script>`,
  ]);
  return { text, value };
}

/** Yes or no in two languages. */
export function yesNo(random: SeededRandom): Cell<boolean> {
  const value = random.next() < 0.5;
  return { text: random.pick(value ? ['Evet', 'yes', '1', 'TRUE'] : ['Hayır', 'no', '0', 'false']), value };
}

/** Tags in one cell, some of them twice; `value` as they must arrive. */
export function tags(random: SeededRandom): Cell<readonly string[]> {
  const all = ['vip', 'export', 'İhracat', 'cold'];
  const value = all.filter(() => random.next() < 0.3);
  if (value.length === 0) return emptyCell;
  const twice = random.next() < 0.3 ? [...value, (value[0] as string).toUpperCase()] : value;
  return { text: twice.join(random.pick(['; ', ',', '|'])), value };
}
