import { createdAt, type Draw, type WorldRow } from './chance.ts';

/** A field of a custom object as its definition names it. */
export interface ObjectField {
  readonly key: string;
  readonly label: string;
  readonly type: 'text' | 'long_text' | 'number' | 'money' | 'date' | 'boolean' | 'choice' | 'url' | 'lookup';
  readonly options?: readonly string[];
  /** For lookups: the object it leads to. */
  readonly references?: string;
}

/** A custom object as the account defines it. */
export interface ObjectDefinition {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly fields: readonly ObjectField[];
}

/** One for each client, several for one project, none that leads anywhere, and one without records. */
export const OBJECTS: readonly ObjectDefinition[] = [
  {
    id: 1,
    key: 'webstores',
    label: 'Webstore',
    fields: [
      { key: 'client_id', label: 'Client', type: 'lookup', references: 'clients' },
      { key: 'store_url', label: 'Store URL', type: 'url' },
      { key: 'launched_on', label: 'Launched On', type: 'date' },
      { key: 'monthly_orders', label: 'Monthly Orders', type: 'number' },
      { key: 'plan', label: 'Store Plan', type: 'choice', options: ['Popup', 'Always on'] },
    ],
  },
  {
    id: 2,
    key: 'artwork_proofs',
    label: 'Artwork Proof',
    fields: [
      { key: 'project_id', label: 'Project', type: 'lookup', references: 'projects' },
      { key: 'version', label: 'Proof Version', type: 'number' },
      { key: 'approved', label: 'Approved', type: 'boolean' },
      { key: 'comments', label: 'Comments', type: 'long_text' },
    ],
  },
  {
    id: 3,
    key: 'supplier_contracts',
    label: 'Supplier Contract',
    fields: [
      { key: 'supplier', label: 'Supplier', type: 'text' },
      { key: 'rebate', label: 'Rebate', type: 'money' },
      { key: 'ends_on', label: 'Ends On', type: 'date' },
    ],
  },
  {
    id: 4,
    key: 'sample_kits',
    label: 'Sample Kit',
    fields: [{ key: 'shelf', label: 'Shelf', type: 'text' }],
  },
];

/** The records of every custom object, by its key. */
export function objectRecords(
  draw: Draw,
  count: number,
  clients: readonly WorldRow[],
  projects: readonly WorldRow[],
): Readonly<Record<string, WorldRow[]>> {
  const webstores = clients.slice(0, Math.max(3, Math.floor(count / 3))).map((client, at) => ({
    id: at + 1,
    client_id: client.id,
    store_url: `https://store${at + 1}.promo.example`,
    launched_on: createdAt(at, count).slice(0, 10),
    monthly_orders: draw.between(0, 400),
    plan: draw.pick(['Popup', 'Always on']),
    created_at: createdAt(at, count),
    updated_at: createdAt(at, count),
  }));
  const proofs = Array.from({ length: Math.max(4, Math.floor(count / 2)) }, (_, at) => ({
    id: at + 1,
    project_id: projects[Math.floor(at / 2)]?.id ?? null,
    version: (at % 2) + 1,
    approved: at % 2 === 1,
    comments: at % 2 === 0 ? 'Logo too small.\nMove it left.' : 'Approved by client.',
    created_at: createdAt(at, count),
    updated_at: createdAt(at, count),
  }));
  const contracts = ['Gemline Mills', 'Polar Print'].map((supplier, at) => ({
    id: at + 1,
    supplier,
    rebate: `${draw.between(1, 9) * 250}.00`,
    ends_on: `2027-0${at + 1}-31`,
    created_at: createdAt(at, 2),
    updated_at: createdAt(at, 2),
  }));
  draw.plant('P-27(a)', 'four definitions, one without records', 'custom-objects', [1, 2, 3, 4]);
  draw.plant('P-27(b)', 'records of three objects', 'custom-objects', [1, 2, 3]);
  draw.plant('P-27(c)', 'one for each client; several for one project', 'custom-objects', [1, 2]);
  draw.plant('P-27(d)', 'fields of nine types with lookups', 'custom-objects', [1, 2, 3]);
  return { webstores, artwork_proofs: proofs, supplier_contracts: contracts, sample_kits: [] };
}
