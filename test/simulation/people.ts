import type { SeededRandom } from 'landfall-emulators/kit/random.ts';

/** A user of every simulated account, beside the administrator the token belongs to. */
export interface User {
  readonly name: string;
  readonly email: string;
  readonly active_flag: boolean;
  readonly is_admin: boolean;
}

/** Whoever does what people do in the account is the first of them. */
export const users: readonly User[] = [
  { name: 'Selin Arslan', email: 'selin@simulated.example', active_flag: true, is_admin: true },
  { name: 'Tom Baker', email: 'tom@simulated.example', active_flag: true, is_admin: false },
  { name: 'Işıl Çağlar', email: 'isil@simulated.example', active_flag: true, is_admin: false },
  { name: 'Left Longago', email: 'left@simulated.example', active_flag: false, is_admin: false },
];

/** The administrator of an emulated account. */
export const adminEmail = 'admin@emulated.example';

/** An owner as the source writes it, and the user who gets the records. */
export interface OwnerText {
  readonly text: string;
  readonly email: string;
}

/** An owner of a record; the ones nobody knows become the token's user. */
export function drawOwner(random: SeededRandom): OwnerText {
  if (random.next() < 0.2) return { text: '', email: adminEmail };
  const user = random.pick(users);
  const text = random.pick([
    user.email,
    user.email.toUpperCase().replace('İ', 'I'),
    user.name,
    ` ${user.name} `,
  ]);
  if (random.next() < 0.1)
    return { text: random.pick(['Ghost', 'ghost@nowhere.example']), email: adminEmail };
  return { text, email: user.active_flag ? user.email : adminEmail };
}

const words = ['Anadolu', 'Şişli', 'Northwind', 'Ege', 'İpek', 'Delta', 'Çınar', 'Harbour', 'Vega', 'Öz'];
const trades = ['Tekstil', 'Gıda', 'Logistics', 'Makine', 'Medical', 'Yapı', 'Software', "D'Arc", '=SUM(A1)'];
const firstNames = ['Ayşe', 'Mehmet', 'Elif', 'Can', 'John', 'Mária', 'İpek', 'Özgür', 'Zoë', 'Kerem'];
const lastNames = ['Yılmaz', 'Kaya', 'Şahin', 'Smith', "O'Neil", 'Öztürk', 'Aydın', 'Novák', 'Ülkü'];

/** A company's name, unique by its number. */
export function companyName(random: SeededRandom, number: number): string {
  return `${random.pick(words)} ${random.pick(trades)} ${number}`;
}

/** First and last name of a person; the last one is unique by its number. */
export function personName(random: SeededRandom, number: number): readonly [string, string] {
  return [random.pick(firstNames), `${random.pick(lastNames)}-${number}`];
}
