import type { OutgoingPost } from '../../kit/http-post.ts';
import type { PipedriveOptions } from '../emulator.ts';
import { testClient } from '../test-client.ts';

/** Where the webhooks of the tests send to. */
export const URL_OF_RECEIVER = 'https://receiver.example/hook';

/** What a receiver reads. */
export interface Message {
  readonly meta: Record<string, unknown>;
  readonly data: Record<string, unknown> | null;
  readonly previous: Record<string, unknown> | null;
}

/** A client whose webhooks reach a receiver that answers what `statuses` say, then 200; null: no answer. */
export function webhookScene(statuses: (number | null)[] = [], options: PipedriveOptions = {}) {
  const posts: OutgoingPost[] = [];
  const client = testClient({
    send: async (post) => {
      posts.push(post);
      const status = statuses.length > 0 ? statuses.shift() : 200;
      if (status == null) throw new Error('no answer');
      return status;
    },
    ...options,
  });
  /** Until what was started is on its way: deliveries wait for nothing but promises here. */
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const pass = async (ms: number) => {
    client.emulator.control.advance(ms);
    await settled();
  };
  const messages = (): Message[] => posts.map(({ body }) => JSON.parse(body) as Message);
  const hook = async (action = '*', entity = '*', more: object = {}) => {
    const body = {
      subscription_url: URL_OF_RECEIVER,
      event_action: action,
      event_object: entity,
      name: 'Hook',
      ...more,
    };
    return client.call('POST', '/v1/webhooks', body);
  };
  return { ...client, posts, messages, settled, pass, hook };
}
