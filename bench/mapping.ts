import { cpus } from 'node:os';
import { compileMapping, evaluate } from '../packages/landfall/src/mapping/evaluate.ts';
import { sourceKey } from '../packages/landfall/src/model/key.ts';
import type { Mapping } from '../packages/landfall/src/model/mapping.ts';
import type { SourceCatalog, SourceRecord } from '../packages/landfall/src/model/source.ts';

/** How many records a second one core maps: deals with ten rows, and persons with and without phone numbers. */
const recordCount = 100_000;
const rounds = 3;
const context = { timezone: 'Europe/Istanbul', country: 'TR', currency: 'TRY' };
const catalog: SourceCatalog = { system: 'bench', entities: [], issues: [] };

const mapping: Mapping = {
  version: 1,
  source: 'bench',
  entities: [
    {
      from: 'deal',
      to: 'deal',
      rows: [
        { to: 'deal.title', from: 'Title', via: ['collapse'] },
        { to: 'deal.value', from: ['Amount', 'Currency'], via: [{ money: { decimal: ',' } }] },
        { to: 'deal.stage_id', from: ['Pipeline', 'Stage'], via: ['stage'] },
        { to: 'deal.status', from: ['Status', 'Stage', 'Pipeline'], via: ['dealStatus'] },
        { to: 'deal.expected_close_date', from: 'Close', via: [{ date: { format: 'dd.MM.yyyy' } }] },
        { to: 'deal.custom.Created', from: 'Created', via: [{ dateTime: { format: 'dd.MM.yyyy HH:mm' } }] },
        { to: 'deal.owner_id', from: 'Owner', via: ['owner'] },
        { to: 'deal.label_ids', from: 'Tags', via: ['tags'] },
        { to: 'deal.custom.Heat', from: 'Heat', via: ['trim', { lookup: { table: 'heat' } }] },
        { to: 'deal.org_id', via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] } } }] },
      ],
    },
    {
      from: 'person',
      to: 'person',
      rows: [
        { to: 'person.name', from: ['First', 'Last'], via: ['personName'] },
        { to: 'person.emails.work', from: 'Email', via: ['email'] },
        { to: 'person.owner_id', from: 'Owner', via: ['owner'] },
        { to: 'person.custom.Title', from: 'Title', via: ['trim'] },
        { to: 'person.custom.Since', from: 'Close', via: [{ date: { format: 'dd.MM.yyyy' } }] },
        { to: 'person.org_id', via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] } } }] },
      ],
    },
    {
      from: 'phone',
      to: 'person',
      rows: [
        { to: 'person.name', from: ['First', 'Last'], via: ['personName'] },
        { to: 'person.phones.work', from: 'Phone', via: ['phone'] },
      ],
    },
  ],
  fields: [],
  pipelines: [
    {
      name: 'Sales',
      from: ['Satış', ''],
      stages: ['Yeni', 'Teklif', 'Pazarlık'].map((name) => ({ name, from: [] })),
      closed: [{ from: 'Kazanıldı', status: 'won' }],
    },
  ],
  values: { heat: { Sıcak: 'Hot', Soğuk: 'Cold' } },
  leave: [],
};

function recordOf(entity: string, index: number): SourceRecord {
  const day = String((index % 28) + 1).padStart(2, '0');
  const fields = Object.assign(Object.create(null), {
    Title: `Deal ${index}`,
    Amount: `${index % 900}.500,25`,
    Currency: index % 3 === 0 ? 'EUR' : 'TL',
    Pipeline: 'Satış',
    Stage: ['Yeni', 'Teklif', 'Pazarlık', 'Kazanıldı'][index % 4],
    Status: '',
    Close: `${day}.03.2024`,
    Created: `${day}.02.2024 15:30`,
    Owner: `user${index % 20}@acme.com`,
    Tags: 'vip; export',
    Heat: 'sıcak',
    'Company ID': String(index % 5_000),
    First: 'Ayşe',
    Last: `Yılmaz ${index}`,
    Email: `Ayse.${index}@ACME.com`,
    Phone: `0532 ${String(index % 10_000_000).padStart(7, '0')}`,
  });
  return {
    entity,
    key: sourceKey(entity, String(index)),
    fields,
    position: `${entity}.csv:${index}`,
    lookup: [],
  };
}

/** The best of some rounds, in records a second. */
function measure(entity: string): { readonly recordsPerSecond: number; readonly drafts: number } {
  const compiled = compileMapping(mapping, catalog, context);
  const records = Array.from({ length: recordCount }, (_, index) => recordOf(entity, index));
  let best = 0;
  let drafts = 0;
  for (let round = 0; round < rounds; round += 1) {
    drafts = 0;
    const start = performance.now();
    for (const record of records) if (evaluate(compiled, record).kind === 'drafts') drafts += 1;
    best = Math.max(best, recordCount / ((performance.now() - start) / 1_000));
  }
  return { recordsPerSecond: Math.round(best), drafts };
}

const results = Object.fromEntries(['person', 'deal', 'phone'].map((entity) => [entity, measure(entity)]));
const rows = Object.fromEntries(mapping.entities.map(({ from, rows: list }) => [from, list.length]));
const configuration = {
  node: process.version,
  cpu: cpus()[0]?.model ?? '',
  cores: 1,
  recordCount,
  rounds,
  rows,
};
process.stdout.write(`${JSON.stringify({ bench: 'mapping', configuration, results }, null, 2)}\n`);
