const mark = '₺|\\$|€|£|¥|TL|TRY|YTL|USD|EUR|GBP|CHF';
const plain = new RegExp(
  `^\\(?\\s*[-+]?\\s*(?:(${mark}|%)\\s*)?[-+]?(\\d[\\d.,'’ \\u00a0\\u202f]*)(?:(${mark}|%)\\s*)?[-)]?$`,
  'i',
);
const scientific = /^\d(?:[.,]\d+)?E\+\d{1,2}$/i;
const longestNumber = 40;

/** What a cell is when it is a number. */
export interface NumberForm {
  readonly mark: 'money' | 'percent' | null;
  /** The decimal sign it shows; null when it shows none, `either` when it could be a thousands sign as well. */
  readonly decimal: ',' | '.' | 'either' | null;
  /** `9.05321E+11`: what a spreadsheet leaves of a long number. */
  readonly damaged: boolean;
  /** `007`: rather a code than a number. */
  readonly leadingZero: boolean;
}

/** Reads the form of a number, or null when the text is none. */
export function numberForm(text: string): NumberForm | null {
  if (text.length > longestNumber) return null;
  if (scientific.test(text)) return { mark: null, decimal: null, damaged: true, leadingZero: false };
  const found = plain.exec(text);
  if (found === null) return null;
  const digits = (found[2] ?? '').trim();
  const sign = found[1] ?? found[3] ?? null;
  const form = sign === null ? null : sign === '%' ? 'percent' : 'money';
  return { mark: form, decimal: decimalOf(digits), damaged: false, leadingZero: /^0\d/.test(digits) };
}

function decimalOf(digits: string): NumberForm['decimal'] {
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (dot === -1 && comma === -1) return null;
  if (dot !== -1 && comma !== -1) return dot > comma ? '.' : ',';
  const sign = dot === -1 ? ',' : '.';
  const at = Math.max(dot, comma);
  if (digits.indexOf(sign) !== at) return sign === '.' ? ',' : '.';
  const grouped = digits.length - at - 1 === 3 && at >= 1 && at <= 3 && digits[0] !== '0';
  return grouped ? 'either' : sign;
}

/** How the numbers of a column are written, by counting. */
export class NumberEvidence {
  numbers = 0;
  money = 0;
  percent = 0;
  damaged = 0;
  leadingZero = 0;
  #comma = 0;
  #dot = 0;
  #either = 0;

  /** Counts a number that stands `count` times. */
  add(form: NumberForm, count: number): void {
    this.numbers += count;
    if (form.mark === 'money') this.money += count;
    if (form.mark === 'percent') this.percent += count;
    if (form.damaged) this.damaged += count;
    if (form.leadingZero) this.leadingZero += count;
    if (form.decimal === ',') this.#comma += count;
    if (form.decimal === '.') this.#dot += count;
    if (form.decimal === 'either') this.#either += count;
  }

  /** The decimal sign of the column; null when none is shown, when both are, or when it could be either. */
  get decimal(): ',' | '.' | null {
    if (this.#comma > 0 && this.#dot > 0) return null;
    if (this.#comma > 0) return ',';
    return this.#dot > 0 ? '.' : null;
  }

  /** Some values read one way, some the other. */
  get mixed(): boolean {
    return this.#comma > 0 && this.#dot > 0;
  }

  /** Values like `1.234` and nothing that tells which they are. */
  get ambiguous(): boolean {
    return this.#either > 0 && this.decimal === null && !this.mixed;
  }

  /** In words, for the evidence; '' when there is nothing to say. */
  describe(): string {
    if (this.mixed) return `decimal comma in ${this.#comma}, decimal point in ${this.#dot}`;
    if (this.#comma > 0) return `decimal comma in ${this.#comma}`;
    if (this.#dot > 0) return `decimal point in ${this.#dot}`;
    return this.#either > 0 ? `${this.#either} could be thousands or decimals` : '';
  }
}
