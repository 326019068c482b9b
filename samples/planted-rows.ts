import { plantedLeads } from './lead-rows.ts';
import type { Tables } from './ordinary-rows.ts';
import type { Row } from './table-writer.ts';
import { inactiveOwner, sampleUsers, unknownOwner } from './users.ts';
import type { PlantedCase } from './world.ts';

const [selin, burak] = sampleUsers as [(typeof sampleUsers)[0], (typeof sampleUsers)[0]];

function company(id: string, name: string, more: Row = {}): Row {
  return {
    'Company ID': id,
    'Company Name': name,
    Industry: 'Software',
    City: 'İstanbul',
    Country: 'Türkiye',
    Owner: selin.name,
    'Created At': '03.02.2022',
    'Updated At': '04.02.2022',
    'Key Account': 'Hayır',
    ...more,
  };
}

function contact(id: string, first: string, last: string, more: Row = {}): Row {
  return {
    'Contact ID': id,
    'First Name': first,
    'Last Name': last,
    Owner: burak.email,
    'Created At': '2022-05-04 09:30',
    'Updated At': '2022-05-05 09:30',
    Newsletter: 'FALSE',
    ...more,
  };
}

function deal(id: string, name: string, more: Row = {}): Row {
  return {
    'Deal ID': id,
    'Deal Name': name,
    Pipeline: 'Sales',
    Stage: 'Proposal Sent',
    Amount: '1.234,56 ₺',
    Currency: 'TRY',
    Probability: '60',
    'Close Date': '24.12.2025',
    Status: 'Open',
    Owner: selin.email,
    'Created At': '17.03.2024',
    'Updated At': '18.03.2024',
    Region: 'Marmara',
    'Contract Signed': 'Hayır',
    ...more,
  };
}

function activity(id: string, type: string, subject: string, more: Row = {}): Row {
  return {
    'Activity ID': id,
    Type: type,
    Subject: subject,
    Owner: selin.name,
    'Created At': '2024-04-01 07:30',
    Status: 'Completed',
    ...more,
  };
}

function note(id: string, parentType: string, parentId: string, content: string, more: Row = {}): Row {
  return {
    'Note ID': id,
    'Parent Type': parentType,
    'Parent ID': parentId,
    Content: content,
    Author: selin.email,
    'Created At': '28.03.2024 14:05',
    ...more,
  };
}

const hostile =
  '<p>Merhaba <b>dünya</b></p><script>alert(1)</script><img src="x" onerror="alert(1)"><a href="javascript:alert(1)">tıkla</a>';

const companies: readonly Row[] = [
  company('C-90001', 'Akçay Yazılım A.Ş.', {
    Domain: 'akcay.example',
    Website: 'https://www.akcay.example',
    Address: 'Gül Sok. No: 7, D: 3',
    State: 'Kadıköy',
    'Postal Code': '07100',
    Phone: '0 (212) 555 10 20',
    Tags: 'VIP, Partner, VIP',
    'Customer Tier': 'Gold',
    'Vergi No': '0123456789',
    'Renewal Date': '31.12.2026',
    'Key Account': 'Evet',
    'NPS Score': '9',
  }),
  company('C-90002', 'AKÇAY YAZILIM', { Domain: 'akcay.example', Tags: 'Partner' }),
  company('C-90003', 'Bozdağ Gıda San. ve Tic. Ltd. Şti.', { Domain: 'bozdag.example' }),
  company('C-90004', 'Çınarlı Holding', { Domain: 'cinarli.example' }),
  company('C-90005', 'Çınarlı Lojistik A.Ş.', {
    Domain: 'cinarli-lojistik.example',
    'Parent Company': 'Çınarlı Holding',
  }),
  company('C-90006', 'Döngü Bir', { 'Parent Company': 'Döngü İki' }),
  company('C-90007', 'Döngü İki', { 'Parent Company': 'Döngü Bir' }),
  company('C-90008', 'Kendi Kendine Ltd.', { 'Parent Company': 'Kendi Kendine Ltd.' }),
  company('C-90009', 'Serbest Danışman', { Domain: 'gmail.com', Website: '' }),
  company('C-90010', '=HYPERLINK("http://evil.example";"Acme")', { 'Customer Tier': 'Bronze' }),
  company('C-90011', 'Sahipsiz Makine', { Owner: unknownOwner.name }),
  company('C-90012', 'Pasif Sahip Tekstil', { Owner: inactiveOwner.name }),
];

const contacts: readonly Row[] = [
  contact('P-90001', 'Ayşe', 'Örnek', {
    Email: 'Ayse.Ornek@Akcay.example',
    Phone: '+90 212 555 11 22',
    Mobile: '0532 555 33 44',
    'Job Title': 'Genel Müdür',
    'Company ID': 'C-90001',
    Company: 'Akçay Yazılım A.Ş.',
    Tags: 'VIP, Newsletter, VIP',
    Newsletter: 'TRUE',
    'Lead Source': 'Fuar',
  }),
  contact('P-90002', 'Bora', 'Sallantı', {
    Email: 'bora@kayip.example',
    'Company ID': 'C-99999',
    Company: 'Kayıp Şirket',
  }),
  contact('P-90003', 'Cem', 'Yalnız', { Email: 'cem.yalniz.17@gmail.com' }),
  contact('P-90004', 'Derin', 'Yertutan', { Email: 'yok@yok.com', 'Company ID': 'C-90003' }),
  contact('P-90005', 'Ece', 'Ortak', { Email: 'info@bozdag.example', 'Company ID': 'C-90003' }),
  contact('P-90006', 'Fuat', 'Ortak', { Email: 'info@bozdag.example', 'Company ID': 'C-90003' }),
  contact('P-90007', 'Deniz', 'Çift', { Email: 'deniz.cift.1@bozdag.example', 'Company ID': 'C-90003' }),
  contact('P-90008', 'Deniz', 'Çift', { Email: 'deniz.cift.2@bozdag.example', 'Company ID': 'C-90003' }),
  contact('P-90009', 'Deniz', 'Tektir', { Email: 'deniz.tektir@akcay.example', 'Company ID': 'C-90001' }),
  contact('P-90010', 'Deniz', 'Tektir', { Email: 'deniz.tektir@cinarli.example', 'Company ID': 'C-90004' }),
  contact('P-90011', 'Gizem', 'Hasar', {
    Mobile: '9.05321E+11',
    Phone: '9,05325E+11',
    'Company ID': 'C-90001',
  }),
  contact('P-90012', 'Harun', 'Formül', { 'Job Title': "=cmd|' /C calc'!A0", 'Company ID': 'C-90001' }),
  contact('P-90013', 'Irmak', 'Satır', { 'Job Title': 'Satın Alma\nve Lojistik', 'Company ID': 'C-90001' }),
  contact('P-90014', 'İlknur', 'Sadece-Ad', { Email: 'ilknur@bozdag.example', Company: 'BOZDAĞ GIDA' }),
  contact('P-90015', 'Jale', 'Sahipsiz', {
    Email: 'jale@akcay.example',
    'Company ID': 'C-90001',
    Owner: unknownOwner.email,
  }),
  contact('P-90016', 'Kemal', 'Pasif', {
    Email: 'kemal@akcay.example',
    'Company ID': 'C-90001',
    Owner: inactiveOwner.email,
  }),
  contact('P-90017', 'Lale', 'Çoklu', {
    Email: 'Lale <lale@akcay.example>; lale.ev@ornek.example',
    'Company ID': 'C-90001',
  }),
  contact('P-90001', 'Ayşe', 'Örnek', { Email: 'ayse.ornek.kopya@akcay.example', 'Company ID': 'C-90001' }),
];

const deals: readonly Row[] = [
  deal('D-90001', 'Akçay lisans', {
    'Company ID': 'C-90001',
    'Contact Name': 'Ayşe Örnek',
    Tags: 'Sıcak, VIP, Sıcak',
    'Products of Interest': 'CRM; ERP',
    'Discount %': '%10',
    'Weighted Value (formula)': '740,74',
    'Enterprise Sales: Legal Contact': 'Internal',
  }),
  deal('D-90002', 'Bozdağ depo', {
    Company: 'Bozdağ Gıda San. ve Tic. Ltd. Şti.',
    'Contact Name': 'İlknur Sadece-Ad',
  }),
  deal('D-90003', 'Kişiden şirket', { 'Contact Name': 'Ayşe Örnek' }),
  deal('D-90004', 'Ne şirket ne kişi 1'),
  deal('D-90005', 'Ne şirket ne kişi 2', { Stage: 'Negotiation', Probability: '80' }),
  deal('D-90006', 'Hangi Deniz?', { 'Company ID': 'C-90003', 'Contact Name': 'Deniz Çift' }),
  deal('D-90007', 'Bu Deniz', { 'Company ID': 'C-90001', 'Contact Name': 'Deniz Tektir' }),
  deal('D-90008', 'Kayıp şirketin fırsatı', { 'Company ID': 'C-99998' }),
  deal('D-90009', 'Sahipsiz fırsat', { 'Company ID': 'C-90001', Owner: unknownOwner.email }),
  deal('D-90010', 'Pasif sahipli fırsat', { 'Company ID': 'C-90001', Owner: inactiveOwner.name }),
  deal('D-90011', 'Özel aşama', { 'Company ID': 'C-90001', Stage: 'Teklif Gönderildi', Probability: '65' }),
  deal('D-90012', 'Yazımı farklı aşama', { 'Company ID': 'C-90001', Stage: 'proposal  sent ' }),
  deal('D-90013', 'Kazanılan', {
    'Company ID': 'C-90001',
    Stage: 'Closed Won',
    Probability: '100',
    Status: 'Won',
    'Contract Signed': 'Evet',
    'Close Date': '30.06.2024',
  }),
  deal('D-90014', 'Kaybedilen', {
    'Company ID': 'C-90001',
    Stage: 'Closed Lost',
    Probability: '0',
    Status: 'Lost',
    'Lost Reason': 'Fiyat',
    'Close Date': '29.05.2024',
  }),
  deal('D-90015', 'Euro ile', { 'Company ID': 'C-90001', Amount: '12.500,00 €', Currency: 'EUR' }),
];

const activities: readonly Row[] = [
  activity('A-90001', 'Call', 'Tam arama', {
    Start: '2024-04-02 10:15',
    Duration: '12',
    Direction: 'Outgoing',
    Disposition: 'Connected',
    'Contact ID': 'P-90001',
    'Contact Name': 'Ayşe Örnek',
    'Deal ID': 'D-90001',
  }),
  activity('A-90002', 'Email', 'Gönderilen posta', {
    Start: '2024-04-03 11:00',
    Direction: 'Sent',
    Body: '<p>Teklif <b>ektedir</b>.</p>',
    'Contact ID': 'P-90001',
    'Contact Name': 'Ayşe Örnek',
    'Deal ID': 'D-90001',
  }),
  activity('A-90003', 'Email', 'Gelen posta, fırsatsız', {
    Start: '2024-04-04 12:00',
    Direction: 'Received',
    Body: 'Teşekkürler',
    'Contact Name': 'İlknur Sadece-Ad',
  }),
  activity('A-90004', 'Meeting', 'Tam toplantı', {
    Start: '2024-04-05 14:00',
    End: '2024-04-05 15:30',
    Duration: '90',
    Location: 'Bağdat Cad. No: 12, İstanbul',
    Attendees:
      'Selin Aksoy <selin.aksoy@sample.example>; Ayşe Örnek <ayse.ornek@akcay.example>; Adsız Misafir',
    'Contact ID': 'P-90001',
    'Deal ID': 'D-90001',
    Body: 'Gündem: fiyat',
  }),
  activity('A-90005', 'Task', 'Biten görev', {
    'Due Date': '2024-04-08',
    Completed: 'Yes',
    'Completed At': '2024-04-09 16:45',
    'Contact ID': 'P-90001',
    'Deal ID': 'D-90001',
  }),
  activity('A-90006', 'Task', 'Açık görev', {
    'Due Date': '2026-01-15',
    Completed: 'No',
    Status: 'Open',
    'Deal ID': 'D-90001',
  }),
  activity('A-90007', 'Call', 'Sahipsiz arama', {
    Start: '2024-04-10 09:00',
    Duration: '3',
    Direction: 'Incoming',
    Disposition: 'No answer',
    Status: 'Missed',
    Owner: unknownOwner.name,
  }),
  activity('A-90008', 'Saha Ziyareti', 'Başka türden', {
    Start: '2024-04-11 13:00',
    Location: 'Fabrika',
    'Contact Name': 'Deniz Tektir',
    'Deal ID': 'D-90007',
  }),
];

const notes: readonly Row[] = [
  note('N-90001', 'Contact', 'P-90001', '<p>Çok <b>önemli</b> müşteri</p><ul><li>bir</li><li>iki</li></ul>'),
  note('N-90002', 'Deal', 'D-90001', 'İlk satır\nikinci "tırnaklı" satır\nüçüncü'),
  note('N-90003', 'Deal', 'D-90001', hostile),
  note('N-90004', 'Contact', '', 'Yalnız adla bağlı', { 'Parent Name': 'Ayşe Örnek' }),
  note('N-90005', 'Deal', 'D-90001', 'Yazarı bilinmeyen', { Author: unknownOwner.name }),
  note('N-90006', 'Company', 'C-90001', 'Şirkete yazılmış not'),
  note('N-90007', 'Contact', 'P-99999', 'Sahibi silinmiş not'),
];

/** Rows planted on purpose, to be added after the ordinary ones. Their ids begin with 9. */
export const plantedTables: { readonly [Name in keyof Tables]: readonly Row[] } = {
  companies,
  contacts,
  deals,
  activities,
  notes,
  leads: plantedLeads,
};

function planted(rule: string, what: string, entity: string, ...ids: string[]): PlantedCase {
  return { rule, what, entity, ids };
}

/** What was planted, by rule of the seed and by kind of dirt. */
export const plantedCases: readonly PlantedCase[] = [
  planted('S-20(a)', 'name, e-mail, phones, company', 'contacts', 'P-90001'),
  planted('S-20(b)', 'company by Company ID', 'contacts', 'P-90001'),
  planted('S-20(b)', 'company by name only, written otherwise', 'contacts', 'P-90014'),
  planted('S-20(c)', 'Company ID and name that exist nowhere', 'contacts', 'P-90002'),
  planted('S-20(c)', 'no company at all', 'contacts', 'P-90003'),
  planted('S-21(a)', 'a company with contacts and deals', 'companies', 'C-90001'),
  planted('S-21(b)', 'company name with Turkish letters', 'companies', 'C-90001', 'C-90003'),
  planted('S-21(c)', 'address, domain and custom fields', 'companies', 'C-90001'),
  planted('S-22(a)', 'company by id, and by name', 'deals', 'D-90001', 'D-90002'),
  planted('S-22(b)', 'contact by name, unique in its company', 'deals', 'D-90001', 'D-90007'),
  planted('S-22(b)', 'contact name that two people of the company have', 'deals', 'D-90006'),
  planted(
    'S-22(c)',
    'value, stage, close date, owner, custom properties',
    'deals',
    'D-90001',
    'D-90013',
    'D-90014',
    'D-90015',
  ),
  planted('S-22(d)', 'two pipelines with stages of their own', 'deals', 'D-90001'),
  planted('S-23(a)', 'stages that only the deals tell', 'deals', 'D-90011'),
  planted('S-23(b)', 'stages with probabilities', 'deals', 'D-90001', 'D-90005', 'D-90011'),
  planted('S-23(c)', 'a stage with a name of its own', 'deals', 'D-90011'),
  planted('S-24(a)', 'call with duration, disposition, timestamp', 'activities', 'A-90001'),
  planted('S-24(b)', 'call linked to person and deal', 'activities', 'A-90001'),
  planted('S-25(a)', 'e-mail with subject, body, direction, timestamp', 'activities', 'A-90002'),
  planted(
    'S-25(b)',
    'e-mail linked to a person, with and without a deal',
    'activities',
    'A-90002',
    'A-90003',
  ),
  planted('S-26(a)', 'meeting with start, end, location, title', 'activities', 'A-90004'),
  planted('S-26(b)', 'attendees with and without an address', 'activities', 'A-90004'),
  planted('S-27(a)', 'tasks, done and open', 'activities', 'A-90005', 'A-90006'),
  planted('S-27(b)', 'original completion date', 'activities', 'A-90005'),
  planted('S-28(a)', 'notes on a contact and on a deal', 'notes', 'N-90001', 'N-90002'),
  planted('S-28(b)', 'content, author and time; an unknown author', 'notes', 'N-90001', 'N-90005'),
  planted('S-28(c)', 'linked by id and by name; a lost parent', 'notes', 'N-90001', 'N-90004', 'N-90007'),
  planted('S-28(d)', 'formatting, and hostile HTML', 'notes', 'N-90001', 'N-90003'),
  planted('S-29(a)', 'tags with a repeat', 'contacts', 'P-90001'),
  planted('S-29(a)', 'tags with a repeat', 'deals', 'D-90001'),
  planted('S-29(b)', 'tags of people and deals become labels', 'deals', 'D-90001'),
  planted('S-29(c)', 'labels on a person and a deal', 'contacts', 'P-90001'),
  planted('S-29(d)', 'tags that could be segments (Fuar 2023, Fuar 2024)', 'companies', 'C-90001'),
  planted('S-30', 'owners by name and by e-mail', 'companies', 'C-90001'),
  planted('S-30', 'owner without a user', 'companies', 'C-90011'),
  planted('S-30', 'owner without a user', 'contacts', 'P-90015'),
  planted('S-30', 'owner without a user', 'deals', 'D-90009'),
  planted('S-30', 'owner without a user', 'activities', 'A-90007'),
  planted('S-30', 'owner whose user is not active', 'companies', 'C-90012'),
  planted('S-30', 'owner whose user is not active', 'contacts', 'P-90016'),
  planted('S-30', 'owner whose user is not active', 'deals', 'D-90010'),
  planted('S-31(a)', 'columns that no standard table has', 'companies', 'C-90001'),
  planted('S-31(b)', 'custom columns to be routed one by one', 'contacts', 'P-90001'),
  planted('S-31(c)', 'text, number, date, dropdown and checkbox columns', 'companies', 'C-90001'),
  planted('S-31(d)', 'a formula column and a column of one pipeline', 'deals', 'D-90001'),
  planted('S-31(e)', 'columns whose target type depends on the plan', 'deals', 'D-90001'),
  planted('S-31(f)', 'formula column to be a text on small plans', 'deals', 'D-90001'),
  planted('duplicate-domain', 'two companies with one domain', 'companies', 'C-90001', 'C-90002'),
  planted('free-mail-domain', 'gmail.com is nobody’s company', 'companies', 'C-90009'),
  planted('hierarchy', 'a parent company', 'companies', 'C-90005'),
  planted('hierarchy-cycle', 'two companies each the other’s parent', 'companies', 'C-90006', 'C-90007'),
  planted('self-parent', 'a company that is its own parent', 'companies', 'C-90008'),
  planted('formula-cell', 'a cell that a spreadsheet would run', 'companies', 'C-90010'),
  planted('formula-cell', 'a cell that a spreadsheet would run', 'contacts', 'P-90012'),
  planted('placeholder-email', 'an address that stands for none', 'contacts', 'P-90004'),
  planted('shared-email', 'one mailbox of two people', 'contacts', 'P-90005', 'P-90006'),
  planted('ambiguous-contact', 'one name, one company, two people', 'contacts', 'P-90007', 'P-90008'),
  planted('excel-phone', 'digits lost in a spreadsheet', 'contacts', 'P-90011'),
  planted('quoted-newline', 'a line end inside a cell', 'contacts', 'P-90013'),
  planted('several-emails', 'two addresses in one cell', 'contacts', 'P-90017'),
  planted('duplicate-id', 'the id stands twice', 'contacts', 'P-90001'),
  planted('dangling-company', 'Company ID that exists nowhere', 'contacts', 'P-90002'),
  planted('dangling-company', 'Company ID that exists nowhere', 'deals', 'D-90008'),
  planted('deal-by-name', 'a deal linked by names only', 'deals', 'D-90002'),
  planted('deal-by-contact', 'a deal whose company is its contact’s', 'deals', 'D-90003'),
  planted('deal-without-links', 'neither company nor contact', 'deals', 'D-90004', 'D-90005'),
  planted('stage-spelling', 'one stage in two spellings (DQ-05)', 'deals', 'D-90012'),
  planted('other-activity-type', 'a kind of activity of their own', 'activities', 'A-90008'),
  planted('hostile-html', 'a note that would run scripts', 'notes', 'N-90003'),
  planted('company-note', 'a note on a company', 'notes', 'N-90006'),
];
