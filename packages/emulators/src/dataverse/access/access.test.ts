import { describe, expect, it } from 'vitest';
import { bench, TEST_MS } from '../test-fixture.ts';

const HOST = 'http://opex.example';

function signIn(asked: ReturnType<typeof bench>, form: Record<string, string> = {}, tenant?: string) {
  const { tenantId, clientId, clientSecret } = asked.emulator.oauth;
  const body = new URLSearchParams({
    ...{ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
    ...{ scope: `${HOST}/.default`, ...form },
  });
  return asked.send('POST', `${HOST}/${tenant ?? tenantId}/oauth2/v2.0/token`, body.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
}

describe('signing in', () => {
  it('gives a token for client credentials, which ends after its time', async () => {
    let now = TEST_MS;
    const asked = bench({ nowMs: () => now, switches: { tokenSec: 600 } });
    const { json } = await signIn(asked);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    const headers = { authorization: `Bearer ${json.access_token}` };
    expect((await asked.get('WhoAmI', headers)).status).toBe(200);
    now += 601_000;
    const late = await asked.get('WhoAmI', headers);
    expect(late.status).toBe(401);
    expect(late.headers.get('www-authenticate')).toContain('authorization_uri=');
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'wrong' }, 400, 'unauthorized_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ scope: 'x' }, 400, 'invalid_scope'],
  ])('refuses %o', async (form, status, error) => {
    const seen = await signIn(bench(), form);
    expect([seen.status, seen.json.error]).toEqual([status, error]);
  });

  it('refuses another tenant, and tells where to sign in', async () => {
    const asked = bench();
    expect((await signIn(asked, {}, 'other')).json.error).toBe('invalid_request');
    const { tenantId } = asked.emulator.oauth;
    const { json } = await asked.get(`${HOST}/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(new URL(json.token_endpoint).pathname).toBe(`/${tenantId}/oauth2/v2.0/token`);
  });

  it('needs a token', async () => {
    expect((await bench().get('WhoAmI', { authorization: 'Bearer none' })).status).toBe(401);
  });

  it('dies in the middle of a run when the fault says so', async () => {
    const asked = bench();
    const { json } = await signIn(asked);
    const headers = { authorization: `Bearer ${json.access_token}` };
    asked.emulator.control.faults({ rules: [{ kind: 'token-expired', path: '/api/**', count: 1 }] });
    expect((await asked.get('accounts', headers)).status).toBe(401);
    expect((await asked.get('accounts', headers)).status).toBe(401);
    expect(
      (await asked.get('accounts', { authorization: `Bearer ${(await signIn(asked)).json.access_token}` }))
        .status,
    ).toBe(200);
  });
});

describe('rights', () => {
  it('a table without the right to read is 403 with its privilege, and stays in the metadata', async () => {
    const asked = bench({ switches: { unreadableTables: ['annotation'] } });
    const seen = await asked.get('annotations');
    expect([seen.status, seen.json.error.code]).toEqual([403, '0x80040220']);
    expect(seen.json.error.message).toContain('missing prvReadAnnotation');
    expect((await asked.get('annotations/$count')).status).toBe(403);
    expect((await asked.get("EntityDefinitions(LogicalName='annotation')")).status).toBe(200);
    expect((await asked.get('accounts?$top=1&$expand=Account_Annotation')).status).toBe(403);
    expect((await asked.get('accounts?$top=1&$expand=createdby')).status).toBe(200);
  });

  it.each([true, false])(
    'intersects answer their own set: %s, as the switch says (UNC)',
    async (readableIntersects) => {
      const asked = bench({ switches: { readableIntersects } });
      expect((await asked.get('new_project_contactset')).status).toBe(readableIntersects ? 200 : 405);
      expect((await asked.get('new_projects?$expand=new_project_contact')).status).toBe(200);
    },
  );

  it('lets the application act for users, if it may and they are not disabled', async () => {
    const asked = bench();
    const { json } = await asked.get('systemusers?$select=fullname,isdisabled,azureactivedirectoryobjectid');
    const active = json.value.find((row: Record<string, unknown>) => row['isdisabled'] === false);
    const disabled = json.value.find((row: Record<string, unknown>) => row['isdisabled'] === true);
    const who = async (headers: Record<string, string>) => asked.get('WhoAmI', headers);
    expect((await who({ mscrmcallerid: active.systemuserid })).json.UserId).toBe(active.systemuserid);
    expect((await who({ callerobjectid: active.azureactivedirectoryobjectid })).json.UserId).toBe(
      active.systemuserid,
    );
    expect((await who({ mscrmcallerid: disabled.systemuserid })).json.error.code).toBe('0x80040225');
    expect((await who({ mscrmcallerid: '00000000-0000-0000-0000-000000000001' })).status).toBe(403);
    const not = bench({ switches: { mayImpersonate: false } });
    expect((await not.get('WhoAmI', { mscrmcallerid: active.systemuserid })).json.error.code).toBe(
      '0x80040220',
    );
  });
});

describe('an on-premises server', () => {
  it('has its organisation in the path, no limits and no hints', async () => {
    const asked = bench({ switches: { onPremises: true, requestsMax: 1 } });
    const path = `${HOST}/opex/api/data/v9.0/WhoAmI`;
    for (let turn = 0; turn < 5; turn += 1) expect((await asked.get(path)).status).toBe(200);
    expect((await asked.get(path)).headers.get('x-ms-dop-hint')).toBeNull();
    expect((await asked.get('WhoAmI')).status).toBe(404);
  });
});
