import {
  companyFirstWords,
  companySecondWords,
  englishFamilyNames,
  englishGivenNames,
  tagWords,
  turkishFamilyNames,
  turkishGivenNames,
} from './names.ts';
import type { Row } from './table-writer.ts';
import { type Dice, dotted, idOf, slug, two } from './world.ts';

/** Ordinary leads: most of companies nobody has yet, some of known ones, a few that are contacts already. */
export function leadRows(
  dice: Dice,
  amount: number,
  contacts: readonly Row[],
  companies: readonly Row[],
): Row[] {
  return Array.from({ length: amount }, (_, at) => leadRow(dice, at + 1, contacts, companies));
}

function leadRow(dice: Dice, at: number, contacts: readonly Row[], companies: readonly Row[]): Row {
  const known = dice.chance(8) ? dice.pick(contacts) : null;
  const turkish = dice.chance(65);
  const first = known?.['First Name'] ?? dice.pick(turkish ? turkishGivenNames : englishGivenNames);
  const last = known?.['Last Name'] ?? dice.pick(turkish ? turkishFamilyNames : englishFamilyNames);
  const email =
    known?.Email ?? (dice.chance(85) ? `${slug(first)}.${slug(last)}.l${at}@prospect.example` : '');
  const company = dice.chance(40)
    ? (dice.pick(companies)['Company Name'] ?? '')
    : `${dice.pick(companyFirstWords)} ${dice.pick(companySecondWords)}`;
  return {
    'Lead ID': idOf('L', at),
    'First Name': first,
    'Last Name': last,
    Email: email,
    Mobile: dice.chance(50) ? `0532 555 ${two(dice.int(0, 99))} ${two(dice.int(0, 99))}` : '',
    Company: dice.chance(85) ? company : '',
    'Lead Status': dice.pick(['New', 'Contacted', 'Qualified', 'Sıcak', 'Unqualified']),
    'Lead Source': dice.pick(['Web', 'Fuar', 'Referral', 'Cold call', '']),
    'Lead Score': dice.chance(70) ? String(dice.int(0, 100)) : '',
    Owner: dice.owner().email,
    Tags: dice.chance(25) ? dice.pick(tagWords) : '',
    'Created At': `${dotted(dice.day(19_800, 20_380))} ${two(dice.int(8, 18))}:${two(dice.int(0, 59))}`,
  };
}

/** Leads that show a rule each; ids from L-90001 on. */
export const plantedLeads: readonly Row[] = [
  {
    'Lead ID': 'L-90001',
    'First Name': 'Melis',
    'Last Name': 'Aday',
    Email: 'melis@aday.example',
    Mobile: '0532 555 77 88',
    Company: 'Akçay Yazılım A.Ş.',
    'Lead Status': 'Sıcak',
    'Lead Source': 'Fuar',
    'Lead Score': '87',
    Owner: 'burak.oz@sample.example',
    Tags: 'VIP',
    'Created At': '17.03.2025 10:15',
  },
  // The contact P-90001 as a lead: one person.
  {
    'Lead ID': 'L-90002',
    'First Name': 'Ayşe',
    'Last Name': 'Örnek',
    Email: 'ayse.ornek@akcay.example',
    Company: 'Akçay Yazılım A.Ş.',
    'Lead Status': 'Qualified',
  },
  { 'Lead ID': 'L-90003', Company: 'Akçay Yazılım A.Ş.', 'Lead Status': 'New' },
  { 'Lead ID': 'L-90004', Email: 'isimsiz@aday.example', Company: 'Bilinmeyen Ltd.', 'Lead Status': 'New' },
  // Nobody and nothing: a lead of Pipedrive needs a person or an organization.
  { 'Lead ID': 'L-90005', Company: 'Bilinmeyen Ltd.', 'Lead Status': 'Contacted' },
];
