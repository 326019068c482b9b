import {
  ClientSecretPost,
  clientCredentialsGrantRequest,
  processClientCredentialsResponse,
} from 'oauth4webapi';
import type { Ports } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import {
  answerOfAuthority,
  authorityAt,
  BearerAuthorization,
  type Granted,
  wordsOfRefusal,
} from './bearer.ts';
import type { Authorization } from './client.ts';
import type { Redact } from './redact.ts';

/** A program that signs in as itself. */
export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the token is for, as the authority wants it said: `scope`, or `resource` with older ones. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Bearer tokens by client credentials, the secret in the body of the request. A refusal is `unauthorized`, an
 * authority without an answer `unavailable`. `hide` is told every token, so that it can be removed from messages.
 */
export function clientCredentialsAuthorization(
  credentials: ClientCredentials,
  ports: Ports,
  redact: Redact,
  hide: (secret: string) => void,
): Authorization {
  const obtain = async (): Promise<Granted> => {
    const granted = await grantedTo(credentials, ports, redact);
    hide(granted.access_token);
    return granted;
  };
  return new BearerAuthorization(obtain, ports.clock);
}

async function grantedTo(
  { tokenUrl, clientId, clientSecret, parameters }: ClientCredentials,
  ports: Ports,
  redact: Redact,
): Promise<Granted> {
  const { server, options } = authorityAt(tokenUrl);
  const client = { client_id: clientId };
  const response = await answerOfAuthority(
    tokenUrl,
    () =>
      clientCredentialsGrantRequest(
        server,
        client,
        ClientSecretPost(clientSecret),
        { ...parameters },
        options,
      ),
    ports,
  );
  return processClientCredentialsResponse(server, client, response).catch((error: unknown) => {
    throw new MigrationError(
      'unauthorized',
      `${new URL(tokenUrl).host} refuses the sign-in: ${wordsOfRefusal(error, redact)}.`,
      {
        hint: 'Check tenant, client id and client secret in landfall.yaml (source.auth), and that the secret has not expired.',
      },
    );
  });
}
