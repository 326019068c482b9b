/** How a value is to be taken: decides its colour, never its meaning (the words say that). */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'quiet';

/** A cell of a table: text as it is (renderers escape it), or a number that is shown with thousands marks. */
export type ReportCell = string | number | { readonly text: string; readonly tone: Tone };

/** A piece of a report. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'note'; readonly tone: Tone; readonly text: string }
  | {
      readonly kind: 'table';
      readonly header: readonly string[];
      readonly rows: readonly (readonly ReportCell[])[];
      /** Rows that there are beside those shown, when the table is cut. */
      readonly more?: { readonly count: number; readonly where: string };
    }
  | {
      /** Parts of a whole, drawn as one bar. */
      readonly kind: 'shares';
      readonly label: string;
      readonly parts: readonly { readonly label: string; readonly value: number; readonly tone: Tone }[];
    };

/** A chapter of a report. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A number worth seeing first. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly tone: Tone;
}

/** A document for people, without its looks: written as Markdown and as a page. */
export interface Report {
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  /** The last line: who made it, when. */
  readonly footer: string;
}

/** A paragraph. */
export function text(words: string): Block {
  return { kind: 'text', text: words };
}

/** A table; with no rows, the sentence that says so. */
export function table(
  header: readonly string[],
  rows: readonly (readonly ReportCell[])[],
  whenEmpty: string,
): Block {
  return rows.length === 0 ? text(whenEmpty) : { kind: 'table', header, rows };
}

/** A table of at most `limit` rows that says where the others are. */
export function cutTable(
  header: readonly string[],
  rows: readonly (readonly ReportCell[])[],
  limit: number,
  where: string,
  whenEmpty: string,
): Block {
  if (rows.length <= limit) return table(header, rows, whenEmpty);
  return { kind: 'table', header, rows: rows.slice(0, limit), more: { count: rows.length - limit, where } };
}

/** A cell with a tone. */
export function cell(words: string, tone: Tone): ReportCell {
  return { text: words, tone };
}
