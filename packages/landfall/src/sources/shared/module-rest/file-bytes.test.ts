import { describe, expect, it } from 'vitest';
import { pathOfFile } from './file-bytes.ts';

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
