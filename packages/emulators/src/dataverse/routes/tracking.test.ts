import { describe, expect, it } from 'vitest';
import { bench, TEST_MS } from '../test-fixture.ts';

const TRACKING = { prefer: 'odata.track-changes,odata.maxpagesize=30' };
const DAY_MS = 86_400_000;

/** Reads a table to its end with tracking; answers its rows and the delta link. */
async function whole(asked: ReturnType<typeof bench>, path = 'accounts?$select=name') {
  const rows: { accountid: string }[] = [];
  for (let at = path; ; ) {
    const { json, status, text } = await asked.get(at, TRACKING);
    if (status !== 200) throw new Error(text);
    rows.push(...json.value);
    if (json['@odata.deltaLink'] !== undefined)
      return { rows, delta: json['@odata.deltaLink'] as string, first: at === path };
    at = json['@odata.nextLink'];
  }
}

describe('change tracking', () => {
  it('gives a delta link on the last page alone, which covers what changed while the pages were read', async () => {
    const asked = bench();
    const first = await asked.get('accounts?$select=name', TRACKING);
    expect(first.json).not.toHaveProperty('@odata.deltaLink');
    expect(decodeURIComponent(first.json['@odata.nextLink'])).toContain('istracking="True"');
    asked.emulator.control.seed({
      update: { account: [{ accountid: first.json.value[0].accountid, name: 'Changed' }] },
    });
    const last = await asked.get(first.json['@odata.nextLink'], TRACKING);
    const { json } = await asked.get(last.json['@odata.deltaLink']);
    expect(json.value.map((row: { name: string }) => row.name)).toEqual(['Changed']);
  });

  it('answers changed rows, then tombstones, in a context of its own', async () => {
    const asked = bench();
    const { rows, delta } = await whole(asked);
    asked.emulator.control.seed({
      insert: { account: [{ name: 'Short-lived' }] },
      update: { account: [{ accountid: rows[4]?.accountid, name: 'B' }] },
      remove: { account: [rows[7]?.accountid ?? ''] },
    });
    const brief = asked.emulator.control.seed({ insert: { account: [{ name: 'Gone' }] } }) as {
      account: string[];
    };
    asked.emulator.control.seed({ remove: { account: brief.account } });
    const { json } = await asked.get(delta);
    expect(json['@odata.context']).toMatch(/#accounts\(name\)\/\$delta$/);
    const kinds = json.value.map((row: { reason?: string; name?: string }) => row.reason ?? row.name);
    expect(kinds).toEqual(['Short-lived', 'B', 'deleted', 'deleted']);
    expect(json.value.at(-1)).toEqual({
      '@odata.context': expect.stringMatching(/#accounts\/\$deletedEntity$/),
      id: brief.account[0],
      reason: 'deleted',
    });
    expect(
      (await asked.get(delta.replace('/accounts?', '/accounts/$count?').replace('$select=name&', ''))).text,
    ).toBe('4');
    expect((await asked.get(json['@odata.deltaLink'])).json.value).toEqual([]);
  });

  it('gives long deltas in pages', async () => {
    const asked = bench();
    const { delta } = await whole(asked);
    asked.emulator.control.seed({
      insert: { account: Array.from({ length: 25 }, (_, at) => ({ name: `New ${at}` })) },
    });
    const names: string[] = [];
    for (let at: string | undefined = delta; at !== undefined; ) {
      const { json }: { json: Record<string, never> } = await asked.get(at, {
        prefer: 'odata.maxpagesize=10',
      });
      names.push(...(json['value'] as unknown as { name: string }[]).map(({ name }) => name));
      at = json['@odata.nextLink'];
    }
    expect(names).toEqual(Array.from({ length: 25 }, (_, at) => `New ${at}`));
  });

  it('has tokens of version and time, and refuses expired ones with 0x80044352', async () => {
    let now = TEST_MS;
    const asked = bench({ nowMs: () => now });
    const { delta } = await whole(asked);
    expect(new URL(delta).searchParams.get('$deltatoken')).toMatch(/^\d+!\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
    now += 29 * DAY_MS;
    expect((await asked.get(delta)).status).toBe(200);
    now += 2 * DAY_MS;
    const late = await asked.get(delta);
    expect([late.status, late.json.error.code]).toEqual([400, '0x80044352']);
  });

  it.each([400, 410] as const)(
    'an expired token has the status %i, as the switch says (UNC)',
    async (expiredTokenStatus) => {
      let now = TEST_MS;
      const asked = bench({ nowMs: () => now, switches: { expiredTokenStatus, trackingDays: 7 } });
      const { delta } = await whole(asked);
      now += 8 * DAY_MS;
      expect((await asked.get(delta)).status).toBe(expiredTokenStatus);
    },
  );

  it.each(['$filter=statecode eq 0', '$orderby=name', '$expand=createdby', '$top=5'])(
    'refuses %s beside it',
    async (option) => {
      const seen = await bench().get(`accounts?${option}`, TRACKING);
      expect(seen.status).toBe(400);
      expect(seen.json.error.message).toBe(
        `The "${option.split('=')[0]}" query parameter isn't supported when Change Tracking is enabled.`,
      );
    },
  );

  it('is off for some tables: by nature, or by switch; metadata says so', async () => {
    const asked = bench({ switches: { untrackedTables: ['lead'] } });
    for (const set of ['new_makinebakims', 'leads', 'activityparties'])
      expect((await asked.get(set, TRACKING)).status).toBe(400);
    const { json } = await asked.get("EntityDefinitions(LogicalName='lead')?$select=ChangeTrackingEnabled");
    expect(json.ChangeTrackingEnabled).toBe(false);
    const { text } = await asked.get('$metadata?annotations=true');
    expect(text).toMatch(
      /EntitySet Name="accounts"[^>]*><Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"/,
    );
    expect(text).toMatch(/EntitySet Name="leads"[^>]*\/>/);
  });

  it('needs the right to read at the level of the organisation, which reading itself does not', async () => {
    const asked = bench({ switches: { partlyReadableTables: ['lead'] } });
    const seen = await asked.get('leads?$select=subject', TRACKING);
    expect([seen.status, seen.json.error.code]).toEqual([403, '0x80040220']);
    expect((await asked.get('leads?$select=subject')).status).toBe(200);
    expect((await asked.get('accounts?$select=name', TRACKING)).status).toBe(200);
  });
});
