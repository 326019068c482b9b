import { type Answer, jsonAnswer } from '../kit/exchange.ts';

/** A request that is answered with an error, in the words and codes of the vendor. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Code of what OData itself refuses: a bad expand, an unknown segment, a syntax error. */
export const ODATA_CODE = '0x80060888';

/** A query that OData refuses. */
export function badQuery(message: string): Refusal {
  return new Refusal(400, ODATA_CODE, message);
}

/** A path that leads nowhere. */
export function noSegment(segment: string): Refusal {
  return new Refusal(404, ODATA_CODE, `Resource not found for the segment '${segment}'.`);
}

/** A column that a table does not have. */
export function noAttribute(schemaName: string, column: string): Refusal {
  const message = `'${schemaName}' entity doesn't contain attribute with Name = '${column}' and NameMapping = 'Logical'.`;
  return new Refusal(400, '0x80041103', message);
}

/** A record that is not there. */
export function noRecord(table: string, id: string): Refusal {
  const message = `Entity '${table}' With Id = ${id} Does Not Exist`;
  return new Refusal(404, '0x80040217', message);
}

/** Something that the vendor has and this emulator does not: its name is in the answer. */
export function notEmulated(name: string): Refusal {
  return new Refusal(501, 'NotEmulated', `Not emulated: ${name}`);
}

const ANNOTATED = '@Microsoft.PowerApps.CDS.';

/** The body and status of a refusal; `full` adds what clients get that ask for all annotations. */
export function refusalAnswer(
  refusal: Refusal,
  headers: Readonly<Record<string, string>>,
  full = false,
): Answer {
  const { status, code, message } = refusal;
  const more = {
    [`${ANNOTATED}ErrorDetails.OperationStatus`]: '0',
    [`${ANNOTATED}ErrorDetails.SubErrorCode`]: '2147746304',
    [`${ANNOTATED}HelpLink`]: `http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a${code}`,
    [`${ANNOTATED}TraceText`]: '',
    [`${ANNOTATED}InnerError.Message`]: message,
  };
  return jsonAnswer(status, { error: { code, message, ...(full ? more : {}) } }, headers);
}
