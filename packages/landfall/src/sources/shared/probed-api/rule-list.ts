import type { Automation } from '../../../model/source.ts';
import { type Json, memberAt, plainText } from '../module-rest/member.ts';

/** A list in which an API tells what the source does by itself, or what it is connected with: data only. */
export interface RuleList {
  /** The list of the probe's plan. */
  readonly list: string;
  /** What stands before a name: `Integration`. */
  readonly title: string;
  readonly name: string;
  readonly active: string;
  /** Members that say what it does. */
  readonly evidence: readonly string[];
  /** The member by which equivalents are told apart. */
  readonly by: string;
  readonly equivalents: Readonly<Record<string, string>>;
  readonly otherwise: string;
  /** Names to ask people about where the API tells nothing. */
  readonly usual: readonly string[];
}

/** A rule as the API tells it. */
export function toldRule(rule: RuleList, item: Json): Automation {
  const active = item[rule.active] !== false;
  const words = rule.evidence
    .map((member) => [member, plainText(item[member])] as const)
    .filter(([, text]) => text !== '')
    .map(([member, text]) => `${member}: ${text}`);
  return {
    name: `${rule.title}: ${plainText(item[rule.name])}`,
    detected: active,
    evidence: `told by the API${active ? '' : ', switched off'}; ${words.join('; ')}`,
    equivalent: plainText(memberAt(rule.equivalents, plainText(item[rule.by]))) || rule.otherwise,
  };
}

/** What to ask people about where the API tells nothing of it. */
export function untoldRules(rule: RuleList): readonly Automation[] {
  return rule.usual.map((name) => ({
    name: `${rule.title}: ${name}`,
    detected: false,
    evidence: 'the API does not tell; ask the admin whether it is in use',
    equivalent: rule.equivalents[name] ?? rule.otherwise,
  }));
}
