/** What an answer means although its status may say otherwise. */
export type Meaning = 'unauthorized' | 'forbidden' | 'refused' | 'unavailable' | 'gone' | 'throttled';

/** How an error of the service is told from an answer; the first sign that is there counts, before the status. */
export interface ErrorSign {
  /** Only answers of this status; absent: any. */
  readonly status?: number;
  /** A body that is no JSON and in which this regular expression is found, case aside. */
  readonly text?: string;
  /** A member of the body, by its dotted path ... */
  readonly member?: string;
  /** ... that equals this; absent: that is there and says something. */
  readonly is?: string | number | boolean;
  readonly means: Meaning;
  /** Where the words for people are, by dotted path. */
  readonly words?: string;
}

/** How a list is gone through. Page sizes are what we ask; a service may give less. */
export type Paging =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'page';
      readonly page: string;
      readonly size: string;
      readonly first: number;
      readonly pageRecords: number;
    }
  | { readonly kind: 'offset'; readonly offset: string; readonly size: string; readonly pageRecords: number }
  | { readonly kind: 'cursor'; readonly cursor: string; readonly size: string; readonly pageRecords: number }
  /** The answer holds the address of the next page. */
  | { readonly kind: 'link'; readonly size: string; readonly pageRecords: number };

/** Where the parts of a list's answer are: dotted paths, tried in order. `''` is the body itself. */
export interface AnswerShape {
  readonly items: readonly string[];
  /** How many records there are in all. */
  readonly total: readonly string[];
  /** The cursor or the address of the next page. */
  readonly next: readonly string[];
}

/** How one service of this kind speaks: data only, the reader knows no vendor. */
export interface RestDialect {
  /** For people: `module API`. */
  readonly name: string;
  /** Headers by name; `{apiKey}` stands for the secret of that name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parameters of every address, in the same way. */
  readonly query?: Readonly<Record<string, string>>;
  readonly answers: AnswerShape;
  readonly signs: readonly ErrorSign[];
  readonly paging: Paging;
}
