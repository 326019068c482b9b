import type { CustomValues } from '../records.ts';

/** What all records of projects have: times in milliseconds since 1970, as the API shows them with fractions. */
interface ProjectPart {
  readonly id: number;
  readonly addedMs: number;
  readonly updatedMs: number;
  readonly deletedSec: number | null;
}

/** A board; its phases name it. */
export interface BoardRecord extends ProjectPart {
  readonly name: string;
  readonly order_nr: number;
}

/** A phase of a board: where a project stands. */
export interface PhaseRecord extends ProjectPart {
  readonly name: string;
  readonly board_id: number;
  readonly order_nr: number;
}

/** How a project stands. Archived and deleted are marks of their own, beside the status. */
type ProjectStatus = 'open' | 'completed' | 'canceled';

/** A project. `health_status` is a number of the account's own scale. */
export interface ProjectRecord extends ProjectPart {
  readonly title: string;
  readonly description: string | null;
  readonly status: ProjectStatus;
  readonly board_id: number;
  readonly phase_id: number;
  readonly owner_id: number;
  readonly start_date: string | null;
  readonly end_date: string | null;
  readonly deal_ids: readonly number[];
  readonly person_ids: readonly number[];
  readonly org_ids: readonly number[];
  readonly label_ids: readonly number[];
  readonly health_status: number | null;
  readonly statusChangedMs: number | null;
  /** When it was archived, or null. */
  readonly archivedMs: number | null;
  readonly custom: CustomValues | null;
}

/** Where an item of a project's plan lies. */
interface PlanPlace {
  readonly phase_id: number | null;
  readonly group_id: number | null;
}

/** A task of a project; a subtask names its parent, and there is no third level. */
export interface TaskRecord extends ProjectPart, PlanPlace {
  readonly title: string;
  readonly creator_id: number;
  readonly description: string | null;
  readonly project_id: number;
  readonly parent_task_id: number | null;
  readonly done: boolean;
  readonly doneMs: number | null;
  readonly milestone: boolean;
  readonly start_date: string | null;
  readonly due_date: string | null;
  readonly assignee_ids: readonly number[];
  readonly priority: number | null;
}

/** Where an activity lies in the plan of its project. */
export interface PlannedActivityRecord extends PlanPlace {
  readonly id: number;
  readonly project_id: number;
  readonly activity_id: number;
}

/** A group of a project's plan. */
export interface ProjectGroupRecord {
  readonly id: number;
  readonly project_id: number;
  readonly name: string;
  readonly order_nr: number;
  readonly deletedSec: number | null;
}

/** What new projects can begin as. The API only reads them. */
export interface ProjectTemplateRecord extends ProjectPart {
  readonly title: string;
  readonly description: string | null;
  readonly projects_board_id: number;
  readonly owner_id: number;
  /** Titles of the tasks, and names of the groups, that a project made of it begins with. */
  readonly tasks: readonly string[];
  readonly groups: readonly string[];
}
