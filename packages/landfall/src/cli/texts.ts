import { styleText } from 'node:util';
import type { CheckResult } from '../migration/check.ts';
import type { TakingBackPlan } from '../migration/journey.ts';
import type { PlanAnswer } from '../migration/plan-answer.ts';
import type { Status } from '../migration/status.ts';
import type { VerifyAnswer } from '../migration/verify-answer.ts';
import type { Story } from '../migration/why.ts';
import { fateCounters, sourceCounters } from '../model/ledger.ts';
import type { Forecast, RollbackSummary } from '../model/plan.ts';
import type { Question } from '../model/question.ts';
import type { SourceCatalog } from '../model/source.ts';
import type { ProposedField } from '../propose/proposal-template.ts';
import { plain, table } from './table.ts';

const shownLines = 12;

const notAdmin =
  'not an administrator: fields, stages and types may be refused, and records of others may stay unseen; take the token of one';

/** Both sides, as `check` found them. */
export function checkText({ source, destination }: CheckResult): string {
  const { account, user, admin, plan, seats, dailyTokens, tokensLeft, caps } = destination;
  const left =
    tokensLeft === null
      ? 'how many are left today is not known'
      : `${tokensLeft.toLocaleString('en')} left today`;
  return [
    styleText('bold', `source       ${plain(source.account)}`),
    ...source.lines.map((line) => `  ${plain(line)}`),
    styleText('bold', `destination  ${plain(account)}`),
    `  user ${plain(user)}${admin ? ' (admin)' : ''}, plan ${plan}, ${seats} ${seats === 1 ? 'seat' : 'seats'}`,
    ...(admin ? [] : [`  ${notAdmin}`]),
    `  ${dailyTokens.toLocaleString('en')} tokens a day, ${left}`,
    ...caps.map(
      (cap) =>
        `  ${cap.name}: ${cap.used === null ? 'at most' : `${cap.used.toLocaleString('en')} of`} ${cap.limit.toLocaleString('en')}`,
    ),
  ].join('\n');
}

/** What was discovered: entities with counts, and what a person should know. */
export function scopeText(catalog: SourceCatalog | null): string {
  if (catalog === null) return 'nothing has been discovered yet';
  const rows = catalog.entities.map((entity) => [
    entity.label,
    entity.count.value,
    entity.fields.length,
    entity.fields.filter((field) => field.standard === null).length,
    entity.origin.join(', '),
  ]);
  const issues = catalog.issues.map(
    (issue) => `${issue.severity.padEnd(6)} ${plain(issue.at)}: ${plain(issue.message)}`,
  );
  return [
    table(['entity', 'records', 'fields', 'custom', 'from'], rows),
    ...some(issues, 'issues'),
    'reports/scope.md has it all',
  ].join('\n');
}

/** Where each source field goes. */
export function mapText(fields: readonly ProposedField[], file: string): string {
  const rows = fields.map((field) => [
    field.entity,
    field.source,
    field.target ?? '-',
    field.band,
    field.evidence.slice(0, 60),
  ]);
  const where =
    file === 'written'
      ? 'mapping.yaml is written'
      : 'mapping.yaml was edited and stays; the proposal is in mapping.proposed.yaml';
  return `${table(['entity', 'field', 'goes to', 'band', 'because'], rows)}\n${where}`;
}

/** The plan with its bill. */
export function planText(answer: PlanAnswer, forecast: Forecast): string {
  const rows = Object.entries(answer.operations).map(([entity, row]) => [
    entity,
    row.create,
    row.update,
    row.skip,
  ]);
  const bill = forecast.phases.map((row) => [
    row.phase,
    row.entity,
    row.operations,
    row.requests,
    row.tokens,
  ]);
  const caps = answer.caps.map(
    (cap) =>
      `${cap.fits ? 'fits ' : 'NO FIT'} ${cap.name}: ${cap.wanted.toLocaleString('en')} of ${cap.limit.toLocaleString('en')}`,
  );
  return [
    table(['entity', 'create', 'update', 'skip'], rows),
    '',
    table(['phase', 'entity', 'operations', 'requests', 'tokens'], bill),
    '',
    `${answer.tokens.toLocaleString('en')} tokens, ${answer.requests.toLocaleString('en')} requests, ${answer.days} day(s): ${answer.start} to ${answer.end}`,
    ...forecast.calendar.map(
      (span) =>
        `${span.phase}: ${span.tokens.toLocaleString('en')} tokens, ${span.days} day(s), ${span.start} to ${span.end}`,
    ),
    `${forecast.lowerBound.tokens.toLocaleString('en')} tokens is the least any plan of it could take`,
    `${answer.rollbackTokens.toLocaleString('en')} tokens would take it all back`,
    ...caps,
    `plan ${answer.hash.slice(0, 12)}`,
  ].join('\n');
}

/** The reconciliation table, the gates and what waits. */
export function statusText(status: Status): string {
  const counters = [...sourceCounters, ...fateCounters].filter(
    (one) => one !== 'mapped' && one !== 'inDoubt',
  );
  const header = ['entity', ...counters];
  const rows = Object.entries(status.ledger).map(([entity, row]) => [
    entity,
    ...counters.map((counter) => row[counter]),
  ]);
  const gates = status.gates
    .filter((gate) => gate.state !== 'open')
    .map((gate) => `${gate.gate} ${gate.state}`);
  const waiting = status.waiting.map((question) => `${question.id}: ${plain(question.question)}`);
  return [
    rows.length === 0 ? 'nothing has been read yet' : table(header, rows),
    '',
    `phase ${status.phase}; gates: ${gates.join(', ') || 'none due yet'}`,
    ...some(waiting, waiting.length === 1 ? 'question waits' : 'questions wait'),
    ...nextStep(status),
  ].join('\n');
}

/** What a person does next. Gates count from the moment when nothing else stands before the first write. */
function nextStep({ phase, gates, waiting }: Status): string[] {
  if (phase === 'done') return [];
  if (waiting.length > 0) {
    return [
      'next: `landfall queue` tells the choices, `landfall decide ID CHOICE` answers one, `landfall decide --defaults` the rest',
    ];
  }
  const due = gates.filter(({ state }) => state === 'waiting' || state === 'stale').map(({ gate }) => gate);
  if (phase !== 'configure' || due.length === 0) return ['next: `landfall advance`'];
  return [`next: look at reports/ and approve with \`landfall approve GATE\`: ${due.join(', ')}`];
}

function some(lines: readonly string[], what: string): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > shownLines ? [`  and ${lines.length - shownLines} more`] : [];
  return ['', `${lines.length} ${what}:`, ...lines.slice(0, shownLines).map((line) => `  ${line}`), ...more];
}

/** The proof in one table, and what is not as it should be. */
export function verifyText(answer: VerifyAnswer): string {
  const { records, fields, equal, normalised, byRule, lossy, missing, different, findings } = answer;
  const rows = [[records, fields, equal, normalised, byRule, lossy, missing, different]];
  const lines = findings.map(
    (one) =>
      `${one.entity} ${one.targetId ?? '-'} (${plain(one.sourceKey)}) ${one.field}: ${one.verdict}, expected ${plain(one.expected)}, found ${plain(one.found)}`,
  );
  return [
    table(['records', 'fields', 'equal', 'normalised', 'by rule', 'lossy', 'missing', 'different'], rows),
    ...some(lines, 'findings'),
  ].join('\n');
}

/** What rollback did. */
export function rollbackText({ reversed, restored, kept, errored }: RollbackSummary): string {
  return [
    `removed ${reversed}, restored ${restored}, kept ${kept.length}, errors ${errored}`,
    ...some(keptLines(kept), 'kept'),
  ].join('\n');
}

/** What rollback would do, what it would take, and what it cannot do. */
export function rollbackPlanText(plan: TakingBackPlan): string {
  const { entities, kept, configuration, impossible, tokens, requests, days, start, end } = plan;
  const rows = Object.entries(entities).map(([entity, row]) => [
    entity,
    row.remove,
    row.restore,
    row.keep,
    row.gone,
  ]);
  return [
    rows.length === 0
      ? 'nothing has been written'
      : table(['entity', 'remove', 'restore', 'keep', 'gone already'], rows),
    '',
    `would remove ${plan.reversed}, restore ${plan.restored}, keep ${kept.length}; ${configuration} configuration steps`,
    `${tokens.toLocaleString('en')} tokens, ${requests.toLocaleString('en')} requests, ${days} day(s): ${start} to ${end}`,
    ...some(keptLines(kept), 'would be kept'),
    ...some([...impossible], 'things cannot be taken back'),
  ].join('\n');
}

function keptLines(kept: RollbackSummary['kept']): string[] {
  return kept.map(({ entity, targetId, because, at, by }) => {
    const who = [by === undefined ? '' : `by ${plain(by)}`, at === undefined ? '' : `on ${plain(at)}`];
    const last = who.filter((word) => word !== '').join(' ');
    return `${entity} ${plain(targetId)}: ${plain(because)}${last === '' ? '' : ` (last change ${last})`}`;
  });
}

/** A question with its choices. */
export function questionText(question: Omit<Question, 'subject'>): string {
  const choices = question.choices.map((choice) => {
    const asks = choice.asksFor === undefined ? '' : ` (--value ${choice.asksFor})`;
    return `  ${choice.default ? '*' : ' '} ${plain(choice.id)}: ${plain(choice.label)}${asks}\n      ${plain(choice.consequence)}`;
  });
  const records =
    question.records.length === 0
      ? []
      : [
          `  records: ${plain(question.records.slice(0, 8).join(', '))}${question.recordCount > 8 ? ' ...' : ''}`,
        ];
  return [`${styleText('bold', question.id)} ${plain(question.question)}`, ...records, ...choices].join('\n');
}

/** The way of a record's values. */
export function storyText(story: Story): string {
  const fields = story.fields.map((field) => {
    const source = Object.entries(field.source)
      .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
      .join(', ');
    const via =
      field.rule === null
        ? 'decision'
        : `${field.rule.via.map((step) => (typeof step === 'string' ? step : JSON.stringify(step))).join(' > ') || 'as it is'}`;
    return [
      styleText('bold', `${field.field} = ${plain(JSON.stringify(field.value))}`),
      `  from  ${plain(source) || '-'}`,
      `  via   ${plain(via)} (${field.effect})${field.rule?.why ? `: ${plain(field.rule.why)}` : ''}`,
      `  proof ${plain(field.readBack)}`,
    ].join('\n');
  });
  const links = story.links.map(
    (link) => `${styleText('bold', link.field)} -> ${plain(link.to)} (found by ${link.evidence})`,
  );
  const log = story.audit.map((entry) => `  ${entry.at} #${entry.seq} ${entry.kind} ${plain(entry.what)}`);
  return [
    `${story.entity} ${story.targetId} is ${plain(story.sourceKey)} (${plain(story.position)}); the plan said: ${story.because}`,
    ...fields,
    ...links,
    'audit log:',
    ...log,
  ].join('\n');
}
