/** A line of the checklist, with the tests that show it: file beside this one, title as it stands there. */
export interface ChecklistLine {
  /** `facts`: of section 7 of the facts; `world`: what the seeded world must hold. */
  readonly of: 'facts' | 'world';
  readonly line: string;
  readonly shownBy: readonly (readonly [file: string, title: string])[];
}

/** What the emulator must reproduce, and where that is shown. The README tells the same as a table. */
export const CHECKLIST: readonly ChecklistLine[] = [
  {
    of: 'facts',
    line: 'versions, service document, set names, headers, preferences, wildcards of annotations',
    shownBy: [
      ['checklist.test.ts', 'v9.0, v9.1 and v9.2 answer alike, another one is not there'],
      ['checklist.test.ts', 'preferences may come in one header or in several'],
      ['metadata/metadata.test.ts', 'are all there at once, with sets whose names are read and not made'],
      ['routes/rows.test.ts', 'echoes what was preferred'],
      ['routes/rows.test.ts', 'gives the annotations that %s asks for'],
    ],
  },
  {
    of: 'facts',
    line: 'shape of rows',
    shownBy: [
      ['routes/rows.test.ts', 'puts annotations before the value they belong to, and the version first'],
      ['checklist.test.ts', 'the version of a row is its etag, and rises with every change'],
      [
        'routes/rows.test.ts',
        'adds the key always and the currency beside money, and shows null where something was selected',
      ],
      ['routes/rows.test.ts', 'keeps the scale of money and decimals, and 64-bit numbers unrounded'],
      [
        'routes/rows.test.ts',
        'prints times in UTC with whole seconds, dates without time, wall-clock times with a Z',
      ],
      [
        'routes/rows.test.ts',
        'formats in the user’s zone and language, and not at all what has no label any more',
      ],
      ['routes/paging.test.ts', 'groups by a related column, leaves out what is empty, refuses dates'],
      ['routes/fetch-xml.test.ts', 'leaves out what is empty, and reaches one record over a link'],
    ],
  },
  {
    of: 'facts',
    line: 'links to several tables, owners, parties',
    shownBy: [
      ['metadata/metadata.test.ts', 'name navigation properties as they are used'],
      ['routes/rows.test.ts', 'has owners that are users and owners that are teams'],
      [
        'routes/rows.test.ts',
        'names the navigation property of the target, and none for a party that is a user',
      ],
      ['world/world.test.ts', 'parties are unresolved, deleted, or of every kind'],
    ],
  },
  {
    of: 'facts',
    line: 'refusals',
    shownBy: [
      ['routes/rows.test.ts', '%s is answered %i %s'],
      ['routes/rows.test.ts', 'refuses an address over 32,768 characters'],
      ['odata/grammar.test.ts', 'lets 15 expands through and refuses the sixteenth, nested ones counted'],
      ['routes/tracking.test.ts', 'refuses %s beside it'],
    ],
  },
  {
    of: 'facts',
    line: 'paging and cookies',
    shownBy: [
      ['routes/paging.test.ts', 'gives 5,000 rows at most, and no link on the last page'],
      ['routes/paging.test.ts', 'encodes the cookie twice inside the link’s own encoding'],
      ['routes/paging.test.ts', 'refuses a cookie that is as it was given out, when the switch says so'],
      ['routes/paging.test.ts', 'is live: what is added or deleted between two pages is seen by the second'],
      ['routes/paging.test.ts', 'come whole with a link beside them, and the way back unasked'],
      ['routes/paging.test.ts', 'beyond 5,000 children are %s, as the switch says (UNC)'],
    ],
  },
  {
    of: 'facts',
    line: 'counts that cap and go stale',
    shownBy: [
      ['routes/paging.test.ts', 'stop at 5,000 and say so'],
      ['routes/paging.test.ts', 'of RetrieveTotalRecordCount are old'],
      ['routes/paging.test.ts', 'of $apply are exact by group, and end with 0x8004E023 over 50,000 rows'],
    ],
  },
  {
    of: 'facts',
    line: 'metadata',
    shownBy: [
      [
        'metadata/metadata.test.ts',
        'give options with labels in every language, states of a status, and option sets that are shared',
      ],
      ['metadata/metadata.test.ts', 'cannot be cast to what all choices share'],
      ['metadata/metadata.test.ts', 'expand attributes and relationships'],
      ['metadata/metadata.test.ts', 'has a version that changes with it'],
    ],
  },
  {
    of: 'facts',
    line: 'change tracking',
    shownBy: [
      [
        'routes/tracking.test.ts',
        'gives a delta link on the last page alone, which covers what changed while the pages were read',
      ],
      ['routes/tracking.test.ts', 'answers changed rows, then tombstones, in a context of its own'],
      ['routes/tracking.test.ts', 'has tokens of version and time, and refuses expired ones with 0x80044352'],
      ['routes/tracking.test.ts', 'is off for some tables: by nature, or by switch; metadata says so'],
      [
        'routes/tracking.test.ts',
        'needs the right to read at the level of the organisation, which reading itself does not',
      ],
    ],
  },
  {
    of: 'facts',
    line: 'files',
    shownBy: [
      ['routes/files.test.ts', 'are the same over all three routes'],
      ['routes/files.test.ts', 'answer bytes, ranges with 206, and 416 behind the end'],
      ['routes/files.test.ts', 'answer base64 in JSON without $value'],
      ['routes/files.test.ts', 'come in blocks too, unless the server is on-premises'],
      ['routes/files.test.ts', 'are shared by some rows, and shown inline by others'],
      ['routes/files.test.ts', 'of images a record holds a thumbnail, which is smaller than the image'],
    ],
  },
  {
    of: 'facts',
    line: '`$batch`',
    shownBy: [
      ['routes/batch.test.ts', 'takes absolute addresses, those from the host, and relative ones'],
      ['routes/batch.test.ts', 'ends at the first failure, with 400, unless the client prefers to go on'],
      ['routes/batch.test.ts', 'carries a changeset out as a whole or not at all'],
    ],
  },
  {
    of: 'facts',
    line: 'service protection, tokens, broken connections',
    shownBy: [
      [
        'access/protection.test.ts',
        'refuses the request over the limit for 300 seconds, in the published words',
      ],
      ['access/protection.test.ts', 'makes those wait longer who go on asking'],
      ['access/protection.test.ts', 'charges execution time by request, row and byte'],
      ['access/protection.test.ts', 'refuses more at the same time than it may be, at once'],
      [
        'access/protection.test.ts',
        'holds for each server apart, and keeps to the server that a cookie names',
      ],
      ['access/protection.test.ts', 'hints at parallelism and says what remains on the server that answers'],
      ['access/access.test.ts', 'dies in the middle of a run when the fault says so'],
      ['access/access.test.ts', 'lets the application act for users, if it may and they are not disabled'],
      ['emulator.test.ts', 'reject in process as the built-in fetch does'],
      ['routes/paging.test.ts', 'time out from so many on, when the switch says so'],
    ],
  },
  {
    of: 'facts',
    line: 'seeds',
    shownBy: [
      ['world/world.test.ts', 'merged losers stay as inactive rows'],
      ['metadata/metadata.test.ts', 'hold duplicate labels, and no label for options that were deleted'],
      ['metadata/metadata.test.ts', 'say how times behave and what base amounts are computed of'],
    ],
  },
  {
    of: 'world',
    line: 'circular parents, an account and its contact that point to each other',
    shownBy: [
      [
        'world/world.test.ts',
        'parents go round in circles, and an account and its primary contact point to each other',
      ],
    ],
  },
  {
    of: 'world',
    line: 'disabled and unlicensed owners, teams, an application',
    shownBy: [
      ['world/world.test.ts', 'owners are disabled, unlicensed, and teams; one user is an application'],
    ],
  },
  {
    of: 'world',
    line: 'three currencies and more, stale rates',
    shownBy: [
      ['world/world.test.ts', 'amounts are in at least three currencies with rates that are not today’s'],
      ['routes/rows.test.ts', 'divides by the rate that was stamped on the row, which is not today’s'],
    ],
  },
  {
    of: 'world',
    line: 'bundles with lines of their members and without, write-in lines',
    shownBy: [
      ['world/world.test.ts', 'lines are plain, written in, or bundles with their members'],
      ['world/world.test.ts', 'some bundles have no lines of their members, as a program leaves them'],
    ],
  },
  {
    of: 'world',
    line: 'stages that disagree with `salesstage`, several processes',
    shownBy: [
      ['world/world.test.ts', 'process stages disagree with salesstage, and some deals run in two processes'],
    ],
  },
  {
    of: 'world',
    line: 'parties that are unresolved',
    shownBy: [['world/world.test.ts', 'parties are unresolved, deleted, or of every kind']],
  },
  {
    of: 'world',
    line: 'recurring appointments, expanded in part',
    shownBy: [['world/world.test.ts', 'a series is expanded in part, with an exception']],
  },
  {
    of: 'world',
    line: 'option values that were deleted',
    shownBy: [['world/world.test.ts', 'hold options that are defined, but for some that were deleted']],
  },
  {
    of: 'world',
    line: 'notes from 0 bytes to 128 MB, generated and not stored',
    shownBy: [
      [
        'routes/files.test.ts',
        'have from 0 bytes to all that a note can hold, and cost one request and one for each block',
      ],
      ['routes/files.test.ts', 'make any block of the longest note without making the rest'],
    ],
  },
  {
    of: 'world',
    line: 'images inside mails',
    shownBy: [['routes/files.test.ts', 'are shared by some rows, and shown inline by others']],
  },
  {
    of: 'world',
    line: 'custom tables with many-to-many links',
    shownBy: [
      ['world/world.test.ts', 'many-to-many links name records that are there'],
      ['world/world.test.ts', 'many-to-many links join tables that customers made, in both directions'],
      ['routes/paging.test.ts', 'over many-to-many links agree with the intersect'],
    ],
  },
  {
    of: 'world',
    line: 'labels that are not English, a display name that comes twice',
    shownBy: [
      [
        'metadata/metadata.test.ts',
        'two tables have one display name, and one has its labels in Turkish alone',
      ],
      [
        'metadata/metadata.test.ts',
        'give options with labels in every language, states of a status, and option sets that are shared',
      ],
    ],
  },
];
