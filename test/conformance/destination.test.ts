import { servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { describe, it } from 'vitest';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createPipedrive, type PipedriveConfig } from '../../packages/landfall/src/pipedrive/destination.ts';
import { type DestinationUnderTest, destinationSuite } from './destination.ts';

const wrongToken = '0000000000000000000000000000000000000000';

function underTest(config: PipedriveConfig, close: () => Promise<void>): DestinationUnderTest {
  return {
    open: () => createPipedrive(config, systemPorts()),
    openWithWrongCredentials: () =>
      createPipedrive({ ...config, auth: { token: wrongToken } }, systemPorts()),
    close,
  };
}

destinationSuite('Pipedrive, emulated', async () => {
  const served = await servePipedrive({ plan: 'ultimate', seats: 10, limits: 'off' });
  const auth = { token: served.token };
  const config = { url: served.url, auth, plan: 'ultimate', seats: 10, share: 1, pace: 'off' } as const;
  return underTest(config, served.close);
});

const { PIPEDRIVE_TEST_TOKEN: token, PIPEDRIVE_TEST_URL: url } = process.env;

if (token !== undefined && url !== undefined) {
  const plan = process.env.PIPEDRIVE_TEST_PLAN ?? 'lite';
  const seats = Number(process.env.PIPEDRIVE_TEST_SEATS ?? 5);
  destinationSuite('Pipedrive, a real sandbox', async () => ({
    ...underTest({ url, auth: { token }, plan, seats, share: 0.5 }, async () => {}),
    without: ['callLog'],
  }));
} else {
  describe.skip('the destination contract: Pipedrive, a real sandbox (PIPEDRIVE_TEST_TOKEN and PIPEDRIVE_TEST_URL are not set)', () => {
    it('runs the same suite', () => {});
  });
}
