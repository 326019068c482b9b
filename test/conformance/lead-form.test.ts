import { servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { expect, it } from 'vitest';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import type { TargetValue } from '../../packages/landfall/src/model/target.ts';
import { createPipedrive } from '../../packages/landfall/src/pipedrive/destination.ts';
import { type SampleIds, sampleSteps, samples } from './destination-samples.ts';

const { signal } = new AbortController();

it.each(['v2', 'v1'] as const)(
  'custom values of a lead read back the same where the account lays them out as %s does (VER-05, facts.md 2.5)',
  async (leadCustomForm) => {
    const account = await servePipedrive({
      plan: 'ultimate',
      seats: 10,
      limits: 'off',
      switches: { leadCustomForm },
    });
    const { url, token } = account;
    const config = { url, auth: { token }, plan: 'ultimate', seats: 10, share: 1, pace: 'off' } as const;
    const destination = createPipedrive(config, systemPorts());
    try {
      await destination.describe(signal);
      for (const step of sampleSteps('run'))
        if (destination.findConfigured(step).length === 0) await destination.configure(step, signal);
      const { selfUserId } = await destination.describe(signal);
      const ids: SampleIds = {};
      for (const make of samples) {
        const request = make('run', ids, selfUserId);
        const record = await destination.write(request, signal);
        const { entity } = request;
        const place: keyof SampleIds = ids[entity] === undefined ? entity : `second ${entity}`;
        ids[place] ??= record.id;
        if (entity !== 'lead') continue;
        const read = await destination.get('lead', record.id, signal);
        const formsOf = (values: Readonly<Record<string, TargetValue | null>> | undefined) =>
          Object.keys(request.values).map((name) => [
            name,
            destination.normalise('lead', name, values?.[name] ?? null),
          ]);
        expect(formsOf(read?.values)).toEqual(formsOf(request.values));
        return;
      }
    } finally {
      await destination.close();
      await account.close();
    }
    expect.fail('there is a lead among the samples');
  },
);
