import { describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import type { Decision } from '../../model/question.ts';
import type { StoredDraft } from '../../model/store.ts';
import { draft } from '../phase-fixture.ts';
import { LinkQuestions, recordQuestionId } from './link-questions.ts';

function deal(id: string): StoredDraft {
  return { ...draft('deal', sourceKey('deals', id), { title: `Deal ${id}` }), seq: 1 };
}

const acmes = new Map([
  [sourceKey('companies', '1'), 'Acme (Ankara)'],
  [sourceKey('companies', '2'), 'Acme (Bursa)'],
]);

function ambiguous(questions: LinkQuestions, count: number): void {
  for (let at = 0; at < count; at += 1) {
    questions.ambiguous(`name ${at}`, deal(`${at}`), { field: 'org_id', text: `Name ${at}` }, acmes);
  }
}

describe('questions about links', () => {
  it('records without a company are one question with placeholder, parent, each and none (D-23(c), S-22)', () => {
    const questions = new LinkQuestions(new Map());
    for (let at = 0; at < 250; at += 1) questions.missing(deal(`${at}`), 'org_id');
    const [question, ...others] = questions.list();
    expect(others).toEqual([]);
    expect(question).toMatchObject({ id: 'links-deal-org_id', kind: 'unlinked-deals', recordCount: 250 });
    expect(question?.records).toHaveLength(200);
    expect(question?.choices.map(({ id, default: isDefault }) => [id, isDefault])).toEqual([
      ['placeholder', true],
      ['parent', false],
      ['each', false],
      ['leave', false],
    ]);
    expect(question?.question).toBe('250 deals have no company: what shall become of them?');
  });

  it('decided each by each, a record has a question of its own that says what the source wrote', () => {
    const questions = new LinkQuestions(new Map());
    questions.missingOne(deal('7'), 'org_id', 'Acme');
    questions.missingOne(deal('8'), 'org_id', '');
    const [first, second] = questions.list();
    expect(first?.id).toBe(recordQuestionId('deal', 'org_id', sourceKey('deals', '7')));
    expect(first?.question).toContain('names the company “Acme”, which cannot be found');
    expect(second?.question).toContain('names no company');
    expect(first?.choices.map(({ id }) => id)).toEqual(['link', 'placeholder', 'leave', 'exclude']);
  });

  it('one name that several deals give is asked once, with its candidates and never with a guess', () => {
    const questions = new LinkQuestions(new Map());
    for (const id of ['1', '2', '3', '4']) {
      questions.ambiguous('deal|org_id|acme', deal(id), { field: 'org_id', text: 'Acme' }, acmes);
    }
    const [question, ...others] = questions.list();
    expect(others).toEqual([]);
    expect(question).toMatchObject({ kind: 'ambiguous-link', recordCount: 4, records: ['1', '2', '3', '4'] });
    expect(question?.choices.map(({ id, default: isDefault }) => [id, isDefault])).toEqual([
      ['companies:1', false],
      ['companies:2', false],
      ['none', true],
    ]);
  });

  it.each([
    [25, 25],
    [26, 1],
  ])('%i ambiguous names make %i questions: many are asked about together first', (names, asked) => {
    const questions = new LinkQuestions(new Map());
    ambiguous(questions, names);
    expect(questions.list()).toHaveLength(asked);
  });

  it('decided each by each, many names are asked one by one', () => {
    const id = 'ambiguous-deal-org_id';
    const each: Decision = { id, choice: 'each', by: 'ayse', at: '' };
    const questions = new LinkQuestions(new Map([[id, each]]));
    ambiguous(questions, 30);
    expect(questions.list()).toHaveLength(30);
    const together = new LinkQuestions(new Map());
    ambiguous(together, 30);
    expect(together.list()[0]).toMatchObject({ id, recordCount: 30 });
    expect(together.list()[0]?.choices.map((choice) => choice.id)).toEqual(['none', 'each']);
  });
});
