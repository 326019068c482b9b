// Words that the sample company is made of: made-up people, companies and goods.

/** Given names. */
export const GIVEN_NAMES: readonly string[] = [
  ...['Avery', 'Blake', 'Carmen', 'Dana', 'Elena', 'Felix', 'Grace', 'Hector', 'Irene', 'Jonah', 'Keisha'],
  ...['Liam', 'Maya', 'Noel', 'Olivia', 'Priya', 'Quinn', 'Rosa', 'Sofía', 'Trent', 'Uma', 'Víctor', 'Zoë'],
];

/** Family names. */
export const FAMILY_NAMES: readonly string[] = [
  ...['Abbott', 'Boone', 'Castillo', 'Delgado', 'Ellis', 'Farrow', 'Gupta', 'Haas', 'Ibarra', 'Jensen'],
  ...["O'Neil", 'Park', 'Quintero', 'Reyes', 'Stone', 'Tran', 'Underwood', 'Vance', 'Whitfield', 'Young'],
];

/** First words of company names. */
export const COMPANY_WORDS: readonly string[] = [
  ...['Alder', 'Beacon', 'Cedar Hill', 'Driftwood', 'Eastgate', 'Foxglove', 'Granite', 'Harbor', 'Ironwood'],
  ...[
    'Juniper',
    'Kestrel',
    'Lakeside',
    'Meridian',
    'Northfield',
    'Orchard',
    'Pinecrest',
    'Quarry',
    'Riverbend',
  ],
];

/** What companies do. */
export const COMPANY_KINDS: readonly string[] = [
  ...['Brewing', 'Credit Union', 'Dental Group', 'Fitness', 'Logistics', 'Robotics', 'School District'],
  ...['Software', 'Veterinary Clinic', 'Youth Soccer'],
];

/** Endings of company names. */
export const LEGAL_FORMS: readonly string[] = ['Inc.', 'LLC', 'Co.', 'Ltd', 'Corp.'];

/** Cities with state and postal code; one begins with a zero. */
export const CITIES: readonly (readonly [city: string, state: string, postal: string])[] = [
  ['Portland', 'OR', '97205'],
  ['Austin', 'TX', '78701'],
  ['Madison', 'WI', '53703'],
  ['Worcester', 'MA', '01608'],
  ['Tampa', 'FL', '33602'],
  ['Boise', 'ID', '83702'],
];

/** Streets. */
export const STREETS: readonly string[] = [
  ...['Alder St', 'Birch Ave', 'Commerce Blvd', 'Dock Rd', 'Elm St', 'Foundry Ln'],
];

/** What orders are for. */
export const CAMPAIGNS: readonly string[] = [
  ...['Spring Trade Show', 'New Hire Kits', '10-Year Anniversary', 'Charity 5K', 'Holiday Gifts'],
  ...['Campus Welcome', 'Grand Opening', 'Safety Month'],
];

/** What is printed on, with its number and price in cents. */
export const GOODS: readonly (readonly [name: string, sku: string, cents: number])[] = [
  ['Tote bag, 2-color', 'TB-210', 425],
  ['Steel tumbler 20 oz', 'ST-020', 1_180],
  ['Gel pen', 'GP-001', 85],
  ['Crew T-shirt', 'TS-500', 690],
  ['Enamel pin', 'EP-077', 240],
  ['USB drive 16 GB', 'US-016', 575],
  ['Trucker cap', 'TC-112', 810],
];

/** References of suppliers, as catalogues of the trade number them. */
export const SUPPLIERS: readonly string[] = [
  ...[
    'SAGE-50018 Gemline Mills',
    'SAGE-61240 Polar Print',
    'ASI-30121 Ridgeway Apparel',
    'SAGE-44772 Hit Goods',
  ],
];

/** Where leads come from. */
export const LEAD_SOURCES: readonly string[] = [
  ...['Trade show', 'Webstore', 'Referral', 'Cold call', 'Mailchimp', 'Website form'],
];

/** Regions leads are routed by. */
export const REGIONS: readonly string[] = ['West', 'Midwest', 'South', 'Northeast'];

/** Tiers of suppliers. */
export const SUPPLIER_TIERS: readonly string[] = ['Gold', 'Silver', 'Bronze'];

/** Formats of artwork. */
export const ARTWORK_FORMATS: readonly string[] = ['AI', 'EPS', 'PDF', 'PNG'];

/** How far an order is. */
export const FULFILLMENT: readonly string[] = [
  ...['Not started', 'In production', 'Shipped', 'Delivered', 'Backordered'],
];
