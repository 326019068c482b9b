import { foldLetters } from './fold.ts';

/** Month names and their short forms by language, January first. */
const months: readonly string[] = [
  // English
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'jan feb mar apr may jun jul aug sept oct nov dec',
  // Turkish
  'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık',
  'oca şub mar nis may haz tem ağu eyl eki kas ara',
  // German
  'januar februar märz april mai juni juli august september oktober november dezember',
  'jan feb mär apr mai jun jul aug sep okt nov dez',
  // French
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'janv févr mars avr mai juin juil août sept oct nov déc',
  // Spanish
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'ene feb mar abr may jun jul ago sep oct nov dic',
  // Russian (as in a date)
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
];

const byName = new Map(
  months.flatMap((year) => year.split(' ').map((name, index) => [foldLetters(name), index + 1] as const)),
);

/** The number of a month by its name in English, Turkish, German, French, Spanish or Russian; null when it is none. */
export function monthOf(name: string): number | null {
  return byName.get(foldLetters(name)) ?? null;
}
