import { describe, expect, it } from 'vitest';
import { bench } from '../test-fixture.ts';

const { get } = bench();
const cast = (kind: string) => `Microsoft.Dynamics.CRM.${kind}AttributeMetadata`;
const account = "EntityDefinitions(LogicalName='account')";

// biome-ignore lint/suspicious/noExplicitAny: definitions have every shape.
type Row = Record<string, any>;

async function rows(path: string): Promise<Row[]> {
  const seen = await get(path);
  if (seen.status !== 200) throw new Error(seen.text);
  return seen.json.value;
}

describe('definitions of tables', () => {
  it('are all there at once, with sets whose names are read and not made', async () => {
    const all = await rows('EntityDefinitions?$select=LogicalName,EntitySetName');
    const service = await rows('');
    expect(all.map((row) => row['EntitySetName']).sort()).toEqual(service.map((row) => row['name']).sort());
    const sets = Object.fromEntries(all.map((row) => [row['LogicalName'], row['EntitySetName']]));
    expect(sets).toMatchObject({
      opportunity: 'opportunities',
      accountleads: 'accountleadscollection',
      new_project_contact: 'new_project_contactset',
      new_makine: 'new_makines',
    });
    expect(all.every((row) => /^[0-9a-f-]{36}$/.test(row['MetadataId'] ?? ''))).toBe(true);
  });

  it.each([
    ['IsActivity eq true', ['phonecall', 'new_visit'], ['account']],
    ['IsBPFEntity eq true', ['opportunitysalesprocess', 'new_bpf_renewal'], ['opportunity']],
    [
      'IsCustomEntity eq true and IsIntersect eq false',
      ['new_project', 'cr4f1_project'],
      ['new_project_contact'],
    ],
    ["OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'", ['account', 'email'], ['product']],
    ['CanChangeTrackingBeEnabled/Value eq false', ['new_project_contact'], ['account']],
    ["LogicalName eq 'lead' or LogicalName eq 'task'", ['lead', 'task'], ['account']],
  ])('are found where %s', async (filter, some, none) => {
    const names = (await rows(`EntityDefinitions?$select=LogicalName&$filter=${filter}`)).map(
      (row) => row['LogicalName'],
    );
    expect(names).toEqual(expect.arrayContaining(some));
    for (const name of none) expect(names).not.toContain(name);
  });

  it('two tables have one display name, and one has its labels in Turkish alone', async () => {
    const all = await rows(
      'EntityDefinitions?$select=LogicalName,DisplayName&$filter=IsCustomEntity eq true',
    );
    const labels = all.map((row) => row['DisplayName'].UserLocalizedLabel.Label);
    expect(labels.filter((label) => label === 'Project')).toHaveLength(2);
    expect(labels).toContain('Bakım Kaydı');
  });

  it('go by name and by id, and refuse what is not there', async () => {
    const byName = await get(`${account}?$select=LogicalName`);
    expect(
      (await get(`EntityDefinitions(${byName.json.MetadataId})?$select=LogicalName`)).json.LogicalName,
    ).toBe('account');
    expect((await get("EntityDefinitions(LogicalName='none')")).status).toBe(404);
    expect((await get('EntityDefinitions?$select=Nothing')).status).toBe(400);
    expect((await get("EntityDefinitions?$filter=DisplayName eq 'Account'")).status).toBe(400);
  });

  it('expand attributes and relationships', async () => {
    const { json } = await get(
      `${account}?$select=LogicalName&$expand=Attributes($select=LogicalName;$filter=AttributeOf eq null),ManyToOneRelationships($select=ReferencedEntity)`,
    );
    expect(json.Attributes.length).toBeGreaterThan(100);
    expect(json.ManyToOneRelationships.map((row: Row) => row['ReferencedEntity'])).toContain('systemuser');
  });
});

describe('definitions of attributes', () => {
  it('show base properties without a cast, and shadows that are no OData properties', async () => {
    const all = await rows(`${account}/Attributes?$select=LogicalName,AttributeOf,IsValidODataAttribute`);
    const shadow = all.find((row) => row['LogicalName'] === 'primarycontactidname');
    expect(shadow).toMatchObject({ AttributeOf: 'primarycontactid', IsValidODataAttribute: false });
    expect((await get('accounts?$select=primarycontactidname')).status).toBe(400);
    expect((await get(`${account}/Attributes?$expand=OptionSet`)).status).toBe(400);
    expect((await get(`${account}/Attributes?$select=MaxLength`)).status).toBe(400);
  });

  it.each([
    ['Picklist', 'industrycode'],
    ['MultiSelectPicklist', 'new_segments'],
    ['State', 'statecode'],
    ['Status', 'statuscode'],
    ['Boolean', 'donotphone'],
    ['Lookup', 'primarycontactid'],
    ['Lookup', 'ownerid'],
    ['Money', 'revenue'],
    ['Decimal', 'new_creditscore'],
    ['DateTime', 'createdon'],
    ['String', 'name'],
    ['Memo', 'description'],
    ['BigInt', 'new_externalnumber'],
    ['File', 'new_contract'],
    ['Image', 'entityimage'],
    ['UniqueIdentifier', 'accountid'],
  ])('a cast to %s gives %s', async (kind, name) => {
    const names = (await rows(`${account}/Attributes/${cast(kind)}?$select=LogicalName`)).map(
      (row) => row['LogicalName'],
    );
    expect(names).toContain(name);
    expect((await get(`${account}/Attributes(LogicalName='${name}')/${cast(kind)}`)).json.LogicalName).toBe(
      name,
    );
  });

  it('cannot be cast to what all choices share', async () => {
    expect((await get(`${account}/Attributes/${cast('Enum')}`)).status).toBe(400);
  });

  it('give options with labels in every language, states of a status, and option sets that are shared', async () => {
    const [state] = await rows(
      `${account}/Attributes/${cast('State')}?$select=LogicalName&$expand=OptionSet`,
    );
    const labels = (
      state as unknown as {
        OptionSet: { Options: { Label: { LocalizedLabels: { LanguageCode: number; Label: string }[] } }[] };
      }
    ).OptionSet.Options[0]?.Label.LocalizedLabels;
    expect(labels?.map((each) => [each.LanguageCode, each.Label])).toEqual([
      [1031, 'Aktiv'],
      [1033, 'Active'],
      [1055, 'Etkin'],
    ]);
    const status = await rows(
      `EntityDefinitions(LogicalName='opportunity')/Attributes/${cast('Status')}?$expand=OptionSet($select=Options)`,
    );
    const options = (status[0] as unknown as { OptionSet: { Options: { Value: number; State: number }[] } })
      .OptionSet.Options;
    expect(options.map(({ Value, State }) => [Value, State])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 2],
      [5, 2],
    ]);
    const shared = await rows(
      `${account}/Attributes/${cast('MultiSelectPicklist')}?$select=LogicalName&$expand=OptionSet,GlobalOptionSet`,
    );
    expect(shared[0]).toMatchObject({
      OptionSet: { IsGlobal: true },
      GlobalOptionSet: { Name: 'new_segments' },
    });
    expect((await get("GlobalOptionSetDefinitions(Name='new_segments')")).json.Options).toHaveLength(4);
    expect(await rows('GlobalOptionSetDefinitions?$select=Name')).toHaveLength(2);
    expect((await get("GlobalOptionSetDefinitions?$filter=Name eq 'x'")).status).toBe(400);
  });

  it('hold duplicate labels, and no label for options that were deleted', async () => {
    const { json } = await get(
      `EntityDefinitions(LogicalName='opportunity')/Attributes(LogicalName='new_source')/${cast('Picklist')}?$expand=OptionSet`,
    );
    const labels = json.OptionSet.Options.map(
      (option: { Label: { UserLocalizedLabel: { Label: string } } }) => option.Label.UserLocalizedLabel.Label,
    );
    expect(labels).toEqual(['Partner', 'Web', 'Partner', 'Fair']);
    const tiers = await get(`${account}/Attributes(LogicalName='new_tier')/${cast('Picklist')}/OptionSet`);
    expect(tiers.json.Options.map((option: { Value: number }) => option.Value)).not.toContain(9);
  });

  it('say how times behave and what base amounts are computed of', async () => {
    const times = await rows(
      `EntityDefinitions(LogicalName='opportunity')/Attributes/${cast('DateTime')}?$select=LogicalName,DateTimeBehavior`,
    );
    const behavior = Object.fromEntries(
      times.map((row) => [row['LogicalName'], row['DateTimeBehavior'].Value]),
    );
    expect(behavior).toMatchObject({
      createdon: 'UserLocal',
      estimatedclosedate: 'DateOnly',
      new_renewalat: 'TimeZoneIndependent',
    });
    const { json } = await get(`${account}/Attributes(LogicalName='revenue_base')/${cast('Money')}`);
    expect(json).toMatchObject({ CalculationOf: 'revenue', PrecisionSource: 2, IsBaseCurrency: true });
  });
});

describe('relationships', () => {
  it('name navigation properties as they are used', async () => {
    const all = await rows(
      "RelationshipDefinitions/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata?$filter=ReferencingEntity eq 'task' and ReferencedEntity eq 'account'",
    );
    expect(all[0]).toMatchObject({
      ReferencingEntityNavigationPropertyName: 'regardingobjectid_account_task',
      ReferencedEntityNavigationPropertyName: 'Account_Tasks',
    });
    const custom = await rows(
      "EntityDefinitions(LogicalName='new_project')/ManyToOneRelationships?$filter=ReferencingAttribute eq 'new_parentproject'",
    );
    expect(custom[0]?.['ReferencingEntityNavigationPropertyName']).toBe('new_Parentproject');
    expect((await get('new_projects?$expand=new_Parentproject($select=new_name)&$top=1')).status).toBe(200);
    expect((await get('new_projects?$expand=new_parentproject&$top=1')).status).toBe(400);
  });

  it('tell of intersects', async () => {
    const many = await rows('RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata');
    expect(many.map((row) => row['IntersectEntityName'])).toContain('new_makine_contact');
    expect(await rows("EntityDefinitions(LogicalName='contact')/ManyToManyRelationships")).toHaveLength(3);
  });
});

describe('the schema', () => {
  it('as CSDL has every set and property', async () => {
    const { text, headers } = await get('$metadata');
    expect(headers.get('content-type')).toBe('application/xml');
    expect(text).toContain('<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm"');
    expect(text).toContain('<Property Name="_primarycontactid_value" Type="Edm.Guid" />');
    expect(text).toContain('<EntitySet Name="opportunities" EntityType="Microsoft.Dynamics.CRM.opportunity"');
    expect(text.match(/<EntitySet /g)).toHaveLength((await rows('')).length);
  });

  it('has a version that changes with it', async () => {
    const asked = bench();
    const headers = { prefer: 'odata.include-annotations="*"' };
    const version = async () =>
      (await asked.get('accounts?$top=1', headers)).json['@Microsoft.Dynamics.CRM.globalmetadataversion'];
    const before = await version();
    expect(await version()).toBe(before);
    asked.emulator.control.extra('switches', { renamedSets: { new_project: 'new_engagements' } });
    expect(await version()).not.toBe(before);
    expect((await asked.get('new_projects')).status).toBe(404);
    expect((await asked.get('new_engagements?$top=1')).status).toBe(200);
    const { json } = await asked.get("EntityDefinitions(LogicalName='new_project')?$select=EntitySetName");
    expect(json.EntitySetName).toBe('new_engagements');
  });

  it('has all its labels in stringmaps too', async () => {
    const { json } = await get(
      "stringmaps?$select=attributevalue,value,langid&$filter=objecttypecode eq 'lead' and attributename eq 'statecode' and langid eq 1033",
    );
    expect(json.value.map((row: Row) => row['value'])).toEqual(['Open', 'Qualified', 'Disqualified']);
  });
});
