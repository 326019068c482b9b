import { z } from 'zod';
import { type Account, nowSec } from './account.ts';
import { ACTIVITIES } from './activities.ts';
import { done, type Exchange, type Handler, looseBody, type Reply } from './exchange-context.ts';
import { checkedLinks } from './files/links.ts';
import { NOTHING_ELSE, uploadOf } from './files/upload.ts';
import { sanitisedHtml } from './note-html.ts';
import { offsetPage, offsetReply } from './offset.ts';
import type { ActivityRecord, CallLogRecord, UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { moment, shortText } from './schemas.ts';
import { dayOf, v1Time } from './times.ts';
import { looseId, parsedV1 } from './v1-body.ts';
import { COMPANY_ID } from './v1-parts.ts';

/** Published: no more call logs on a page. */
const PAGE = 50;
const OUTCOMES = [
  'connected',
  'no_answer',
  'left_message',
  'left_voicemail',
  'wrong_number',
  'busy',
] as const;

const creation = z.strictObject({
  user_id: looseId.optional(),
  activity_id: looseId.optional(),
  subject: shortText.optional(),
  duration: z.string().regex(/^\d+$/, 'must be a number of seconds').optional(),
  outcome: z.enum(OUTCOMES),
  from_phone_number: shortText.optional(),
  to_phone_number: shortText,
  start_time: moment,
  end_time: moment,
  person_id: looseId.optional(),
  org_id: looseId.optional(),
  deal_id: looseId.optional(),
  lead_id: z.uuid().optional(),
  note: z.string().optional(),
});
type Given = z.infer<typeof creation>;
type Links = Pick<CallLogRecord, 'activity_id' | 'person_id' | 'org_id' | 'deal_id' | 'lead_id' | 'subject'>;

/** Published words for what is not there, and for what a user may not do. */
const MISSING = 'A resource required for this operation was not found.';
const FORBIDDEN = "You don't have permission to change this resource.";

/** Creates a call log, in the place of the activity that it names or (switch) with one of its own. */
export function createCallLog(account: Account, body: unknown, user: UserRecord): CallLogRecord {
  const given = parsedV1(creation, body);
  if (given.deal_id !== undefined && given.lead_id !== undefined)
    throw new Refusal(
      400,
      'A call log can be associated with either a deal or a lead, but not both at once.',
    );
  if (given.end_time < given.start_time)
    throw new Refusal(400, '"end_time" must not be before "start_time".');
  const owner = ownerOf(account, given, user);
  const links =
    given.activity_id === undefined ? ownLinks(account, given, owner) : ofActivity(account, given);
  const { callLogs } = account.state;
  return account.state.keep(
    callLogs,
    {
      id: callLogs.nextId,
      code: `CA${account.random.hex(27)}`,
      user_id: owner.id,
      ...links,
      duration: given.duration ?? String(given.end_time - given.start_time),
      outcome: given.outcome,
      from_phone_number: given.from_phone_number ?? null,
      to_phone_number: given.to_phone_number,
      startSec: given.start_time,
      endSec: given.end_time,
      note: given.note === undefined ? null : sanitisedHtml(account, given.note),
      sha256: null,
      deletedSec: null,
    },
    account.clock.nowMs(),
  );
}

function ownerOf(account: Account, given: Given, user: UserRecord): UserRecord {
  if (given.user_id === undefined || given.user_id === user.id) return user;
  if (!user.admin) throw new Refusal(403, FORBIDDEN);
  const owner = account.state.users.get(given.user_id);
  if (!owner) throw new Refusal(404, MISSING);
  return owner;
}

/** Published: a named activity must be of type call, and its links go before the given ones. */
function ofActivity(account: Account, given: Given): Links {
  const activity = account.state.activities.get(given.activity_id ?? 0);
  if (!activity || activity.deletedSec !== null) throw new Refusal(404, MISSING);
  if (activity.type !== 'call') throw new Refusal(400, '"activity_id" must refer to a call activity.');
  return linksOf(activity, given);
}

function ownLinks(account: Account, given: Given, owner: UserRecord): Links {
  const { activity_id: _activity, ...links } = checkedLinks(account, {
    deal_id: given.deal_id,
    lead_id: given.lead_id,
    person_id: given.person_id,
    org_id: given.org_id,
  });
  if (account.switches.callLogMakesActivity) return linksOf(activityFor(account, given, owner), given);
  const { deal_id, lead_id, person_id, org_id } = links;
  return { activity_id: null, deal_id, lead_id, person_id, org_id, subject: given.subject ?? null };
}

function linksOf(activity: ActivityRecord, given: Given): Links {
  const person = activity.participants.find(({ primary }) => primary) ?? activity.participants[0];
  return {
    activity_id: activity.id,
    deal_id: activity.deal_id,
    lead_id: activity.lead_id,
    person_id: person?.person_id ?? null,
    org_id: activity.org_id,
    subject: given.subject ?? activity.subject,
  };
}

function activityFor(account: Account, given: Given, owner: UserRecord): ActivityRecord {
  const person = given.person_id === undefined ? [] : [{ person_id: given.person_id, primary: true }];
  const activity = {
    ...(given.subject === undefined ? {} : { subject: given.subject }),
    type: 'call',
    deal_id: given.deal_id,
    lead_id: given.lead_id,
    org_id: given.org_id,
    participants: person,
    due_date: dayOf(given.start_time),
    due_time: v1Time(given.start_time).slice(11),
    done: true,
  };
  return ACTIVITIES.create(account, activity, owner, 'API');
}

/** What is empty is left out, as in the published example. */
function view(log: CallLogRecord): Record<string, unknown> {
  const all = {
    id: log.code,
    activity_id: log.activity_id,
    person_id: log.person_id,
    org_id: log.org_id,
    deal_id: log.deal_id,
    lead_id: log.lead_id,
    subject: log.subject,
    duration: log.duration,
    outcome: log.outcome,
    from_phone_number: log.from_phone_number,
    to_phone_number: log.to_phone_number,
    has_recording: log.sha256 !== null,
    start_time: new Date(log.startSec * 1_000).toISOString(),
    end_time: new Date(log.endSec * 1_000).toISOString(),
    user_id: log.user_id,
    company_id: COMPANY_ID,
    note: log.note,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

function one({ account, params }: Exchange): CallLogRecord {
  const [log] = account.state.callLogsByCode.of(params.id ?? '');
  if (!log) throw new Refusal(404, MISSING);
  if (log.deletedSec !== null) throw new Refusal(410, MISSING);
  return log;
}

const NO_DATA: Reply = { status: 200, value: { success: true } };

/** The operations on call logs. */
export const CALL_LOG_HANDLERS: Readonly<Record<'list' | 'get' | 'add' | 'remove' | 'record', Handler>> = {
  list({ account, call, user }) {
    const found = [...account.state.callLogs.all()].filter(
      (log) => log.deletedSec === null && log.user_id === user.id,
    );
    const page = offsetPage(account, call, found, PAGE);
    return offsetReply(page.items.map(view), page);
  },
  get: (exchange) => done(view(one(exchange))),
  add: (exchange) => done(view(createCallLog(exchange.account, looseBody(exchange), exchange.user))),
  /** Published: the recording goes with it, the activity stays. */
  remove(exchange) {
    const log = one(exchange);
    const { account, user } = exchange;
    if (!user.admin && log.user_id !== user.id) throw new Refusal(403, FORBIDDEN);
    account.state.keep(account.state.callLogs, { ...log, sha256: null, deletedSec: nowSec(account) });
    return NO_DATA;
  },
  record(exchange) {
    const log = one(exchange);
    if (log.sha256 !== null) throw new Refusal(409, 'A recording for this call already exists');
    const { file } = uploadOf(exchange, NOTHING_ELSE);
    const { state } = exchange.account;
    state.keep(state.callLogs, { ...log, sha256: state.blobs.put(file.bytes) });
    return NO_DATA;
  },
};
