/** Rights that a regular user has or lacks; the published names. Administrators have every one. */
export const RIGHTS = [
  'can_add_custom_fields',
  'can_add_products',
  'can_add_prospects_as_leads',
  'can_bulk_edit_items',
  'can_change_visibility_of_items',
  'can_convert_deals_to_leads',
  'can_create_own_workflow',
  'can_delete_activities',
  'can_delete_custom_fields',
  'can_delete_deals',
  'can_edit_custom_fields',
  'can_edit_deals_closed_date',
  'can_edit_products',
  'can_edit_shared_filters',
  'can_export_data_from_lists',
  'can_follow_other_users',
  'can_merge_deals',
  'can_merge_organizations',
  'can_merge_people',
  'can_modify_labels',
  'can_see_company_wide_statistics',
  'can_see_deals_list_summary',
  'can_see_hidden_items_names',
  'can_see_other_users',
  'can_see_other_users_statistics',
  'can_see_security_dashboard',
  'can_share_filters',
  'can_share_insights',
  'can_use_api',
  'can_use_email_tracking',
  'can_use_import',
] as const;

/** One right of a user. */
export type Right = (typeof RIGHTS)[number];

/** What a regular user may do: the contents of the set `Deals regular user` in the published example. */
export const REGULAR_RIGHTS: readonly Right[] = [
  'can_add_products',
  'can_bulk_edit_items',
  'can_change_visibility_of_items',
  'can_delete_activities',
  'can_edit_products',
  'can_edit_shared_filters',
  'can_export_data_from_lists',
  'can_see_deals_list_summary',
  'can_see_other_users',
  'can_share_filters',
  'can_use_api',
  'can_use_email_tracking',
];

/** Who may carry an operation out: users with the right, or administrators alone. INF beyond the names. */
interface RightRow {
  /** `METHOD /path` without the version: both versions of the API ask the same. */
  readonly operations: readonly string[];
  readonly needs: Right | 'admin';
}

/** The same operations on the fields of every entity that has custom ones. */
function onFields(operations: (path: string) => readonly string[]): readonly string[] {
  return ['deal', 'person', 'organization', 'product', 'project'].flatMap((entity) =>
    operations(`/${entity}Fields`),
  );
}

/** Operations that not everybody may carry out. */
export const RIGHT_ROWS: readonly RightRow[] = [
  { operations: ['DELETE /deals/{id}'], needs: 'can_delete_deals' },
  { operations: ['DELETE /activities/{id}'], needs: 'can_delete_activities' },
  { operations: ['PUT /deals/{id}/merge'], needs: 'can_merge_deals' },
  { operations: ['PUT /persons/{id}/merge'], needs: 'can_merge_people' },
  { operations: ['PUT /organizations/{id}/merge'], needs: 'can_merge_organizations' },
  { operations: ['POST /deals/{id}/convert/lead'], needs: 'can_convert_deals_to_leads' },
  { operations: ['GET /deals/summary', 'GET /deals/summary/archived'], needs: 'can_see_deals_list_summary' },
  {
    operations: ['POST /leadLabels', 'PATCH /leadLabels/{id}', 'DELETE /leadLabels/{id}'],
    needs: 'can_modify_labels',
  },
  { operations: ['POST /products'], needs: 'can_add_products' },
  { operations: ['PATCH /products/{id}', 'DELETE /products/{id}'], needs: 'can_edit_products' },
  { operations: onFields((path) => [`POST ${path}`]), needs: 'can_add_custom_fields' },
  {
    operations: onFields((path) => [
      `PUT ${path}/{id}`,
      `PATCH ${path}/{field_code}`,
      ...['POST', 'PATCH', 'DELETE'].map((method) => `${method} ${path}/{field_code}/options`),
    ]),
    needs: 'can_edit_custom_fields',
  },
  {
    operations: onFields((path) => [`DELETE ${path}`, `DELETE ${path}/{id}`, `DELETE ${path}/{field_code}`]),
    needs: 'can_delete_custom_fields',
  },
  {
    operations: [
      'POST /pipelines',
      'PATCH /pipelines/{id}',
      'DELETE /pipelines/{id}',
      'POST /stages',
      'PATCH /stages/{id}',
      'DELETE /stages/{id}',
      'POST /activityTypes',
      'PUT /activityTypes/{id}',
      'DELETE /activityTypes/{id}',
      'POST /users',
      'PUT /users/{id}',
      'GET /permissionSets',
      'GET /permissionSets/{id}',
      'GET /permissionSets/{id}/assignments',
      'GET /roles',
      'POST /roles',
      'GET /roles/{id}',
      'PUT /roles/{id}',
      'DELETE /roles/{id}',
      'GET /roles/{id}/assignments',
      'POST /roles/{id}/assignments',
      'DELETE /roles/{id}/assignments',
      'GET /roles/{id}/settings',
      'POST /roles/{id}/settings',
      'GET /roles/{id}/pipelines',
      'PUT /roles/{id}/pipelines',
    ],
    needs: 'admin',
  },
];
