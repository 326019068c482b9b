import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../../base/ports.ts';
import type { BinaryStream, Page } from '../../model/source.ts';
import { testSurroundings } from '../surroundings-fixture.ts';
import { opex365Source } from './access.ts';
import {
  closeAll,
  countOf,
  openOrganisation,
  pagesOf,
  recordsOf,
  standBefore,
  turn,
} from './opex365-fixture.ts';

afterEach(closeAll);

const never = new AbortController().signal;

function keysOf(pages: readonly Page[]): readonly string[] {
  return pages.flatMap(({ records }) => records.map(({ key }) => key));
}

async function bytesOf({ chunks }: BinaryStream): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

describe('an organisation that does not behave (O-07, O-10)', () => {
  it('a table that may not be read is one issue; everything else is there', async () => {
    const { source } = await openOrganisation({ switches: { unreadableTables: ['quote', 'new_makine'] } });
    const { entities, issues } = await source.describe(never);
    const names = entities.map(({ name }) => name);
    expect(names).toContain('account');
    expect(names.filter((name) => name === 'quote' || name === 'new_makine')).toEqual([]);
    const found = issues.filter(({ code }) => code === 'no-right');
    expect(found.map(({ at }) => at)).toEqual(['new_makine', 'quote']);
    expect(found.every(({ message, hint }) => message.includes('prvRead') && hint.includes('role'))).toBe(
      true,
    );
    const references = entities.flatMap(({ fields }) => fields.flatMap((field) => field.references ?? []));
    expect(references).not.toContain('quote');
  });

  it('users that may not be read leave owners as their names in the rows', async () => {
    const { source } = await openOrganisation({ switches: { unreadableTables: ['systemuser'] } });
    const accounts = await recordsOf(source, 'account');
    expect(accounts.every(({ fields }) => String(fields['ownerid Name'] ?? '') !== '')).toBe(true);
  });

  it('tables without tracked changes are told once', async () => {
    const { source } = await openOrganisation({ switches: { untrackedTables: ['account'] } });
    const { issues } = await source.describe(never);
    const [issue, ...more] = issues.filter(({ code }) => code === 'tracking-off');
    expect(issue?.at).toContain('account');
    expect(more).toEqual([]);
  });

  it('a table that gets another name in the middle is read to its end, nothing twice', async () => {
    const { source, served, connect } = await openOrganisation(
      { records: 600 },
      { limits: { pageRows: 20 } },
    );
    const pages: Page[] = [];
    for await (const page of source.read('contact', null, never)) {
      pages.push(page);
      if (pages.length === 2) turn(served, { renamedSets: { contact: 'people' } });
    }
    const keys = keysOf(pages);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(countOf(served, 'contact'));
    expect(await recordsOf(connect(), 'contact')).toHaveLength(keys.length);
  });

  it('names behind links, and files, are found under the new name of their table', async () => {
    const { source, served } = await openOrganisation();
    const [mail] = await recordsOf(source, 'activitymimeattachment');
    turn(served, { renamedSets: { contact: 'people', activitymimeattachment: 'enclosures' } });
    const links = await recordsOf(source, 'new_project_contact');
    expect(links).toHaveLength(countOf(served, 'new_project_contact'));
    expect(links.filter(({ fields }) => fields['contactid Name'] === undefined)).toEqual([]);
    const opened = await source.binary?.(String(mail?.fields.body), never);
    expect((await bytesOf(opened as BinaryStream)).length).toBe(Number(mail?.fields.filesize));
  });

  it('a cookie that is refused does not stop the reading: it goes on behind the last row', async () => {
    const switches = { refusedCookiePage: 2 };
    const { source, served } = await openOrganisation(
      { records: 600, switches },
      { limits: { pageRows: 15 } },
    );
    const keys = keysOf(await pagesOf(source, 'contact'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(countOf(served, 'contact'));
  });

  it('a storm of refusals is waited out, as long as the service asks each time', async () => {
    const { source, served, waits } = await openOrganisation();
    await source.describe(never);
    served.emulator.control.faults({ rules: [{ kind: 'status-429', path: '/**', count: 12 }] });
    expect(await recordsOf(source, 'account')).toHaveLength(countOf(served, 'account'));
    expect(waits.filter((ms) => ms >= 5_000).length).toBeGreaterThan(0);
  });

  it('a token whose time is over in the middle is replaced, once for everybody', async () => {
    const { source, served } = await openOrganisation({ records: 600 }, { limits: { pageRows: 10 } });
    const rules = [{ kind: 'token-expired', path: '/api/data/v9.2/contacts', after: 2, count: 1 }];
    served.emulator.control.faults({ rules });
    expect(await recordsOf(source, 'contact')).toHaveLength(countOf(served, 'contact'));
    expect(served.emulator.control.log().filter(({ path }) => path.includes('/oauth2/'))).toHaveLength(2);
  });

  it.each(['status-502-html', 'malformed-json', 'reset-mid-body', 'status-503'])(
    '%s for a while is asked again; nothing is lost',
    async (kind) => {
      const { source, served } = await openOrganisation();
      served.emulator.control.faults({ rules: [{ kind, path: '/api/data/v9.2/accounts', count: 2 }] });
      expect(await recordsOf(source, 'account')).toHaveLength(countOf(served, 'account'));
    },
  );

  it('HTML in the place of every answer ends the reading, in words for people', async () => {
    const { served, connect } = await openOrganisation();
    const url = await standBefore(served.url, (path, body) =>
      path.startsWith('/api/data/v9.2/accounts') ? '<!doctype html><title>Sign in</title>' : body,
    );
    await expect(recordsOf(connect({ url }), 'account')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('a web page came in the place of an answer'),
    });
  });

  it('a next page that leads in a circle is left; the reading goes on behind the last row', async () => {
    const { served, connect } = await openOrganisation({ records: 600 });
    let first = '';
    const url = await standBefore(served.url, (path, body) => {
      if (!path.startsWith('/api/data/v9.2/contacts')) return body;
      const link = /"@odata\.nextLink":"([^"]+)"/.exec(body)?.[1] ?? '';
      if (first === '') first = link;
      return link === '' ? body : body.replace(link, first);
    });
    const keys = keysOf(await pagesOf(connect({ url, limits: { pageRows: 30 } }), 'contact'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(countOf(served, 'contact'));
  });

  it('a page that comes again whatever is asked ends the reading with its name', async () => {
    const { served, connect } = await openOrganisation({ records: 600 });
    let first = '';
    const url = await standBefore(served.url, (path, body) => {
      if (!path.startsWith('/api/data/v9.2/contacts')) return body;
      if (first === '') first = body;
      return first;
    });
    await expect(pagesOf(connect({ url, limits: { pageRows: 30 } }), 'contact')).rejects.toMatchObject({
      code: 'answer-wrong',
      message: expect.stringContaining('same page'),
    });
  });

  it('a next page at another address is not asked for: the token stays here', async () => {
    const { served, connect } = await openOrganisation({ records: 600 });
    const url = await standBefore(served.url, (path, body, own) =>
      path.startsWith('/api/data/v9.2/contacts')
        ? body.replace(`"@odata.nextLink":"${own}`, '"@odata.nextLink":"https://evil.example')
        : body,
    );
    await expect(pagesOf(connect({ url, limits: { pageRows: 30 } }), 'contact')).rejects.toMatchObject({
      code: 'answer-wrong',
      message: expect.stringContaining('another address'),
    });
  });
});

describe('files (O-10, O-28(b))', () => {
  it.each([false, true])('come as they are, even when their sizes lie: %s', async (lyingSizes) => {
    const { source } = await openOrganisation({ switches: { lyingSizes } });
    const honest = await openOrganisation();
    const sizes = new Map(
      (await recordsOf(honest.source, 'annotation')).map(({ key, fields }) => [key, Number(fields.filesize)]),
    );
    const notes = (await recordsOf(source, 'annotation')).filter(
      ({ fields }) => fields.documentbody !== undefined,
    );
    const small = notes.filter(({ key }) => (sizes.get(key) ?? 0) < 20_000_000);
    expect(
      small
        .map(({ key }) => sizes.get(key))
        .toSorted((a = 0, b = 0) => b - a)
        .slice(0, 2),
    ).toEqual([4 * 4_194_304 + 1, 4_194_304]);
    for (const { key, fields } of small) {
      const opened = await source.binary?.(String(fields.documentbody), never);
      expect(opened?.sizeBytes, key).toBe(Number(fields.filesize));
      expect((await bytesOf(opened as BinaryStream)).length, key).toBe(sizes.get(key));
    }
  });

  it('lie in fields of their own too, and come whole (O-28(b))', async () => {
    const { source } = await openOrganisation();
    const files = await recordsOf(source, 'fileattachment');
    expect(files.map(({ fields }) => fields['objectid Type'])).toEqual(['account', 'account']);
    for (const { fields } of files) {
      const opened = await source.binary?.(String(fields.File), never);
      expect((await bytesOf(opened as BinaryStream)).length).toBe(Number(fields.filesizeinbytes));
    }
  });

  it('come whole from a server of the customer’s own, which knows no blocks', async () => {
    const { source } = await openOrganisation({ switches: { onPremises: true } }, { onPremises: true });
    const [file] = await recordsOf(source, 'fileattachment');
    const opened = await source.binary?.(String(file?.fields.File), never);
    expect((await bytesOf(opened as BinaryStream)).length).toBe(Number(file?.fields.filesizeinbytes));
    const notes = await recordsOf(source, 'annotation');
    const note = notes.find(
      ({ fields }) => Number(fields.filesize) > 100 && Number(fields.filesize) < 10_000,
    );
    const body = await source.binary?.(String(note?.fields.documentbody), never);
    expect((await bytesOf(body as BinaryStream)).length).toBe(Number(note?.fields.filesize));
  });

  it('one that several mails share is asked for once, and nothing of it stays on the disk', async () => {
    const { source, served, directory } = await openOrganisation();
    const files = await recordsOf(source, 'activitymimeattachment');
    const bodies = new Set(files.map(({ fields }) => String(fields.attachmentid)));
    expect(bodies.size).toBeLessThan(files.length);
    for (const { fields } of files) {
      const opened = await source.binary?.(String(fields.body), never);
      expect((await bytesOf(opened as BinaryStream)).length).toBe(Number(fields.filesize));
    }
    const asked = served.emulator.control.log().filter(({ path }) => path.includes('attachments('));
    expect(asked).toHaveLength(bodies.size);
    expect(
      readdirSync(directory, { recursive: true }).filter((name) => /[0-9a-f]{8}-/.test(String(name))),
    ).toEqual([]);
  });

  it('a text-only note has none; a file that is gone is told', async () => {
    const { source } = await openOrganisation();
    const notes = await recordsOf(source, 'annotation');
    expect(
      notes.some(({ fields }) => fields.documentbody === undefined && fields.notetext !== undefined),
    ).toBe(true);
    const gone = 'annotation/00000000-0000-0000-0000-000000000001/documentbody?bytes=5';
    await expect(source.binary?.(gone, never)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('settings of the source', () => {
  const good = { system: 'opex365', url: 'https://acme.crm4.dynamics.com', auth: { token: 'x-secret' } };
  it.each([
    ['url: http outside this machine', { ...good, url: 'http://acme.example' }, /source\.url: .*https/],
    ['no url', { ...good, url: undefined }, /source\.url/],
    ['no way to sign in', { ...good, auth: {} }, /source\.auth: must be \{ tenant/],
    ['no tenant', { ...good, auth: { clientId: 'a', clientSecret: 'b' } }, /source\.auth\.tenant/],
    ['a word nobody knows', { ...good, pageRows: 3 }, /pageRows/],
    ['too much at once', { ...good, limits: { parallel: 100 } }, /source\.limits\.parallel/],
    [
      'an authority in the open',
      { ...good, auth: { authority: 'http://sts.example', clientId: 'a', clientSecret: 'b' } },
      /source\.auth\.authority: .*https/,
    ],
  ])('%s is told with its place', (_name, config, message) => {
    expect(() => opex365Source(config, systemPorts(), testSurroundings())).toThrow(message);
  });

  it('a secret may stand in the environment; when it is not there, its name is told', () => {
    const auth = { tenant: 't', clientId: 'a', clientSecret: { env: 'OPEX_SECRET' } };
    const make = (environment: Record<string, string>) => () =>
      opex365Source({ ...good, auth }, systemPorts(), testSurroundings('.', environment));
    expect(make({ OPEX_SECRET: 's3cret' })).not.toThrow();
    expect(make({})).toThrow(/source\.auth\.clientSecret/);
  });

  it('a refused sign-in is told in the words of the authority, without the secret', async () => {
    const { served } = await openOrganisation();
    const { tenantId, clientId } = served.oauth;
    const auth = { authority: `${served.url}/${tenantId}`, clientId, clientSecret: 'very-wrong-secret' };
    const source = opex365Source({ ...good, url: served.url, auth }, systemPorts(), testSurroundings());
    const error = await source.check(never).catch((thrown: unknown) => thrown);
    await source.close?.();
    expect(error).toMatchObject({ code: 'unauthorized' });
    expect(String(error)).toContain('Invalid client secret');
    expect(String(error)).not.toContain('very-wrong-secret');
  });
});
