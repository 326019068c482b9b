import { beforeEach, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../operations.ts';
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

describe('projects are listed', () => {
  beforeEach(async () => {
    for (const [index, status] of ['open', 'completed', 'canceled', 'open'].entries())
      await client.made('/v2/projects', { title: `P${index + 2}`, status, phase_id: index < 2 ? 1 : 4 });
    await client.call('POST', '/v2/projects/3/archive');
    await client.call('DELETE', '/v2/projects/5');
  });

  test.each([
    ['those that are neither archived nor deleted', 'projects', [1, 2, 4]],
    ['by status', 'projects?status=open', [1, 2]],
    ['deleted ones where asked for', 'projects?status=deleted,canceled', [4, 5]],
    ['by phase', 'projects?phase_id=4', [4]],
    ['by deal', 'projects?deal_id=1', [1]],
    ['by person', 'projects?person_id=3', []],
    ['by organization', 'projects?org_id=3', [1]],
    ['archived ones apart', 'projects/archived', [3]],
  ])('%s', async (_, path, ids) => {
    expect((await data(`/v2/${path}`)).map(({ id }: { id: number }) => id)).toEqual(ids);
  });

  test('by a filter, which takes the place of the other conditions', async () => {
    const line = { object: 'project', field_id: 'status', operator: '=', value: 'open' };
    const conditions = {
      glue: 'and',
      conditions: [
        { glue: 'and', conditions: [line] },
        { glue: 'or', conditions: [] },
      ],
    };
    const made = await client.call('POST', '/v1/filters', { name: 'Open', type: 'projects', conditions });
    const path = `/v2/projects?filter_id=${made.body.data.id}&phase_id=9`;
    expect((await data(path)).map(({ id }: { id: number }) => id)).toEqual([1, 2]);
    expect((await client.call('GET', '/v2/projects?filter_id=9')).status).toBe(404);
  });

  test('page by page, in both versions, with archived ones in v1 on request', async () => {
    const first = await client.call('GET', '/v1/projects?limit=3&include_archived=true');
    expect(first.body.data.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3]);
    const cursor = first.body.additional_data.next_cursor;
    const next = await client.call('GET', `/v1/projects?limit=3&include_archived=true&cursor=${cursor}`);
    expect(next.body.data.map(({ id }: { id: number }) => id)).toEqual([4]);
    expect(next.body.additional_data.next_cursor).toBeNull();
  });

  test('and an archived one cannot be changed or archived again', async () => {
    expect((await client.call('PATCH', '/v2/projects/3', { title: 'x' })).status).toBe(400);
    expect((await client.call('POST', '/v1/projects/3/archive')).status).toBe(400);
    expect((await data('/v2/projects/3')).archive_time).toBe('2026-03-01T12:00:00.000Z');
  });

  test('a deleted one is shown as such, or (switch) not at all', async () => {
    expect((await data('/v2/projects/5')).status).toBe('deleted');
    client.emulator.control.extra('switches', { deletedV2Get: '404' });
    expect((await client.call('GET', '/v2/projects/5')).status).toBe(404);
  });

  test.each([
    ['by project', 'project_id=1', [1, 2]],
    ['without a parent', 'parent_task_id=null', [1]],
    ['of a parent', 'parent_task_id=1', [2]],
    ['done', 'is_done=true', []],
    ['by assignee', 'assignee_id=1', []],
    ['no milestone', 'is_milestone=false&limit=1', [1]],
  ])('tasks %s', async (_, query, ids) => {
    expect((await data(`/v2/tasks?${query}`)).map(({ id }: { id: number }) => id)).toEqual(ids);
  });
});

describe('a project', () => {
  test('is found by title, description, notes and custom fields', async () => {
    await client.call('PATCH', '/v2/projects/1', {
      description: 'third floor',
      custom_fields: { [site]: 'Bursa' },
    });
    await client.call('POST', '/v1/notes', { content: 'elevator', project_id: 1 });
    for (const [query, count] of [
      ['term=renovation', 1],
      ['term=floor', 1],
      ['term=bursa', 1],
      ['term=elevator', 1],
      ['term=floor&fields=title', 0],
      ['term=floor&person_id=9', 0],
    ] as const) {
      const { items } = await data(`/v2/projects/search?${query}`);
      expect([query, items.length]).toEqual([query, count]);
    }
    const all = await data('/v2/itemSearch?term=renovation&item_types=project');
    expect(all.items[0].item).toMatchObject({ id: 1, type: 'project', deal_count: 1, phase: { id: 1 } });
  });

  test('has a plan of tasks and activities in phases and groups', async () => {
    const made = await client.made('/v2/projects', { title: 'P', template_id: 1 });
    const activity = await client.made('/v2/activities', { subject: 'call', project_id: made.id });
    const groups = await data(`/v1/projects/${made.id}/groups`);
    expect(groups).toEqual([
      { id: 1, name: 'A', order_nr: 1 },
      { id: 2, name: 'B', order_nr: 2 },
    ]);
    const tasks = await data(`/v1/projects/${made.id}/tasks`);
    expect(tasks.map(({ title }: { title: string }) => title)).toEqual(['Measure', 'Order']);
    const plan = `/v1/projects/${made.id}/plan`;
    await client.call('PUT', `${plan}/tasks/${tasks[0].id}`, { phase_id: 5, group_id: 2 });
    await client.call('PUT', `${plan}/activities/${activity.id}`, { phase_id: 4 });
    await client.call('PUT', `${plan}/activities/${activity.id}`, { group_id: 1 });
    expect(await data(plan)).toEqual([
      { item_id: tasks[0].id, item_type: 'task', phase_id: 5, group_id: 2 },
      { item_id: tasks[1].id, item_type: 'task', phase_id: null, group_id: null },
      { item_id: activity.id, item_type: 'activity', phase_id: 4, group_id: 1 },
    ]);
  });

  test('remembers its changes, newest first, page by page', async () => {
    await client.call('PATCH', '/v2/projects/1', { title: 'New', custom_fields: { [site]: 'Bursa' } });
    await client.call('PATCH', '/v2/projects/1', { status: 'completed' });
    const first = await client.call('GET', '/v2/projects/1/changelog?limit=1');
    expect(first.body.data).toEqual([
      {
        change_source: 'api',
        change_source_user_agent: null,
        time: '2026-03-01T12:00:00.000Z',
        new_values: { status: 'completed' },
        old_values: { status: 'open' },
        actor_user_id: 1,
      },
    ]);
    const { next_cursor } = first.body.additional_data;
    const second = await client.call('GET', `/v2/projects/1/changelog?cursor=${next_cursor}`);
    expect(second.body.data[0]).toMatchObject({
      new_values: { title: 'New', [site]: 'Bursa' },
      old_values: { title: 'Office renovation', [site]: null },
    });
    expect(second.body.additional_data.next_cursor).toBeNull();
  });

  test('names those who may see it, and its templates can be read', async () => {
    expect(await data('/v2/projects/1/permittedUsers')).toEqual([1, 2, 3, 4]);
    expect(await data('/v2/projectTemplates')).toMatchObject([
      { id: 1, title: 'Fit-out', projects_board_id: 2 },
    ]);
    expect(await data('/v1/projectTemplates/1')).toMatchObject({ add_time: '2026-03-01 12:00:00.000' });
  });

  test('keeps its subtasks with their task: they are deleted together', async () => {
    expect((await client.call('DELETE', '/v2/tasks/1')).body.data).toEqual({ id: 1 });
    expect((await client.call('GET', '/v2/tasks/2')).status).toBe(404);
  });

  test('an empty board is deleted with its phases', async () => {
    expect((await client.call('DELETE', '/v2/boards/2')).body.data).toEqual({ id: 2 });
    expect(await data('/v2/phases?board_id=2')).toEqual([]);
  });

  test('without the add-on answers 415 (switch), everywhere', async () => {
    client.emulator.control.extra('switches', { projectsAddOn: false });
    for (const path of ['/v2/projects', '/v2/boards', '/v1/tasks', '/v2/projectFields'])
      expect((await client.call('GET', path)).status).toBe(415);
  });

  test('has every published operation served', () => {
    const missing = OPERATIONS.filter(({ path }) => /^\/(project|boards|phases|tasks)/.test(path)).filter(
      ({ handler }) => handler === null,
    );
    expect(missing).toEqual([]);
  });
});
