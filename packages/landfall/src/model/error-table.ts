interface ErrorRow {
  readonly recovery: 'retry' | 'reject' | 'pause' | 'stop';
  /** 1 failed, 2 wrong usage or configuration, 3 waits for a person, 4 paused and resumable, 5 finished with differences. */
  readonly exit: 1 | 2 | 3 | 4 | 5;
  readonly hint: string;
}

function row(recovery: ErrorRow['recovery'], exit: ErrorRow['exit'], hint: string): ErrorRow {
  return { recovery, exit, hint };
}

/** Every trouble the product can name: one row a code. */
export const errorTable = {
  // input files
  'path-missing': row('stop', 2, 'Check the path in landfall.yaml (source.export).'),
  'path-forbidden': row('stop', 2, 'Give this user the right to read it, or copy the export elsewhere.'),
  'nothing-to-read': row('stop', 2, 'Put the export files into the folder named in landfall.yaml.'),
  'file-unreadable': row('stop', 2, 'Export the table again as CSV (UTF-8) or XLSX.'),
  'file-too-large': row('stop', 2, 'Split the file, or export fewer columns.'),
  'headers-unknown': row(
    'stop',
    2,
    'Name the table in landfall.yaml (source.tables), or export the standard tables.',
  ),
  // configuration and mapping
  usage: row('stop', 2, 'See `landfall --help`.'),
  'workspace-missing': row('stop', 2, 'Make one with `landfall init DIR --from SYSTEM`.'),
  'workspace-exists': row('stop', 2, 'Choose another folder, or go on with `landfall advance`.'),
  'configuration-wrong': row('stop', 2, 'Mend landfall.yaml at the line named.'),
  'mapping-wrong': row('stop', 2, 'Mend mapping.yaml at the lines named.'),
  'secret-missing': row('stop', 2, 'Set the environment variable named in landfall.yaml.'),
  'decision-unknown': row('stop', 2, 'List the open questions with `landfall queue`.'),
  'gate-unknown': row(
    'stop',
    2,
    'Gates: scope, mapping, configuration, owners, data, sample, plan, cutover.',
  ),
  'phase-order': row('stop', 2, 'Run `landfall advance`; it does what is due, in order.'),
  'not-built': row('stop', 2, 'This command is not part of this version yet.'),
  // people
  waiting: row('pause', 3, 'Answer with `landfall decide` and `landfall approve`.'),
  'approval-stale': row('pause', 3, 'What was approved has changed: look again and approve again.'),
  'destination-changed': row(
    'pause',
    3,
    'Put it back in Pipedrive under the same name (`landfall configure` makes again what the plan made); then run the same command again, nothing is lost.',
  ),
  // the wire
  unauthorized: row('pause', 2, 'Check the API token (or connect again) and run the command again.'),
  forbidden: row('pause', 2, 'The token lacks a right; ask the account admin.'),
  blocked: row('pause', 4, 'The address is blocked for a while; wait, then run again.'),
  'budget-exhausted': row('pause', 4, 'Run again after the time named; nothing is lost.'),
  unavailable: row('pause', 4, 'The other side does not answer; run again later, nothing is lost.'),
  'rate-limited': row('retry', 4, 'The wire waits and sends again.'),
  'outcome-unknown': row(
    'retry',
    4,
    'The answer was lost; the run looks it up before anything is sent again.',
  ),
  refused: row('reject', 5, 'Mend the value in the source or in mapping.yaml, then run again.'),
  'not-found': row('reject', 5, 'The record is gone in the destination.'),
  'bytes-wrong': row('reject', 5, 'Mend it in the source, or upload it by hand (attachments.csv).'),
  'cap-reached': row('stop', 1, 'Raise the plan, or archive records; then run again.'),
  'answer-wrong': row('pause', 4, 'The other side answered something it should not; run again later.'),
  'not-emulated': row('stop', 1, 'The emulator does not serve this operation.'),
  // the store
  'lease-held': row('stop', 1, 'Another process works on this migration; wait for it or stop it.'),
  'lease-lost': row('stop', 4, 'Another process took over; run again when it has ended.'),
  'store-unusable': row(
    'stop',
    1,
    'Check that the disk is writable and not full; the state up to here is safe.',
  ),
  'store-newer': row('stop', 2, 'This workspace was written by a newer version; update Landfall.'),
  'audit-broken': row(
    'stop',
    1,
    'The audit log was changed from outside; restore the workspace from a backup.',
  ),
  // law 1
  'out-of-balance': row('stop', 1, 'This is our bug: please report it with `landfall status --json`.'),
  'gate-duplicate': row('stop', 1, 'Two records carry one marker; see the report before going on.'),
} as const satisfies Record<string, ErrorRow>;
