import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import { WORKS_SEED } from './works-fixture.ts';

let client: TestClient;
let site: string;
beforeEach(() => {
  client = testClient({ world: 'lived-in', switches: { searchLagMs: 0 } });
  const seeded = client.emulator.control.seed(WORKS_SEED) as { fields: { field_code: string }[] };
  site = seeded.fields[0]?.field_code ?? '';
});
const data = async (path: string) => (await client.call('GET', path)).body.data;

describe('projects keep', () => {
  test.each([
    [
      'a title alone: open, in the first phase of the first board, owned by the caller',
      '/v2/projects',
      { title: 'P' },
      { id: 2, status: 'open', board_id: 1, phase_id: 1, owner_id: 1, deal_ids: [], archive_time: null },
    ],
    ['a board: its first phase', '/v2/projects', { title: 'P', board_id: 2 }, { board_id: 2, phase_id: 4 }],
    ['a phase: its board', '/v2/projects', { title: 'P', phase_id: 5 }, { board_id: 2, phase_id: 5 }],
    [
      'times of creation and of the status with fractions',
      '/v2/projects',
      { title: 'P' },
      { add_time: '2026-03-01T12:00:00.000Z', status_change_time: '2026-03-01T12:00:00.000Z' },
    ],
    [
      'links, each once',
      '/v2/projects',
      { title: 'P', deal_ids: [1, 1, 2], person_ids: [4], org_ids: [5] },
      { deal_ids: [1, 2], person_ids: [4], org_ids: [5] },
    ],
    [
      'dates and health',
      '/v2/projects',
      { title: 'P', start_date: '2026-04-01', end_date: '2026-04-01', health_status: 10 },
      { start_date: '2026-04-01', end_date: '2026-04-01', health_status: 10 },
    ],
    [
      'what a template brings',
      '/v2/projects',
      { title: 'P', template_id: 1 },
      { board_id: 2, phase_id: 4, description: 'as always' },
    ],
    [
      'a task with its defaults',
      '/v2/tasks',
      { title: 'T', project_id: 1 },
      {
        id: 3,
        creator_id: 1,
        is_done: false,
        is_milestone: false,
        parent_task_id: null,
        assignee_ids: [],
        priority: null,
        marked_as_done_time: null,
      },
    ],
    [
      'a done task with the time of now',
      '/v2/tasks',
      { title: 'T', project_id: 1, done: 1, milestone: 1 },
      { is_done: true, is_milestone: true, marked_as_done_time: '2026-03-01T12:00:00.000Z' },
    ],
    [
      'one assignee in the place of several',
      '/v2/tasks',
      { title: 'T', project_id: 1, assignee_id: 2, assignee_ids: [1, 3] },
      { assignee_ids: [2] },
    ],
    ['a subtask', '/v2/tasks', { title: 'T', project_id: 1, parent_task_id: 1 }, { parent_task_id: 1 }],
    [
      'a v1 project with one person, one organization',
      '/v1/projects',
      { title: 'P', person_id: 4, org_id: 5 },
      { person_id: 4, org_id: 5, labels: [], add_time: '2026-03-01 12:00:00.000' },
    ],
    [
      'a v1 task',
      '/v1/tasks',
      { title: 'T', project_id: 1, done: 1, assignee_ids: [2, 3] },
      { done: 1, assignee_id: 2, assignee_ids: [2, 3], marked_as_done_time: '2026-03-01 12:00:00.000' },
    ],
  ])('%s', async (_, path, body, holds) => {
    const answer = await client.call('POST', path, body);
    expect(answer.body).toMatchObject({ success: true, data: holds });
    expect(answer.status).toBe(201);
    expect(await data(`${path}/${answer.body.data.id}`)).toEqual(answer.body.data);
  });

  test('boards and phases at the place they name, the others move up', async () => {
    await client.made('/v2/boards', { name: 'First', order_nr: 1 });
    expect((await data('/v2/boards')).map((each: { name: string }) => each.name)).toEqual([
      'First',
      'Projects',
      'Service',
    ]);
    await client.call('PATCH', '/v2/phases/3', { order_nr: 1 });
    const phases = await data('/v2/phases?board_id=1');
    expect(phases.map(({ id, order_nr }: Record<string, number>) => [id, order_nr])).toEqual([
      [3, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(await data('/v1/projects/boards/3')).toEqual({
      id: 3,
      name: 'First',
      order_nr: 1,
      add_time: '2026-03-01 12:00:00',
      update_time: '2026-03-01 12:00:00',
    });
  });

  test('custom fields with options, as v2 nests them and v1 lays them flat', async () => {
    const answer = await client.call('PATCH', '/v2/projects/1', { custom_fields: { [site]: 'Bursa' } });
    expect(answer.body.data.custom_fields).toMatchObject({ [site]: 'Bursa' });
    expect((await data('/v1/projects/1'))[site]).toBe('Bursa');
    await client.call('PUT', '/v1/projects/1', { [site]: null });
    expect((await data('/v2/projects/1')).custom_fields[site]).toBeNull();
    const fields = await data('/v2/projectFields?limit=500');
    const kind = fields.find(({ field_name }: { field_name: string }) => field_name === 'Kind');
    expect(kind.options.map(({ label }: { label: string }) => label)).toEqual(['In', 'Out']);
    const added = await client.call('POST', `/v2/projectFields/${kind.field_code}/options`, [
      { label: 'Both' },
    ]);
    expect(added.body.data).toEqual([{ id: kind.options[1].id + 1, label: 'Both' }]);
  });

  test('notes and activities, and what hangs on them reads null once they are deleted', async () => {
    const note = (await client.call('POST', '/v1/notes', { content: 'x', project_id: 1, task_id: 1 })).body
      .data;
    expect(note).toMatchObject({ project_id: 1, project: { title: 'Office renovation' }, task_id: 1 });
    const activity = await client.made('/v2/activities', { subject: 'call', project_id: 1 });
    expect(activity).toMatchObject({ project_id: 1, deal_id: null });
    expect((await data('/v1/projects/1/activities'))[0]).toMatchObject({ id: activity.id, project_id: 1 });
    await client.call('DELETE', '/v2/projects/1');
    expect(await data(`/v2/activities/${activity.id}`)).toMatchObject({ project_id: null });
    expect(await data(`/v1/notes/${note.id}`)).toMatchObject({ project_id: null, task_id: null });
    expect((await client.call('GET', '/v2/tasks/1')).status).toBe(404);
  });
});

describe('projects refuse', () => {
  test.each([
    ['no title', 'POST', '/v2/projects', {}, 400, 'title'],
    ['an unknown key', 'POST', '/v2/projects', { title: 'P', add_time: 'x' }, 400, 'add_time'],
    ['an unknown status', 'POST', '/v2/projects', { title: 'P', status: 'won' }, 400, 'status'],
    ['a board that is not there', 'POST', '/v2/projects', { title: 'P', board_id: 9 }, 400, 'Board 9'],
    [
      'a phase of another board',
      'POST',
      '/v2/projects',
      { title: 'P', board_id: 1, phase_id: 4 },
      400,
      'Phase 4',
    ],
    [
      'a template that is not there',
      'POST',
      '/v2/projects',
      { title: 'P', template_id: 9 },
      400,
      'Template 9',
    ],
    ['a deal that is not there', 'POST', '/v2/projects', { title: 'P', deal_ids: [999] }, 400, 'Deal 999'],
    ['a label that is not there', 'POST', '/v2/projects', { title: 'P', label_ids: [1] }, 400, 'Labels 1'],
    [
      'an end before the start',
      'PATCH',
      '/v2/projects/1',
      { start_date: '2026-02-02', end_date: '2026-02-01' },
      400,
      'end_date',
    ],
    [
      'an unknown custom field',
      'POST',
      '/v2/projects',
      { title: 'P', custom_fields: { ['a'.repeat(40)]: 1 } },
      400,
      'not allowed',
    ],
    ['a task without a project', 'POST', '/v2/tasks', { title: 'T' }, 400, 'project_id'],
    ['a task of no project', 'POST', '/v2/tasks', { title: 'T', project_id: 9 }, 400, 'Project 9'],
    [
      'a subtask of a subtask',
      'POST',
      '/v2/tasks',
      { title: 'T', project_id: 1, parent_task_id: 2 },
      400,
      'subtask',
    ],
    ['a task as its own parent', 'PATCH', '/v2/tasks/1', { parent_task_id: 1 }, 400, 'own parent'],
    ['done as a boolean', 'POST', '/v2/tasks', { title: 'T', project_id: 1, done: true }, 400, 'done'],
    ['a milestone in v1', 'POST', '/v1/tasks', { title: 'T', project_id: 1, milestone: 1 }, 400, 'milestone'],
    ['phases of no board in particular', 'GET', '/v2/phases', undefined, 400, 'board_id'],
    ['a place that is too high', 'POST', '/v2/boards', { name: 'B', order_nr: 4 }, 400, 'order_nr'],
    ['to delete a board with projects', 'DELETE', '/v2/boards/1', undefined, 400, 'used by project 1'],
    ['to delete a phase with projects', 'DELETE', '/v2/phases/1', undefined, 400, 'used by project 1'],
    ['a project that is not there', 'GET', '/v2/projects/9', undefined, 404, 'Project'],
    ['a template that is not there', 'GET', '/v2/projectTemplates/9', undefined, 404, 'template'],
    ['an unknown filter', 'GET', '/v2/projects?owner_id=1', undefined, 400, 'owner_id'],
    [
      'a plan with a phase of another board',
      'PUT',
      '/v1/projects/1/plan/tasks/1',
      { phase_id: 4 },
      400,
      'Phase 4',
    ],
    ['a plan with a foreign task', 'PUT', '/v1/projects/1/plan/tasks/9', { phase_id: 1 }, 404, 'Task'],
    ['a plan with a foreign activity', 'PUT', '/v1/projects/1/plan/activities/1', {}, 404, 'Activity'],
  ])('%s', async (_, method, path, body, status, words) => {
    const before = JSON.stringify(client.emulator.control.snapshot());
    const answer = await client.call(method, path, body);
    expect(answer.body.error).toContain(words);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(client.emulator.control.snapshot())).toBe(before);
  });
});
