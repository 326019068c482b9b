import { describe, expect, it } from 'vitest';
import { checkedAddress } from './address.ts';

describe('addresses (T7, T18)', () => {
  it.each([
    ['https://acme.pipedrive.com', 'https://acme.pipedrive.com', ''],
    ['https://acme.pipedrive.com/', 'https://acme.pipedrive.com', ''],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010', ''],
    ['http://localhost:4010/acme/', 'http://localhost:4010', '/acme'],
    ['http://[::1]:4010', 'http://[::1]:4010', ''],
  ])('takes %s', (url, origin, basePath) => expect(checkedAddress(url)).toEqual({ origin, basePath }));

  it.each([
    'http://acme.pipedrive.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1',
    'ftp://acme.pipedrive.com',
    'file:///etc/passwd',
    'https://user:secret@acme.pipedrive.com',
    'https://acme.pipedrive.com/?api_token=1',
    'acme',
    '',
  ])('refuses %s', (url) =>
    expect(() => checkedAddress(url)).toThrow(expect.objectContaining({ code: 'configuration-wrong' })),
  );
});
