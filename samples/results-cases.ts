import type { PlantedCase } from './world.ts';

function planted(rule: string, what: string, entity: string, ...ids: readonly string[]): PlantedCase {
  return { rule, what, entity, ids };
}

/** Which rows show which rule. */
export const plantedResultsCases: readonly PlantedCase[] = [
  planted('R-20(a)', 'a website with a path', 'companies', '90001'),
  planted(
    'R-20(b)',
    'two companies of one domain; free-mail domains are no key',
    'companies',
    '90001',
    '90002',
  ),
  planted('R-20(c)', 'persons and deals of both are one company’s', 'companies', '90002'),
  planted('R-21(a)', 'name, e-mail, phones, address', 'contacts', '91001'),
  planted('R-21(b)', 'company by id, by the merged one’s id, by name', 'contacts', '91001', '91003', '91006'),
  planted('R-22(a)', 'stage, value, owner, close date; won and lost', 'deals', '92001', '92002', '92003'),
  planted('R-22(b)', 'stage percentages', 'deals', '92001', '92010'),
  planted(
    'R-22(c)',
    'company by id, of the merged one, through the associate',
    'deals',
    '92001',
    '92007',
    '92010',
  ),
  planted('R-22(d)', 'no company', 'deals', '92004', '92005', '92006', '92008'),
  planted('R-23', 'a table of stages', 'stages'),
  planted('R-24(a)', 'call, e-mail, meeting, to-do and another kind', 'activities', '93001', '93005'),
  planted('R-24(b)', 'type, subject, content, date, duration', 'activities', '93001'),
  planted('R-24(c)', 'AM and PM in order', 'activities', '93001', '93002', '93003', '93006'),
  planted('R-24(d)', 'disposition and result', 'activities', '93001', '93006'),
  planted('R-25(a)', 'dropdown, date, checkbox, money', 'companies', '90001'),
  planted('R-25(b)', 'four decimals, -1 and 0', 'companies', '90001'),
  planted('R-25(c)', 'a calculated column', 'deals', '92001'),
  planted(
    'R-26',
    'initials: known, without a user, not active, in no table',
    'companies',
    '90008',
    '90009',
    '90010',
  ),
  planted('R-27(a)', 'documents of a company, a person, a deal', 'documents', '97001', '97002', '97003'),
  planted(
    'R-27(b)',
    'too large, a program, a page saved as a picture',
    'documents',
    '97005',
    '97006',
    '97007',
  ),
  planted('R-27(c)', 'missing ones', 'documents', '97004', '97008'),
  planted('R-28', 'deals without a company', 'deals', '92004', '92005'),
  planted('R-29(a)', 'name, code, price, description', 'products', 'TAP-01'),
  planted('R-29(b)', 'prices in two currencies', 'products', 'TAP-01', 'HRS-01'),
  planted(
    'R-29(c)',
    'lines of products that are there, and of one that is not',
    'lines',
    '96001',
    '96002',
    '96003',
  ),
];
