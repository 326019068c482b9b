import { expect } from 'vitest';
import { madeOf, type OpexRule, rowAt, rowsOf, rowWhere } from './opex365-landed.ts';

/** O-26: custom entities. */
export const customRules: readonly OpexRule[] = [
  {
    rule: 'O-26(a)',
    says: 'key fields of a custom entity are custom fields of the nearest record, or a structured note on it',
    holds: (landed) => {
      const { world } = landed;
      const row = rowWhere(
        world,
        'new_project',
        (one) =>
          world.value('new_project', one, 'new_account') !== null && one > 11 - world.count('new_project'),
      );
      const account = madeOf(
        landed,
        'account',
        rowAt(world, 'account', world.value('new_project', row, 'new_account')),
      );
      const texts = JSON.stringify([
        account.custom,
        landed.seen.list('notes').filter(({ org_id }) => org_id === account.id),
      ]);
      expect(texts).toContain(world.value('new_project', row, 'new_name'));
    },
  },
  {
    rule: 'O-26(a)',
    says: 'each flattening is a decision that a person confirms',
    holds: ({ questions }) => {
      const asked = questions.filter(({ kind }) => kind === 'custom-entity');
      expect(asked.map(({ id }) => id).join(' ')).toMatch(/new-project.*|new-makine/);
      expect(asked.length).toBeGreaterThanOrEqual(3);
    },
  },
  {
    rule: 'O-26(b)',
    says: 'many-to-many links are ids between pipes, with the readable names beside',
    holds: (landed) => {
      const { world } = landed;
      const links = rowsOf(world, 'opportunitycompetitors').map((row) => ({
        deal:
          world.indexOf('opportunity', String(world.value('opportunitycompetitors', row, 'opportunityid'))) ??
          -1,
        competitor: String(world.value('opportunitycompetitors', row, 'competitorid')),
      }));
      const [first] = links;
      const own = links.filter(({ deal }) => deal === first?.deal).map(({ competitor }) => competitor);
      const { custom } = madeOf(landed, 'opportunity', first?.deal ?? -1);
      expect(String(custom['Competitor IDs']).split('|').toSorted()).toEqual([...new Set(own)].toSorted());
      const names = own.map((id) => world.value('competitor', world.indexOf('competitor', id) ?? -1, 'name'));
      expect(String(custom['Competitors']).split(' | ').toSorted()).toEqual([...new Set(names)].toSorted());
    },
  },
  {
    rule: 'O-26(b)',
    says: 'those of custom entities too',
    holds: (landed) => {
      const { world } = landed;
      const project = String(world.value('new_project_contact', 0, 'new_projectid'));
      const contact =
        world.indexOf('contact', String(world.value('new_project_contact', 0, 'contactid'))) ?? -1;
      const values = Object.values(madeOf(landed, 'contact', contact).custom).map(String);
      expect(values.some((value) => value.split('|').includes(project))).toBe(true);
      const name = world.value('new_project', world.indexOf('new_project', project) ?? -1, 'new_name');
      expect(values.some((value) => value.includes(String(name)))).toBe(true);
    },
  },
];

/** O-29: owners. */
export const ownerRules: readonly OpexRule[] = [
  {
    rule: 'O-29(a)',
    says: 'owners are matched to users by e-mail',
    holds: ({ report, seen }) => {
      const mails = seen.list('users').map(({ email }) => String(email));
      const owners = report('owners.csv').split('\n');
      const matched = mails.filter((mail) =>
        owners.some((line) => line.includes(mail) && /match|resolv/i.test(line)),
      );
      expect(matched.length).toBeGreaterThan(4);
    },
  },
  {
    rule: 'O-29(b)',
    says: 'those without a user are asked about, disabled ones and teams with the reason: invite them, or the fallback user',
    holds: ({ questions }) => {
      const asked = questions.filter(({ kind }) => kind === 'owner');
      const texts = asked.map(({ question }) => question).join('\n');
      expect(texts).toContain('disabled in the source');
      expect(texts).toContain('a team in the source');
      expect(texts).toContain('Satış Ekibi');
      expect(asked[0]?.choices.map(({ id }) => id)).toEqual(expect.arrayContaining(['fallback']));
    },
  },
  {
    rule: 'O-29(c)',
    says: 'nothing was written before the user table was confirmed',
    holds: ({ writesBeforeAnswers, questions }) => {
      expect(writesBeforeAnswers).toBe(0);
      expect(
        questions.filter(({ kind }) => kind === 'owner').every(({ blocks }) => blocks === 'owners'),
      ).toBe(true);
    },
  },
];
