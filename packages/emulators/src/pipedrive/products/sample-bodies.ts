/** A line as short as it may be. */
export const LINE = { product_id: 1, item_price: 10, quantity: 2 };
/** A line that is billed every month, for ever. */
export const MONTHLY = { ...LINE, billing_frequency: 'monthly' };
/** An installment. */
export const PART = { description: 'First part', amount: 10, billing_date: '2026-05-01' };
