import { integer } from '../base/counted.ts';
import type { DocumentContext } from './context.ts';
import { footerOf } from './reconciliation.ts';
import { type Report, type Section, table, text } from './report.ts';

/** `upgrade.md`: where the plan's limits bite and what would help (DOC-20, DEC-18, S-31(f)). null when they do not. */
export function upgradeReport(context: DocumentContext): Report | null {
  const sections = [capSection(context), fieldSection(context), timeSection(context)].filter(
    (one) => one !== null,
  );
  if (sections.length === 0) return null;
  const plan = context.account === null ? 'the plan' : `the plan ${context.account.plan}`;
  return {
    title: `Upgrade recommendation: ${context.name}`,
    subtitle: `What ${plan} of ${context.destinationSystem} does not allow, and what the migration does instead.`,
    facts: [],
    sections,
    footer: footerOf(context),
  };
}

function capSection({ forecast, questions }: DocumentContext): Section | null {
  const tight = (forecast?.caps ?? []).filter(({ fits }) => !fits);
  const asked = questions.filter(({ kind }) => kind === 'cap');
  if (tight.length === 0 && asked.length === 0) return null;
  const rows = tight.map(({ name, limit, wanted }) => [name, limit, wanted, wanted - limit]);
  return {
    title: 'Limits that do not suffice',
    blocks: [
      ...(rows.length === 0 ? [] : [table(['Limit', 'Allowed', 'Wanted', 'Too many'], rows, '')]),
      ...asked.map(({ question }) => text(question)),
      text(
        'Raise the plan before the run, or leave out what does not fit; the run stops before a limit, it does not fail half way.',
      ),
    ],
  };
}

function fieldSection({ mapping }: DocumentContext): Section | null {
  const fields = (mapping?.fields ?? []).filter(({ why }) => why?.includes('build it by hand'));
  if (fields.length === 0) return null;
  return {
    title: 'Fields kept as text',
    blocks: [
      text(
        'Calculated fields and fields of a single pipeline cannot be created for you. Their values are moved as text; the field itself is built by hand where the plan has it.',
      ),
      table(
        ['On', 'Field', 'What would help'],
        fields.map(({ entity, name, why }) => [entity, name, why ?? '']),
        '',
      ),
    ],
  };
}

/** Longer than this, a bigger budget is worth a thought. */
const patienceDays = 5;

function timeSection({ forecast, account }: DocumentContext): Section | null {
  if (forecast === null || forecast.days <= patienceDays) return null;
  const daily = account === null ? '' : ` The account has ${integer(account.dailyTokens)} tokens a day.`;
  return {
    title: 'Time',
    blocks: [
      text(
        `The load takes ${forecast.days} days of budget.${daily} A higher plan, more seats or a token top-up for the days of the migration shortens it in proportion.`,
      ),
    ],
  };
}
