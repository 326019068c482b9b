import type { RestDialect } from '../module-rest/dialect.ts';
import type { ProbePlan } from './probe-plan.ts';
import type { ProbeReport } from './probe-report.ts';

/** How the API speaks, of what the probe has found out. */
export function dialectOf(plan: ProbePlan, report: ProbeReport): RestDialect {
  const way = plan.auth.find(({ name }) => name === report.auth);
  const headers = way?.basic === true ? { authorization: 'Basic {basic}' } : (way?.headers ?? {});
  return {
    name: plan.label,
    headers,
    ...(way?.query === undefined ? {} : { query: way.query }),
    answers: {
      items: [report.items, ...plan.items],
      total: report.total === null ? [] : [report.total],
      next: report.next === null ? [] : [report.next],
    },
    // a sign-in page in the place of an answer: the key is not accepted any more
    signs: [{ status: 200, text: '<(?:!doctype|html)', means: 'unauthorized' }],
    paging: report.paging,
  };
}
