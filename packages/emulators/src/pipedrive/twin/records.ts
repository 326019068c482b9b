/** What a live account says of itself, in the place of the emulated company. There is one in a twin, else none. */
export interface CompanyRecord {
  readonly id: 1;
  /** The user whose token the twin hands out: who read the live account. */
  readonly holderId: number;
  /** The keys that `GET /v1/users/me` shows beyond those of a user. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** Deals and leads of the live account that count against the cap and were not copied. */
  readonly openElsewhere: number;
  /** Tokens a day that the account has beyond its plan and seats. */
  readonly topUpTokens: number;
}

/** A currency of a live account, as the API shows it. Without any the emulator's own list holds. */
export interface CurrencyRecord {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly decimal_points: number;
  readonly symbol: string;
  readonly active_flag: boolean;
  readonly is_custom_flag: boolean;
}
