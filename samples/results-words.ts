// Common names put together by chance; companies, domains and numbers are made up. Domains end in .example, which
// nobody can own; phone numbers are of the range kept for fiction (555-01xx).

export const firmFirst: readonly string[] = [
  ...[
    'Harbor',
    'Summit',
    'Oakridge',
    'Riverbend',
    'Granite',
    'Meadow',
    'Falcon',
    'Cobalt',
    'Maple',
    'Copper',
  ],
  ...[
    'Prairie',
    'Lakeshore',
    'Ironwood',
    'Bluebird',
    'Cedar',
    'Redstone',
    'Pinewood',
    'Silverton',
    'Hilltop',
  ],
];

export const firmSecond: readonly string[] = [
  ...[
    'Plumbing',
    'Dental',
    'Roofing',
    'Brewing',
    'Electric',
    'Landscaping',
    'Printing',
    'Marine',
    'Veterinary',
  ],
  ...['Foods', 'Logistics', 'Millwork', 'Heating & Air', 'Security', 'Fabrication', 'Optical'],
];

export const firmLast: readonly string[] = ['Inc.', 'LLC', 'Co.', 'Corp.', 'Group', ''];

export const places: readonly (readonly [city: string, state: string, zip: string])[] = [
  ...([
    ['Austin', 'TX', '78701'],
    ['Albany', 'NY', '12207'],
    ['Boston', 'MA', '02110'],
    ['Duluth', 'MN', '55802'],
    ['Newark', 'NJ', '07102'],
    ['Savannah', 'GA', '31401'],
  ] as const),
];

export const streetNames: readonly string[] = [
  'Main St',
  'Congress Ave',
  'Mill Lane',
  'Harbor Rd',
  'Depot Street',
];

export const titles: readonly string[] = [
  ...[
    'Owner',
    'Office Manager',
    'Purchasing',
    'Controller',
    'Facilities Manager',
    'VP Operations',
    'Bookkeeper',
  ],
];

export const remarks: readonly string[] = [
  ...['Asked for a second quote.', 'Wants to start after the season.', 'Prefers e-mail to phone.'],
  ...['Budget is with the owner.', 'Very happy with the last job.', 'Compares us with two others.'],
];

export const jobs: readonly string[] = [
  ...[
    'Annual service',
    'New installation',
    'Retrofit',
    'Network upgrade',
    'Support plan',
    'Site survey',
    'Training',
  ],
];
