/** One message to a receiver that an emulated service tells of changes. */
export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The receiver must answer within so many milliseconds. */
  readonly timeoutMs: number;
}

/** Sends a message and answers the receiver's status. Rejects when there was none in time. */
export type SendPost = (post: OutgoingPost) => Promise<number>;

/** Sends over real HTTP, without following redirects. */
export const sendOverHttp: SendPost = async ({ url, headers, body, timeoutMs }) => {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  return response.status;
};
