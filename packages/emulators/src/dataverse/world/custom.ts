import { type Content, fixed, share, units, type Value } from './content.ts';

const DAY_MS = 86_400_000;

/** Tables that this organisation added, with their many-to-many links. */
export const CUSTOM: Readonly<Record<string, Content>> = {
  new_project: {
    count: share(0.01, 12),
    columns: {
      new_name: (index) => `Proje ${index + 1}`,
      new_account: (index, world) =>
        index % 4 === 3 ? null : world.ref('account', index % world.count('account')),
      new_opportunity: (index, world) =>
        index % 3 === 0 ? world.ref('opportunity', index % world.count('opportunity')) : null,
      new_parentproject: (index, world) =>
        index === 1 ? world.ref('new_project', 2) : index === 2 ? world.ref('new_project', 1) : null,
      new_budget: (index, world): Value => units(world.below(9_000_000, index, 'budget') / 100, 4),
      new_startson: (index) => `2025-0${1 + (index % 9)}-0${1 + (index % 9)}`,
      new_kickoffat: (index, world) => world.createdMs('new_project', index) + DAY_MS,
      new_share: (index) => BigInt(12_345 * (index + 1)),
      new_ratio: (index) => index / 7,
      new_phase: (index) => (index % 11 === 10 ? 100_000_009 : 100_000_000 + (index % 3)),
      new_topics: (index) => (index % 2 ? '100000000,100000002' : null),
      new_urgent: (index) => index % 4 === 0,
      new_notes: (index) => (index % 2 ? 'Line 1\nLine 2 | with a pipe' : null),
    },
  },
  cr4f1_project: {
    count: fixed(4),
    columns: { cr4f1_title: (index) => `Program ${index + 1}`, cr4f1_code: (index) => `PRG-${index}` },
  },
  new_makine: {
    count: share(0.01, 10),
    columns: {
      new_ad: (index) => `Kazan ${index + 1} – ıİğşç`,
      new_serino: (index) => `SN${String(index).padStart(8, '0')}`,
      new_firma: (index, world) => world.ref('account', (index * 3) % world.count('account')),
      new_durum: (index) => 1 + (index % 3),
      new_bakimtarihi: (index) => `2024-1${index % 3}-0${1 + (index % 9)}`,
    },
  },
  new_makinebakim: {
    count: share(0.005, 8),
    columns: {
      new_ad: (index) => `Bakım ${index + 1}`,
      new_makine: (index, world) => world.ref('new_makine', index % world.count('new_makine')),
      new_saat: (index) => 100 * index,
    },
  },
  new_project_contact: {
    count: share(0.01, 18),
    columns: {
      new_projectid: (index, world) => world.id('new_project', index % world.count('new_project')),
      contactid: (index, world) => world.id('contact', (index * 7) % world.count('contact')),
    },
  },
  new_makine_contact: {
    count: share(0.005, 9),
    columns: {
      new_makineid: (index, world) => world.id('new_makine', index % world.count('new_makine')),
      contactid: (index, world) => world.id('contact', (index * 5) % world.count('contact')),
    },
  },
  list: {
    count: fixed(2),
    columns: {
      listname: (index) => ['Newsletter', 'Bayiler'][index] ?? null,
      createdfromcode: (index) => 2 - index,
    },
  },
  listmember: {
    count: share(0.004, 10),
    columns: {
      listid: (index, world) => world.ref('list', index % 2),
      entityid: (index, world) =>
        index % 2
          ? world.ref('account', index % world.count('account'))
          : world.ref('contact', index % world.count('contact')),
      entitytype: (index) => (index % 2 ? 'account' : 'contact'),
    },
  },
};
