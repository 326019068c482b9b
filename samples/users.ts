/** A user of the demo destination. */
export interface SampleUser {
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly admin: boolean;
}

/** The salespeople who own records in the sample company and have a user in Pipedrive. */
export const sampleUsers: readonly SampleUser[] = [
  { name: 'Selin Aksoy', email: 'selin.aksoy@sample.example', active: true, admin: true },
  { name: 'Burak Öz', email: 'burak.oz@sample.example', active: true, admin: false },
  { name: 'İpek Çağlayan', email: 'ipek.caglayan@sample.example', active: true, admin: false },
  { name: 'Tom Ashby', email: 'tom.ashby@sample.example', active: true, admin: false },
  { name: 'Derya Şen', email: 'derya.sen@sample.example', active: true, admin: false },
  { name: 'Rachel Moss', email: 'rachel.moss@sample.example', active: true, admin: false },
  { name: 'Emre Gündüz', email: 'emre.gunduz@sample.example', active: false, admin: false },
];

/** Owns records in the sample company and has no user in Pipedrive: a question for the admin (S-30). */
export const unknownOwner = { name: 'Kaan Bilgin', email: 'kaan.bilgin@sample.example' } as const;

/** Owns records and has a user who was switched off. */
export const inactiveOwner: SampleUser = sampleUsers[6] as SampleUser;
