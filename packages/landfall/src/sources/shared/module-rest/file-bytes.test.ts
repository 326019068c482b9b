import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../../../base/ports.ts';
import { testSurroundings } from '../../surroundings-fixture.ts';
import { openFile, pathOfFile } from './file-bytes.ts';
import { RestClient } from './rest-client.ts';
import { testDialect } from './rest-fixture.ts';

const files = { origin: 'https://crm.example', basePath: '/site' };

describe('where a file lies (D-30(a))', () => {
  it.each([
    ['/Uploads/2026/a.txt', '/Uploads/2026/a.txt'],
    ['Uploads/a.txt', '/Uploads/a.txt'],
    ['\\Uploads\\a.txt', '/Uploads/a.txt'],
    ['/Uploads/Sözleşme 1.txt', '/Uploads/S%C3%B6zle%C5%9Fme%201.txt'],
    ['/Uploads/50%#1?.txt', '/Uploads/50%25%231%3F.txt'],
    ['https://crm.example/site/Uploads/a.txt?v=1', '/Uploads/a.txt?v=1'],
  ])('%s lies below the address of files', (said, path) => {
    expect(pathOfFile(said, files)).toBe(path);
  });

  it.each([
    '',
    'D:\\Arsiv\\fiyat.xlsx',
    '\\\\server\\share\\a.txt',
    '//evil.example/a.txt',
    'https://files.example.com/a.pdf',
    'https://crm.example/other/a.txt',
    '../secrets.txt',
    '/Uploads/../../web.config',
    'file:///etc/passwd',
  ])('%j does not', (said) => {
    expect(pathOfFile(said, files)).toBeNull();
  });
});

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

it('a web page in the place of a file is no file, and long ones use up no connections', async () => {
  const page = `<html>${'Sign in '.repeat(200_000)}</html>`;
  const server = createServer((request, response) => {
    const isFile = request.url === '/a.txt';
    response.writeHead(200, { 'content-type': isFile ? 'text/plain' : 'text/html; charset=utf-8' });
    response.end(isFile ? 'bytes' : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new RestClient({
    ...{ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, basePath: '', label: 'Test' },
    ...{ dialect: testDialect, secrets: { apiKey: 'x' }, keep: testSurroundings().keep },
    ports: systemPorts({
      clock: { nowMs: () => 0, monotonicMs: () => Date.now() * 1_000, sleep: async () => {} },
    }),
  });
  ends.push(
    () => client.close(),
    () => server.close(),
  );
  const { signal } = new AbortController();
  for (let at = 0; at < 20; at += 1)
    await expect(openFile(client, '/gone', 'gone', signal)).rejects.toMatchObject({ code: 'not-found' });
  const { chunks } = await openFile(client, '/a.txt', 'a.txt', signal);
  const bytes: Uint8Array[] = [];
  for await (const chunk of chunks) bytes.push(chunk);
  expect(Buffer.concat(bytes).toString()).toBe('bytes');
}, 15_000);
