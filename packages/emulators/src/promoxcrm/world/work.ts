import { createdAt, type Draw, dayOf, daysAfter, type WorldRow } from './chance.ts';
import { seller } from './people.ts';

/** Rules that the CRM applies by itself: what `automations` tells. */
export const AUTOMATIONS: readonly WorldRow[] = [
  {
    id: 1,
    name: 'Proof after the quote',
    kind: 'task-rule',
    active: true,
    trigger: 'Project enters stage Quote Sent (Corporate Orders)',
    action: 'Create task "Send artwork proof", due in 2 days, for the project owner',
  },
  {
    id: 2,
    name: 'Chase sizes',
    kind: 'task-rule',
    active: true,
    trigger: 'Project enters stage Board Approval (School Programs)',
    action: 'Create task "Collect sizes", due in 5 days, for the project owner',
  },
  {
    id: 3,
    name: 'Old reorder reminder',
    kind: 'task-rule',
    active: false,
    trigger: 'Project enters stage Delivered',
    action: 'Create task "Ask for a reorder", due in 90 days',
  },
  {
    id: 4,
    name: 'Route leads by region',
    kind: 'workflow',
    active: true,
    trigger: 'Lead created with a routing region',
    action: 'Assign the lead to the owner of the region',
  },
];

/** Systems the account is connected with: what `integrations` tells. */
export const INTEGRATIONS: readonly WorldRow[] = [
  { id: 1, name: 'Xero', active: true, direction: 'Invoices out', settings: 'Invoice on Order Confirmed' },
  { id: 2, name: 'Stripe', active: true, direction: 'Payments in', settings: 'Payment links on invoices' },
  { id: 3, name: 'Mailchimp', active: true, direction: 'Contacts out', settings: 'Clients tagged VIP' },
  { id: 4, name: 'QuickBooks', active: false, direction: 'Invoices out', settings: 'Replaced by Xero' },
];

/** Tasks: half of them come of a rule, two days after their project. */
export function tasks(
  draw: Draw,
  count: number,
  projects: readonly WorldRow[],
  clients: readonly WorldRow[],
): WorldRow[] {
  const rows = Array.from({ length: Math.max(8, count) }, (_, at) =>
    task(draw, at, count, projects, clients),
  );
  plantTasks(draw, rows, projects, clients);
  return rows;
}

function task(
  draw: Draw,
  at: number,
  count: number,
  projects: readonly WorldRow[],
  clients: readonly WorldRow[],
): WorldRow {
  const project = draw.pick(projects);
  const isOfRule = draw.chance(40);
  const created_at = isOfRule ? String(project.created_at) : createdAt(at, count);
  const due = dayOf(daysAfter(created_at, isOfRule ? 2 : draw.between(1, 14)));
  const isDone = draw.chance(65);
  return {
    id: 1_001 + at,
    subject: isOfRule
      ? 'Send artwork proof'
      : draw.pick(['Call about sizes', 'Check stock', 'Send invoice', 'Thank-you call']),
    body: draw.chance(50) ? '<p>Ask for the <b>vector file</b>.<br>Deadline is firm.</p>' : null,
    assignee_id: isOfRule ? project.owner_id : seller(draw),
    due_date: due,
    status: isDone ? 'Completed' : 'Open',
    completed_at: isDone ? daysAfter(created_at, draw.between(0, 9), 3) : null,
    project_id: isOfRule || draw.chance(70) ? project.id : null,
    client_id: isOfRule ? project.client_id : draw.pick(clients).id,
    created_by_rule: isOfRule ? 1 : null,
    created_at,
    updated_at: created_at,
  };
}

function plantTasks(
  draw: Draw,
  rows: WorldRow[],
  projects: readonly WorldRow[],
  clients: readonly WorldRow[],
): void {
  const put = (at: number, rule: string, what: string, values: object): void => {
    const row = rows[at];
    if (row === undefined) return;
    Object.assign(row, values);
    draw.plant(rule, what, 'tasks', [row.id]);
  };
  const project = projects[0];
  put(0, 'P-25(a)', 'assignee, due day, status and body', {
    subject: 'Call about the deposit',
    body: 'Half is due before the press runs.',
    assignee_id: 12,
    due_date: '2024-03-08',
    status: 'Completed',
    completed_at: '2024-03-07T16:20:00Z',
    project_id: project?.id ?? null,
    client_id: clients[0]?.id ?? null,
    created_by_rule: null,
  });
  put(1, 'P-25(a)', 'open, without a body', { status: 'Open', completed_at: null, body: null });
  put(2, 'P-25(b)', 'made by a rule', { created_by_rule: 1, subject: 'Send artwork proof' });
  put(3, 'task-without-parent', 'of nobody', { project_id: null, client_id: null });
  put(4, 'P-28(c)', 'given to somebody who has left', { assignee_id: 16 });
  draw.plant('P-25(c)', 'four rules, one of them switched off', 'automations', [1, 2, 3, 4]);
}

/** Presentations: files that lie in the CRM, for a project or a client. */
export function presentations(
  draw: Draw,
  count: number,
  projects: readonly WorldRow[],
  clients: readonly WorldRow[],
): WorldRow[] {
  const rows = Array.from({ length: Math.max(6, count) }, (_, at) => presentation(draw, at, count, projects));
  const put = (at: number, rule: string, what: string, values: object): void => {
    const row = rows[at];
    if (row === undefined) return;
    Object.assign(row, values);
    draw.plant(rule, what, 'presentations', [row.id]);
  };
  put(0, 'P-26(a)', 'of a project', {
    project_id: projects[0]?.id ?? null,
    title: 'Spring show ideas',
    file_name: 'spring-show-ideas.pdf',
  });
  put(1, 'P-26(a)', 'of a client without a project', {
    project_id: null,
    client_id: clients[0]?.id ?? null,
    title: 'Brand guide',
    file_name: 'brand guide Şofía.pdf',
  });
  put(2, 'P-26(b)', 'its file is gone', { has_file: false });
  put(3, 'P-26(c)', 'lies with somebody else', { external_url: 'https://files.example/deck-77' });
  put(4, 'empty-file', 'no bytes in it', { size_bytes: 0 });
  put(5, 'same-name', 'the name of the first and other bytes', { file_name: 'spring-show-ideas.pdf' });
  return rows;
}

function presentation(draw: Draw, at: number, count: number, projects: readonly WorldRow[]): WorldRow {
  const project = draw.pick(projects);
  const created_at = createdAt(at, count);
  return {
    id: 1_001 + at,
    project_id: project.id,
    client_id: project.client_id,
    title: `Ideas for ${String(project.campaign_name)}`,
    file_name: `ideas-${1_001 + at}.pdf`,
    size_bytes: draw.between(200, 2_000),
    status: draw.pick(['Open', 'Client Review', 'Converted', 'Closed']),
    has_file: true,
    external_url: null,
    created_at,
    updated_at: created_at,
  };
}
