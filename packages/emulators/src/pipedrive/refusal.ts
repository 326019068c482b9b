/** A request that is turned down; the version of the API it came by decides the envelope. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string | null;

  constructor(status: number, message: string, code: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** One thing that is wrong with a request: where, and in what words. */
export interface Complaint {
  readonly key: string;
  readonly text: string;
}

/** 400 for a body or query that breaks its schema: every complaint, in the vendor's form. */
export function schemaRefusal(complaints: readonly Complaint[]): Refusal {
  const text = complaints.map(({ key, text: words }) => (key === '' ? words : `${key}: ${words}`)).join('; ');
  return new Refusal(400, `Validation failed: ${text}`, 'ERR_SCHEMA_VALIDATION_FAILED');
}

/** The vendor's words for a key that the request must not carry. */
export function notAllowed(key: string): Complaint {
  return { key, text: `Parameter '${key}' is not allowed for this request` };
}

/** 400 for a request that is well formed and still cannot be. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, message, 'ERR_BAD_REQUEST');
}

/** 404 for a record that is not there; `what` begins the sentence. */
export function notFound(what: string): Refusal {
  return new Refusal(404, `${what} not found.`, 'ERR_NOT_FOUND');
}

/** 403 for a plan's cap; clients tell it from a lack of rights by the code. */
export function capReached(message: string, code: string): Refusal {
  return new Refusal(403, message, code);
}

const INFO = 'Please check developers.pipedrive.com for more information about Pipedrive API.';

/** A refusal in the words of its API version. */
export function refusalBody(api: 'v1' | 'v2', refusal: Refusal): Record<string, unknown> {
  const { message: error, code } = refusal;
  if (api === 'v2') return { success: false, error, code: code ?? 'ERR_BAD_REQUEST' };
  const capping = code?.startsWith('feature_capping') ? { code } : {};
  return { success: false, error, error_info: INFO, ...capping, data: null, additional_data: null };
}
