import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { takeBack } from '../../../packages/landfall/src/migration/journey.ts';
import type { Question } from '../../../packages/landfall/src/model/question.ts';
import type { SourceCatalog } from '../../../packages/landfall/src/model/source.ts';
import { AccountView } from '../account-view.ts';
import type { Snapshot } from '../support/emulator.ts';
import { contentsOf, differences } from '../support/oracle.ts';
import { type PromoMove, planPromoMove, runPromoMove, startPromoMove } from '../support/promoxcrm.ts';

/** A company that has moved: what was asked on the way, and what the account shows. */
export interface Moved {
  readonly move: PromoMove;
  readonly asked: readonly Question[];
  readonly catalog: SourceCatalog;
  readonly seen: AccountView;
  /** What the account held before the first request of the migration. */
  readonly before: Snapshot;
}

/** Starts both sides and moves everything, every question answered as `given` says, else by its default. */
export async function moved(
  options: Parameters<typeof startPromoMove>[0],
  given: Readonly<Record<string, string>> = {},
): Promise<Moved> {
  const move = await startPromoMove(options);
  const before = move.account.snapshot();
  const session = await move.open();
  try {
    const asked = await planPromoMove(session, given);
    await runPromoMove(session);
    const catalog = JSON.parse((await session.store.getValue('catalog')) ?? '{}') as SourceCatalog;
    return { move, asked, catalog, before, seen: new AccountView(move.account.snapshot()) };
  } finally {
    await session.close();
  }
}

/** A document of the workspace, as it stands. */
export function report(of: Moved, name: string): string {
  return readFileSync(join(of.move.directory, 'reports', name), 'utf8');
}

/** Cells of a CSV line whose cells hold no line ends. */
export function linesOf(of: Moved, name: string): readonly (readonly string[])[] {
  const lines = report(of, name).replace('\uFEFF', '').trim().split(/\r?\n/);
  return lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
  );
}

/** Takes everything back: what that did, and what the account has too much or lacks then. */
export async function takenBack({ move, before }: Moved) {
  const session = await move.open();
  const did = await takeBack(session).finally(() => session.close());
  const after = move.account.snapshot();
  const told = differences(contentsOf(before), contentsOf(after));
  return { did, left: isDeepStrictEqual(after, before) ? told : [...told, 'the snapshot is another one'] };
}
