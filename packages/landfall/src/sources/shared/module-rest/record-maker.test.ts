import { describe, expect, it } from 'vitest';
import type { Json } from './member.ts';
import type { PlannedField, PlannedModule } from './module-plan.ts';
import { recordMaker } from './record-maker.ts';

const surroundings = {
  directory: {
    ...{ people: new Map(), pipelines: [], pipelineNames: new Map(), places: new Map() },
    tagGroups: new Map(),
  },
  entityOf: () => '',
  nameOf: () => '',
  fileOf: () => '',
};

function field(key: string): PlannedField {
  return {
    ...{ key, name: key, standard: null, type: 'text', evidence: '', options: new Map(), references: [] },
    ...{ many: false, oneToOne: null, sensitive: false, reading: null },
  };
}

function moduleOf(...keys: readonly string[]): PlannedModule {
  return {
    ...{ key: 'thing', id: '1', label: 'Thing', custom: true, active: true, announced: null },
    ...{ numberField: 'number', fields: keys.map(field), keys: [], nameOf: [], known: null, children: [] },
    ...{ closed: false, table: '' },
  };
}

describe('fields that are called as something every object has', () => {
  it.each(['constructor', 'toString', '__proto__', 'valueOf'])('%s is a field like any other', (name) => {
    const make = recordMaker(moduleOf(name, 'a'), 'id', surroundings);
    const full = make(JSON.parse(`{"id":1,"a":"x",${JSON.stringify(name)}:"Acme Build"}`) as Json);
    expect(Object.entries(full?.fields ?? {})).toEqual([
      [name, 'Acme Build'],
      ['a', 'x'],
    ]);
    const without = make({ id: 2, a: 'x' });
    expect(Object.entries(without?.fields ?? {})).toEqual([['a', 'x']]);
    expect(Object.getPrototypeOf(full?.fields)).toBeNull();
  });

  it('an id is a member of the row itself', () => {
    expect(recordMaker(moduleOf(), 'constructor', surroundings)({ name: 'x' })).toBeNull();
  });
});
