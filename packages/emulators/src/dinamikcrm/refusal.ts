import { type Answer, htmlAnswer, jsonAnswer } from '../kit/exchange.ts';

/** A request that is answered with an error. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Something that is not there. */
export function notFound(what: string): Refusal {
  return new Refusal(404, 'NOT_FOUND', `${what} bulunamadı.`);
}

/** A request that makes no sense. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, 'BAD_REQUEST', message);
}

/** Something that the vendor may have and this emulator does not: its name is in the answer. */
export function notEmulated(name: string): Refusal {
  return new Refusal(501, 'NotEmulated', `Not emulated: ${name}`);
}

/** The answer of a refusal. */
export function refusalAnswer({ status, code, message }: Refusal): Answer {
  return jsonAnswer(status, { error: { code, message } });
}

/** Plain text, as the legacy dialect answers what goes wrong. */
export function textAnswer(status: number, text: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text, costTokens: 0 };
}

/** The page of a session that is over: HTML with status 200. */
export function signInPage(): Answer {
  return htmlAnswer(
    200,
    '<!DOCTYPE html><html><head><title>Giriş</title></head><body>Oturum açın</body></html>',
  );
}
