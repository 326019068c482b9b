/** A second board with phases 4 and 5, a template of it, and project 1 with task 1 and its subtask 2. */
export const WORKS_SEED = {
  fields: [
    { entity: 'project', field_name: 'Site', field_type: 'varchar' },
    {
      entity: 'project',
      field_name: 'Kind',
      field_type: 'enum',
      options: [{ label: 'In' }, { label: 'Out' }],
    },
  ],
  boards: [{ name: 'Service' }],
  phases: [
    { name: 'Plan', board_id: 2 },
    { name: 'Do', board_id: 2 },
  ],
  projectTemplates: [
    {
      title: 'Fit-out',
      description: 'as always',
      projects_board_id: 2,
      tasks: ['Measure', 'Order'],
      groups: ['A', 'B'],
    },
  ],
  projects: [
    {
      title: 'Office renovation',
      deal_ids: [1],
      person_ids: [2],
      org_ids: [3],
      custom_fields: { Kind: 'Out' },
    },
  ],
  tasks: [
    { title: 'Paint', project_id: 1 },
    { title: 'Buy paint', project_id: 1, parent_task_id: 1 },
  ],
};
