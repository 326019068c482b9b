import {
  choice,
  type Maker,
  type Making,
  someDay,
  someParent,
  someTime,
  someTimeText,
  sometimes,
  someUser,
} from './makers.ts';
import { minuteText, numberOf } from './row.ts';
import { phoneText } from './turkish-numbers.ts';

const PARENTS = ['contact', 'company', 'proposal', 'lead', 'contact', 'proposal'];

function someContacts(making: Making): number[] {
  return [...new Set([making.anId('contact'), making.anId('contact')])];
}

function numberFor(making: Making, module: 'Company' | 'Contact' | 'Customer'): string {
  return numberOf(module, making.anId(module.toLowerCase()));
}

/** Activities, tasks, appointments, calls, notes, files, relations and tickets. */
export const WORK_MAKERS: Readonly<Record<string, Maker>> = {
  activity: (making) => {
    const { random } = making;
    const start = someTime(random, 900);
    const isMeeting = random.next() < 0.35;
    return {
      name: random.pick([
        'Fiyat görüşmesi',
        'Numune gönderimi',
        'Yıl sonu değerlendirmesi',
        'Şikâyet takibi',
      ]),
      typeId: choice(random, 'activity', 'typeId'),
      ...someParent(making, PARENTS),
      startDate: minuteText(start),
      endDate: sometimes(random, 80, () => minuteText(start + random.pick([15, 30, 60, 90]) * 60_000)),
      priorityId: choice(random, 'activity', 'priorityId'),
      location: isMeeting ? random.pick(['Merkez Ofis, İstanbul', 'Müşteri fabrikası', 'Çevrim içi']) : null,
      attendees: isMeeting ? someContacts(making) : [],
      isClose: random.next() < 0.7,
      description: sometimes(random, 50, () => '<div>Görüşüldü; <b>fiyat</b> yüksek bulundu.</div>'),
    };
  },
  task: (making) => {
    const { random } = making;
    const isClose = random.next() < 0.5;
    const toId = someUser(random);
    return {
      name: random.pick(['Teklifi güncelle', 'Numune hazırla', 'Sözleşmeyi gönder']),
      ...someParent(making, PARENTS),
      fromId: someUser(random),
      toId,
      responsibles: [...new Set([toId, someUser(random)])],
      deadline: someTimeText(random, 300),
      priorityId: choice(random, 'task', 'priorityId'),
      completionRate: isClose ? 100 : random.pick([0, 25, 60]),
      isClose,
      description: sometimes(random, 40, () => 'Müşteri pazartesi bekliyor.'),
    };
  },
  appointment: (making) => {
    const { random, index } = making;
    const hour = random.between(8, 16);
    return {
      name: random.pick(['Ürün tanıtımı', 'Bakım randevusu', 'Sözleşme imzası']),
      contactId: making.anId('contact'),
      companyId: sometimes(random, 50, () => making.anId('company')),
      appointmentDate: someDay(random, -60, 500),
      startTime: `${String(hour).padStart(2, '0')}:${random.pick(['00', '15', '30'])}`,
      endTime: `${String(hour + 1).padStart(2, '0')}:${random.pick(['00', '30', '45'])}`,
      responsibleId: someUser(random),
      attendees: index % 3 === 0 ? someContacts(making) : [],
      statusId: choice(random, 'appointment', 'statusId'),
      locationId: choice(random, 'appointment', 'locationId'),
      description: null,
      room: sometimes(random, 30, () => random.pick(['Toplantı Odası 1', 'Demo Salonu'])),
      services: index % 4 === 0 ? ['Kurulum', 'Eğitim'] : [],
      reminderMinutes: sometimes(random, 60, () => random.pick([15, 60, 1_440])),
      recurrence: sometimes(random, 10, () => 'Her ayın ilk pazartesisi'),
      isOnlineBooking: random.next() < 0.2,
    };
  },
  call: (making) => {
    const { random, index } = making;
    return {
      companyNumber: index % 3 === 0 ? numberFor(making, 'Company') : null,
      contactNumber: index % 3 === 1 ? numberFor(making, 'Contact') : null,
      customerNumber: index % 3 === 2 ? numberFor(making, 'Customer') : null,
      cid: phoneText(random, '532'),
      ucid: `uc-${random.hex(12)}`,
      directionId: choice(random, 'call', 'directionId'),
      responseId: choice(random, 'call', 'responseId'),
      callDate: someTimeText(random, 400),
      durationSec: random.between(0, 1_800),
      description: sometimes(random, 40, () => 'Stok durumu soruldu'),
    };
  },
  note: (making) => ({
    ...someParent(making, ['contact', 'company', 'proposal', 'lead', 'customer']),
    note: making.random.pick([
      '<p>Fabrika ziyareti olumlu geçti.</p>',
      '<p>Ödeme <strong>geciktiriyor</strong>, dikkat!</p>',
      'Düz metin not: İ, ı, ş, ğ, ü, ö, ç',
    ]),
  }),
  attach: (making) => {
    const { random, index } = making;
    const name = random.pick(['sözleşme', 'teklif', 'ÇİZİM', 'kartvizit']);
    return {
      ...someParent(making, ['contact', 'company', 'proposal']),
      name: `${name}-${index + 1}.txt`,
      path: `/Uploads/2026/${index + 1}.txt`,
      sizeBytes: null,
      contentType: 'text/plain',
      isDefault: random.next() < 0.2,
    };
  },
  relations: (making) => {
    const from = someParent(making, ['company', 'contact']);
    const to = someParent(making, ['company', 'contact', 'proposal']);
    return {
      typeId: choice(making.random, 'relations', 'typeId'),
      moduleIdFrom: from.moduleId,
      dataNumberFrom: from.dataNumber,
      moduleIdTo: to.moduleId,
      dataNumberTo: to.dataNumber,
    };
  },
  request: (making) => ({
    subject: making.random.pick(['Ürün arızalı geldi', 'Fatura kopyası', 'Kullanım sorusu']),
    contactId: making.anId('contact'),
    companyId: making.anId('company'),
    statusId: choice(making.random, 'request', 'statusId'),
    priorityId: choice(making.random, 'request', 'priorityId'),
    description: '<p>Lütfen <a href="https://example.com/1">bağlantıya</a> bakın.</p>',
  }),
};
