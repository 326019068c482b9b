import { describe, expect, it } from 'vitest';
import type { SourceField, SourceType } from '../model/source.ts';
import { matchEntityOf } from './header-match.ts';
import type { MatchEntity } from './match-targets.ts';
import { proposeFields } from './matcher.ts';

function column(name: string, type: SourceType = 'text', more: Partial<SourceField> = {}): SourceField {
  return {
    name,
    standard: null,
    type,
    evidence: '10 of 10 values',
    filled: 10,
    distinct: 10,
    samples: ['a', 'b'],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
    ...more,
  };
}

function propose(entity: MatchEntity, fields: readonly SourceField[]) {
  const table = {
    name: entity,
    label: entity,
    custom: false,
    count: { value: 10, exact: true },
    origin: ['table.csv'],
    fields,
  };
  return proposeFields({ entity, table, target: null });
}

/** Headers of one meaning in English, Turkish, German, Spanish and French, and as systems write them. */
const labelled: readonly {
  readonly entity: MatchEntity;
  readonly target: string;
  readonly type?: SourceType;
  readonly headers: readonly string[];
}[] = [
  {
    entity: 'person',
    target: 'person.emails.work',
    type: 'email',
    headers: [
      'E-mail',
      'E-Posta Adresi',
      'EMAIL_ADDRESS',
      'Correo electrónico',
      'Adresse e-mail',
      'E-Mail-Adresse',
      'contactEmail',
    ],
  },
  {
    entity: 'person',
    target: 'person.name',
    headers: [
      'Full Name',
      'Ad Soyad',
      'Adı Soyadı',
      'Nombre completo',
      'Nom complet',
      'Vollständiger Name',
      'Contact Name',
    ],
  },
  { entity: 'person', target: 'person.name', headers: ['First Name', 'Vorname', 'Nombre', 'Prénom', 'Ad'] },
  {
    entity: 'person',
    target: 'person.name',
    headers: ['Surname', 'Soyadı', 'Nachname', 'Apellidos', 'Nom de famille'],
  },
  {
    entity: 'person',
    target: 'person.phones.mobile',
    type: 'phone',
    headers: ['Mobile', 'Cep Telefonu', 'GSM', 'Handynummer', 'Teléfono móvil', 'Tél. portable'],
  },
  {
    entity: 'person',
    target: 'person.phones.work',
    type: 'phone',
    headers: ['Phone', 'Telefon', 'Teléfono', 'Téléphone', 'Work Phone', 'İş Telefonu'],
  },
  {
    entity: 'person',
    target: 'person.org_id',
    headers: [
      'Company',
      'Şirket',
      'Firma Adı',
      'Unternehmen',
      'Empresa',
      'Société',
      'Company ID',
      'Account Name',
    ],
  },
  {
    entity: 'person',
    target: 'person.owner_id',
    headers: ['Owner', 'Sorumlu Kişi', 'Verantwortlicher', 'Propietario', 'Responsable', 'Contact Owner'],
  },
  {
    entity: 'organization',
    target: 'organization.address.city',
    headers: ['City', 'Şehir', 'İl', 'Stadt', 'Ciudad', 'Ville', 'Billing City'],
  },
  {
    entity: 'organization',
    target: 'organization.address.postalCode',
    headers: ['ZIP', 'Posta Kodu', 'PLZ', 'Código postal', 'Code postal'],
  },
  {
    entity: 'organization',
    target: 'organization.address.country',
    headers: ['Country', 'Ülke', 'Land', 'País', 'Pays'],
  },
  {
    entity: 'organization',
    target: 'organization.name',
    headers: ['Company Name', 'Ünvan', 'Firmenname', 'Razón social', 'Raison sociale', 'Account'],
  },
  {
    entity: 'organization',
    target: 'organization.website',
    type: 'url',
    headers: ['Website', 'Web Sitesi', 'Webseite', 'Página web', 'Site internet'],
  },
  {
    entity: 'deal',
    target: 'deal.value',
    type: 'money',
    headers: ['Amount', 'Tutar', 'Betrag', 'Importe', 'Montant', 'Value (TRY)', 'Deal Value'],
  },
  {
    entity: 'deal',
    target: 'deal.stage_id',
    headers: ['Stage', 'Aşama', 'Phase', 'Etapa', 'Étape', 'Deal Stage'],
  },
  {
    entity: 'deal',
    target: 'deal.expected_close_date',
    type: 'date',
    headers: ['Close Date', 'Kapanış Tarihi', 'Abschlussdatum', 'Fecha de cierre', 'Date de clôture'],
  },
  { entity: 'deal', target: 'deal.source_key', headers: ['ID', 'Deal ID', 'Fırsat No', 'ID oportunidad'] },
  {
    entity: 'deal',
    target: 'deal.person_id',
    headers: ['Primary Contact', 'Yetkili', 'Ansprechpartner', 'Contacto', 'Contact ID'],
  },
  {
    entity: 'activity',
    target: 'activity.due_date',
    type: 'date',
    headers: ['Due Date', 'Son Tarih', 'Fälligkeit', 'Vencimiento', 'Échéance'],
  },
  {
    entity: 'activity',
    target: 'activity.subject',
    headers: ['Subject', 'Konu', 'Betreff', 'Asunto', 'Objet'],
  },
  { entity: 'note', target: 'note.content', headers: ['Content', 'Not', 'Inhalt', 'Contenido', 'Contenu'] },
];

describe('columns are matched in five languages (MAP-01)', () => {
  const cases = labelled.flatMap(({ headers, ...rest }) => headers.map((header) => ({ ...rest, header })));
  it.each(cases)('"$header" of a $entity is $target', ({ entity, header, target, type }) => {
    const [line] = propose(entity, [column(header, type ?? 'text')]);
    expect(line).toMatchObject({ source: header, target });
    expect(line?.confidence).toBeGreaterThan(0.5);
    expect(line?.evidence).not.toBe('');
  });

  it('most of them without a second look', () => {
    const sure = cases.filter(
      ({ entity, header, type }) => propose(entity, [column(header, type ?? 'text')])[0]?.band === 'auto',
    );
    expect(sure.length / cases.length).toBeGreaterThan(0.9);
  });
});

describe('values have a say', () => {
  it.each([
    { header: 'Field 7', type: 'email', target: 'person.emails.work', band: 'review' },
    { header: 'Field 8', type: 'phone', target: 'person.phones.work', band: 'review' },
    { header: 'Emial', type: 'email', target: 'person.emails.work', band: 'review' },
    { header: 'Telefone', type: 'phone', target: 'person.phones.work', band: 'auto' },
  ] as const)('"$header" with $type values is $target, band $band', ({ header, type, target, band }) => {
    const [line] = propose('person', [column(header, type)]);
    expect(line).toMatchObject({ target, band });
  });

  it.each([
    { header: 'Email', type: 'date' },
    { header: 'Phone', type: 'email' },
  ] as const)('a header "$header" over $type values is not believed', ({ header, type }) => {
    expect(propose('person', [column(header, type)])[0]?.band).not.toBe('auto');
  });

  it('an id that repeats is no record’s own id', () => {
    expect(propose('deal', [column('ID', 'text', { distinct: 3 })])[0]?.target).not.toBe('deal.source_key');
  });
});

describe('what is not a target field', () => {
  it.each([
    { name: 'IBAN', more: {} },
    { name: 'TC Kimlik No', more: {} },
    { name: 'Krankheit', more: {} },
    { name: 'Kredi Kartı', more: {} },
    { name: 'Número de Seguridad Social', more: {} },
    { name: 'Groupe sanguin', more: {} },
    { name: 'Extra 1', more: { samples: ['4111 1111 1111 1111', '5500-0000-0000-0004'] } },
    { name: 'Extra 2', more: { samples: ['TR33 0006 1005 1978 6457 8413 26', 'DE89370400440532013000'] } },
    { name: 'Extra 3', more: { samples: ['10000000146'] } },
    { name: 'Extra 4', more: { samples: ['123-45-6789'] } },
    { name: 'Extra 5', more: { samples: ['12345678Z'] } },
    { name: 'Extra 6', more: { sensitive: true } },
  ])('sensitive "$name" is left, and its samples are masked', ({ name, more }) => {
    const [line] = propose('person', [column(name, 'text', more)]);
    expect(line).toMatchObject({ target: null, band: 'leave', sensitive: true });
    expect(line?.samples.join('')).not.toMatch(/[0-8a-wyzA-WYZ]/);
  });

  it.each(['Region', 'Kundenstatus', 'Bölge', 'Favourite colour'])(
    'unknown "%s" becomes a new field, looked at by a person',
    (name) => {
      const [line] = propose('organization', [column(name)]);
      expect(line).toMatchObject({ target: 'custom:varchar', band: 'review' });
    },
  );

  it('an empty column is left', () => {
    expect(propose('person', [column('Fax', 'text', { filled: 0, samples: [] })])[0]).toMatchObject({
      target: null,
      band: 'leave',
    });
  });

  it('the time of change is the destination’s own', () => {
    expect(propose('person', [column('Güncelleme Tarihi', 'dateTime')])[0]).toMatchObject({
      target: null,
      band: 'leave',
    });
  });

  it('unknown columns of activities become lines of the block', () => {
    expect(propose('activity', [column('Disposition')])[0]?.target).toBe('activity.block.Disposition');
  });
});

describe('one target, one column', () => {
  it('the better header wins, the other becomes a new field', () => {
    const lines = propose('organization', [column('City of birth place'), column('City')]);
    expect(lines[1]?.target).toBe('organization.address.city');
    expect(lines[0]?.target).not.toBe('organization.address.city');
  });

  it('parts of a name and ways to name a link share a target', () => {
    const lines = propose('person', [
      column('First Name'),
      column('Last Name'),
      column('Company ID'),
      column('Company'),
    ]);
    expect(lines.map(({ target }) => target)).toEqual([
      'person.name',
      'person.name',
      'person.org_id',
      'person.org_id',
    ]);
  });

  it('beside a city the address is the street', () => {
    const lines = propose('organization', [column('Adres'), column('Şehir')]);
    expect(lines.map(({ target }) => target)).toEqual([
      'organization.address.street',
      'organization.address.city',
    ]);
  });

  it('columns about another thing go to that thing', () => {
    const lines = propose('person', [column('Company Website', 'url'), column('Company City')]);
    expect(lines.map(({ target }) => target)).toEqual(['organization.website', 'organization.address.city']);
  });
});

describe('the thing a table holds', () => {
  it.each([
    { name: 'contacts', entity: 'person' },
    { name: 'Kişiler', entity: 'person' },
    { name: 'organization', entity: 'organization' },
    { name: 'Firmen', entity: 'organization' },
    { name: 'Oportunidades', entity: 'deal' },
    { name: 'notes', entity: 'note' },
    { name: 'tickets', entity: null },
  ])('"$name" is $entity', ({ name, entity }) => {
    expect(matchEntityOf(name)).toBe(entity);
  });
});
