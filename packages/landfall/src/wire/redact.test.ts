import { describe, expect, it } from 'vitest';
import { createRedact } from './redact.ts';

const token = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';
const redact = createRedact([token, 'p@ss word/1']);

describe('removing secrets (I10, T19)', () => {
  it.each([
    `x-api-token: ${token}`,
    `https://acme.pipedrive.com/v1/users/me?api_token=${token}&a=1`,
    `the token ${token} was refused`,
    `sent p@ss word/1 and ${encodeURIComponent('p@ss word/1')}`,
    'Authorization: Bearer abcdefghijklmnop',
    'authorization=Basic dXNlcjpwYXNzd29yZA==',
    '{"refresh_token":"9f8e7d6c5b","scope":"base"}',
    "client_secret='9f8e7d6c5b'",
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
    'https://user:9f8e7d6c5b@acme.example/',
    'set-cookie: pipedrive-cdl=9f8e7d6c5b; Path=/',
  ])('removes what is secret from: %s', (text) => {
    const clean = redact(text);
    expect(clean).toContain('[removed]');
    for (const secret of [
      token,
      'p@ss',
      'p%40ss',
      'abcdefghijklmnop',
      'dXNlcjpw',
      '9f8e7d6c5b',
      'dozjgNryP4J3',
    ]) {
      expect(clean).not.toContain(secret);
    }
  });

  it('leaves ordinary words and field keys alone', () => {
    const text = 'Validation failed: custom_fields.946947d1b02fd3ef20798d6112ec5d895a686a21: not allowed';
    expect(redact(text)).toBe(text);
  });

  it('lets no text forge a line of a log', () => expect(redact('a\r\nb\u2028c')).toBe('a b c'));
});
