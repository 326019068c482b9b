import { expect } from 'vitest';
import { type AccountView, blockOf } from '../account-view.ts';
import type { LandedRule } from './landed.ts';

const noteWith = (seen: AccountView, words: string) => seen.text('activities', words);

/** S-24 to S-27: calls, e-mails, meetings and tasks. */
export const activityRules: readonly LandedRule[] = [
  {
    rule: 'S-24(a)',
    says: 'a call keeps its duration in the field, disposition and timestamp in the block of its note (no custom activity fields: C-02)',
    holds: ({ seen }) => {
      const call = seen.activity('Tam arama');
      expect(call).toMatchObject({
        type: 'call',
        due_date: '2024-04-02',
        due_time: '07:15:00',
        duration: '00:12:00',
        done: true,
      });
      expect(blockOf(call)).toMatchObject({
        Disposition: 'Connected',
        Direction: 'Outgoing',
        Timestamp: '2024-04-02T07:15:00Z',
      });
    },
  },
  {
    rule: 'S-24(b)',
    says: 'a call is linked to its person and its deal',
    holds: ({ seen }) => {
      const call = seen.activity('Tam arama');
      expect(call['deal_id']).toBe(seen.made('deal', 'D-90001').id);
      expect(call['participants']).toEqual([{ person_id: seen.made('person', 'P-90001').id, primary: true }]);
    },
  },
  {
    rule: 'S-25(a)',
    says: 'an e-mail keeps subject, body, direction and time',
    holds: ({ seen }) => {
      const mail = seen.activity('Gönderilen posta');
      expect(mail).toMatchObject({ type: 'email', due_date: '2024-04-03', due_time: '08:00:00' });
      expect(mail['note']).toContain('<p>Teklif <b>ektedir</b>.</p>');
      expect(blockOf(mail)['Direction']).toBe('Sent');
      expect(blockOf(seen.activity('Gelen posta, fırsatsız'))['Direction']).toBe('Received');
    },
  },
  {
    rule: 'S-25(b)',
    says: 'an e-mail is linked to its person, and to a deal only when the export names one',
    holds: ({ seen }) => {
      expect(seen.activity('Gönderilen posta')).toMatchObject({
        deal_id: seen.made('deal', 'D-90001').id,
        participants: [{ person_id: seen.made('person', 'P-90001').id, primary: true }],
      });
      expect(seen.activity('Gelen posta, fırsatsız')).toMatchObject({
        deal_id: null,
        participants: [{ person_id: seen.made('person', 'P-90014').id, primary: true }],
      });
    },
  },
  {
    rule: 'S-26(a)',
    says: 'a meeting keeps start, length, end, location and title',
    holds: ({ seen }) => {
      const meeting = seen.activity('Tam toplantı');
      expect(meeting).toMatchObject({
        type: 'meeting',
        due_date: '2024-04-05',
        due_time: '11:00:00',
        duration: '01:30:00',
      });
      expect(meeting['location']).toMatchObject({ value: 'Bağdat Cad. No: 12, İstanbul' });
      expect(blockOf(meeting)['End']).toBe('2024-04-05T12:30:00Z');
    },
  },
  {
    rule: 'S-26(b)',
    says: 'attendees are real attendees where they have an address, and all of them stand in the body as text',
    holds: ({ seen }) => {
      const meeting = seen.activity('Tam toplantı') as unknown as {
        readonly attendees: readonly { readonly email: string }[];
      };
      expect(meeting.attendees.map(({ email }) => email)).toEqual([
        'selin.aksoy@sample.example',
        'ayse.ornek@akcay.example',
      ]);
      const text = blockOf(seen.activity('Tam toplantı'))['Attendees'] ?? '';
      for (const name of ['Selin Aksoy', 'Ayşe Örnek', 'Adsız Misafir']) expect(text).toContain(name);
    },
  },
  {
    rule: 'S-27(a)',
    says: 'a task keeps due date, subject, status and whether it is done',
    holds: ({ seen }) => {
      expect(seen.activity('Biten görev')).toMatchObject({
        type: 'task',
        due_date: '2024-04-08',
        due_time: null,
        done: true,
      });
      expect(seen.activity('Açık görev')).toMatchObject({
        type: 'task',
        due_date: '2026-01-15',
        done: false,
      });
      expect(blockOf(seen.activity('Açık görev'))['Status']).toBe('Open');
    },
  },
  {
    rule: 'S-27(b)',
    says: 'the original completion date stands in the block of the note (no custom activity fields: C-02)',
    holds: ({ seen }) => {
      expect(blockOf(seen.activity('Biten görev'))['Completed at']).toBe('2024-04-09T13:45:00Z');
    },
  },
  {
    rule: 'other-activity-type',
    says: 'an activity of a kind of their own has an activity type of that name',
    holds: ({ seen }) => {
      const type = seen.list('activityTypes').find(({ name }) => name === 'Saha Ziyareti');
      expect(seen.activity('Başka türden')['type']).toBe(type?.['key_string']);
    },
  },
];

/** S-28: notes, as activities of a type named Note. */
export const noteRules: readonly LandedRule[] = [
  {
    rule: 'S-28(a)',
    says: 'notes of contacts and of deals are activities of the type Note',
    holds: ({ seen }) => {
      const type = seen.list('activityTypes').find(({ name }) => name === 'Note');
      expect(noteWith(seen, '<b>önemli</b>')['type']).toBe(type?.['key_string']);
      expect(noteWith(seen, 'ikinci "tırnaklı" satır')['type']).toBe(type?.['key_string']);
      expect(seen.list('notes')).toEqual([]);
    },
  },
  {
    rule: 'S-28(b)',
    says: 'content, author and time of creation are kept, an author without a user by name',
    holds: ({ seen }) => {
      const known = noteWith(seen, '<b>önemli</b>');
      expect(known).toMatchObject({
        due_date: '2024-03-28',
        due_time: '11:05:00',
        done: true,
        owner_id: seen.userId('selin.aksoy@sample.example'),
      });
      expect(blockOf(known)).toMatchObject({
        Author: 'selin.aksoy@sample.example',
        'Original created': '2024-03-28T11:05:00Z',
      });
      expect(blockOf(noteWith(seen, 'Yazarı bilinmeyen'))['Author']).toBe('Kaan Bilgin');
    },
  },
  {
    rule: 'S-28(c)',
    says: 'a note is linked to its person or deal, by id or by name; one with a lost parent is kept and listed',
    holds: ({ seen }) => {
      const person = seen.made('person', 'P-90001').id;
      expect(noteWith(seen, '<b>önemli</b>')['participants']).toEqual([{ person_id: person, primary: true }]);
      expect(noteWith(seen, 'Yalnız adla bağlı')['participants']).toEqual([
        { person_id: person, primary: true },
      ]);
      expect(noteWith(seen, 'ikinci "tırnaklı" satır')['deal_id']).toBe(seen.made('deal', 'D-90001').id);
      expect(noteWith(seen, 'Şirkete yazılmış not')['org_id']).toBe(seen.made('organization', 'C-90001').id);
      expect(noteWith(seen, 'Sahibi silinmiş not')).toMatchObject({
        deal_id: null,
        org_id: null,
        participants: [],
      });
    },
  },
  {
    rule: 'S-28(d)',
    says: 'formatting stays as HTML, and nothing that runs comes with it',
    holds: ({ seen }) => {
      expect(noteWith(seen, '<b>önemli</b>')['note']).toContain(
        '<p>Çok <b>önemli</b> müşteri</p><ul><li>bir</li><li>iki</li></ul>',
      );
      expect(noteWith(seen, 'ikinci "tırnaklı" satır')['note']).toContain(
        'İlk satır<br />ikinci "tırnaklı" satır<br />üçüncü',
      );
      expect(noteWith(seen, 'Merhaba <b>dünya</b>')['note']).not.toMatch(/<script|onerror|javascript:/i);
    },
  },
];
