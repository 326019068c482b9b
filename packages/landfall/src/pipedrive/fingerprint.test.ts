import { describe, expect, it } from 'vitest';
import { targetId } from '../model/key.ts';
import type { TargetEntity, TargetRecord, TargetValue } from '../model/target.ts';
import { fingerprintOfRequest, fingerprintsOfRecord } from './fingerprint.ts';
import { htmlText } from './html-text.ts';
import { sampleAccount } from './sample-account.ts';

const index = sampleAccount();

function record(
  entity: TargetEntity,
  values: Record<string, TargetValue | null>,
  marker: string | null = null,
): TargetRecord {
  return { entity, id: targetId(1), values, marker, updatedAt: null };
}

const activity = {
  subject: 'Call  ',
  type: 'call',
  deal_id: '5',
  due_date: '2020-01-02',
  due_time: '10:00',
  note: '<p>a &amp; b</p>',
};
const note = { content: '<p>Hi</p>\r\n<b>there</b>', deal_id: '5', add_time: '2020-01-02T03:04:05Z' };

describe('recognising records without a marker (reliability.md 3.1)', () => {
  it.each([
    [
      'activity',
      activity,
      {
        ...activity,
        subject: 'Call',
        type: 'Call',
        note: 'a &amp; b',
        owner_id: '7',
        org_id: '3',
        person_id: '4',
        done: true,
      },
    ],
    ['note', note, { ...note, content: '<p>Hi</p> <b>there</b>', org_id: '3', person_id: '4', user_id: '7' }],
    [
      'organizationRelationship',
      { type: 'parent', rel_owner_org_id: '1', rel_linked_org_id: '2' },
      { type: 'parent', rel_owner_org_id: '1', rel_linked_org_id: '2' },
    ],
  ] as const)('%s: as planned and as the account keeps it are one', (entity, planned, kept) => {
    const request = { entity, values: planned, marker: 'm' };
    expect(fingerprintsOfRecord(index, record(entity, kept))[0]).toBe(fingerprintOfRequest(index, request));
  });

  it.each([
    ['another parent', { deal_id: '6' }],
    ['another subject', { subject: 'Call 2' }],
    ['another time', { due_time: '10:01' }],
    ['another owner', { owner_id: '8' }],
    ['another text', { note: '<p>a &amp; c</p>' }],
  ])('activities are told apart by %s', (_what, change) => {
    const request = { entity: 'activity', values: activity, marker: '' } as const;
    expect(fingerprintsOfRecord(index, record('activity', { ...activity, ...change }))).not.toContain(
      fingerprintOfRequest(index, request),
    );
  });

  it('a note written without a time is known though the account gave it one; one with a time by that time', () => {
    const { add_time, ...timeless } = note;
    const of = (values: Record<string, string>) =>
      fingerprintOfRequest(index, { entity: 'note', values, marker: '' });
    const kept = fingerprintsOfRecord(index, record('note', note));
    expect(kept).toContain(of(timeless));
    expect(kept).toContain(of(note));
    expect(kept).not.toContain(of({ ...timeless, add_time: add_time.replace('2020', '2021') }));
  });

  it('entities with custom fields are told by their marker alone', () => {
    const request = { entity: 'person', values: { name: 'A' }, marker: 'm:1' } as const;
    expect(fingerprintsOfRecord(index, record('person', { name: 'B' }, 'm:1'))).toEqual([
      fingerprintOfRequest(index, request),
    ]);
  });
});

describe('the text of HTML', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a b'],
    ['a<br/>b', 'a b'],
    ['a &lt;b&gt; &#39;c&#x27; &nbsp; d', "a <b> 'c' d"],
    ['<script>alert(1)</script>x<style>p{}</style>', 'x'],
    ['<!-- no -->yes', 'yes'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<a href="x">y</a>', 'y'],
    ['&unknown; &#0; &#1114112;', '&unknown; &#0; &#1114112;'],
    ['<script>never closed', ''],
  ])('%s', (html, text) => expect(htmlText(html)).toBe(text));

  it.each(['<', '<!--', '<script', '<a ', '&#', '<p>'])(
    'takes no longer than its length allows: %s',
    (piece) => {
      const startMs = performance.now();
      htmlText(piece.repeat(100_000));
      expect(performance.now() - startMs).toBeLessThan(1_500);
    },
  );
});
