import type { Policies } from '../model/policy.ts';
import type { Choice, Decision, Question } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { doubtfulDates, likelyFormat, readDate, shownTexts } from './date-reading.ts';
import { fieldInWords } from './field-label.ts';
import { questionId } from './question-id.ts';

/** How the dates of a field are to be read: one format, or several that no value fits twice. */
export interface DateFormats {
  readonly formats: readonly string[];
  /** Asked when the values leave a doubt; stays asked when it is answered. */
  readonly question: Question | null;
  readonly evidence: string;
}

/** Decides the format of a date field from its profile, the decisions and, while nobody has answered, the country. */
export function dateFormatsOf(
  entity: SourceEntity,
  field: SourceField,
  policies: Policies,
  decisions: readonly Decision[],
): DateFormats {
  if (field.format !== null) {
    return { formats: [field.format], question: null, evidence: `dates are written ${field.format}` };
  }
  if (field.formats.length < 2) {
    return { formats: field.formats, question: null, evidence: 'the values do not show one date format' };
  }
  if (shownTexts(field).length > 0 && doubtfulDates(field, 1).length === 0) {
    return {
      formats: field.formats,
      question: null,
      evidence: `dates are written ${field.formats.join(' and ')}`,
    };
  }
  return askedFormat(entity, field, policies, decisions);
}

function askedFormat(
  entity: SourceEntity,
  field: SourceField,
  policies: Policies,
  decisions: readonly Decision[],
): DateFormats {
  const question = dateQuestion(entity, field, policies.country);
  const decision = decisions.find(({ id }) => id === question.id);
  const answer = field.formats.find((format) => format === decision?.choice);
  const format = answer ?? likelyFormat(field.formats, policies.country) ?? '';
  const evidence =
    answer === undefined
      ? `dates fit ${field.formats.join(' and ')}; read as ${format} until somebody decides`
      : `dates are read as ${format}, decided by ${decision?.by ?? 'somebody'}`;
  return { formats: [format], question, evidence };
}

function dateQuestion(entity: SourceEntity, field: SourceField, country: string): Question {
  const usual = likelyFormat(field.formats, country);
  const samples = doubtfulDates(field, 2);
  const choices: Choice[] = field.formats.map((format) => ({
    id: format,
    label: format,
    consequence: samples.map((text) => `"${text}" is ${readDate(text, format) ?? 'refused'}`).join(', '),
    default: format === usual,
  }));
  return {
    id: questionId('date-format', entity.name, field.name),
    kind: 'date-format',
    subject: `${entity.name}.${field.name}`,
    question: `The dates in ${fieldInWords(field)} of ${entity.label} can be read in ${field.formats.length} ways. Which is right?`,
    records: [],
    recordCount: field.filled,
    choices,
    blocks: 'mapping',
  };
}
