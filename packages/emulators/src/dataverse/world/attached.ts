import { hasInlineImage } from './activities.ts';
import { attachmentBody, type Body, base64Of, contractBody, noteBody } from './bodies.ts';
import { type Content, fixed, type Generate, type Ref, share, type Value, type World } from './content.ts';

const EXTENSIONS = { text: 'txt', image: 'png', picture: 'png', noise: 'bin' } as const;
const TYPES = {
  text: 'text/plain',
  image: 'image/png',
  picture: 'image/png',
  noise: 'application/octet-stream',
} as const;

const HOSTS = ['account', 'contact', 'opportunity', 'lead', 'email', 'new_project'] as const;

const ofNote =
  (make: (body: Body) => Value): Generate =>
  (index, world) => {
    const body = noteBody(index, world);
    return body === null ? null : make(body);
  };

const NOTES: Content = {
  count: share(0.04, 24),
  columns: {
    subject: (index) => (index % 3 === 0 ? `Not ${index + 1}` : null),
    notetext: (index) =>
      index % 5 === 4 ? null : `Görüşme notu ${index + 1}\r\n<b>not html</b> & "quotes" 📎`,
    isdocument: (index, world) => noteBody(index, world) !== null,
    filename: (index, world) => {
      const body = noteBody(index, world);
      return body === null ? null : `dosya çıktısı ${index}.${EXTENSIONS[body.kind]}`;
    },
    mimetype: ofNote(({ kind }) => TYPES[kind]),
    filesize: (index, world) => noteBody(index, world)?.sizeBytes ?? 0,
    documentbody: ofNote(base64Of),
    objectid: (index, world): Ref | null => {
      const table = HOSTS[index % HOSTS.length] ?? 'account';
      return world.ref(table, world.below(world.count(table), index, 'note.host'));
    },
    objecttypecode: (index) => HOSTS[index % HOSTS.length] ?? 'account',
  },
};

/** How many different files the attachments of mails are. */
function files(records: number): number {
  return Math.ceil(MIMES.count(records) * 0.7);
}

function fileOf(index: number, world: World): number {
  return index % world.count('attachment');
}

const ofFile =
  (make: (body: Body, file: number) => Value): Generate =>
  (index, world) =>
    make(attachmentBody(fileOf(index, world), world), fileOf(index, world));

const isInvite = (index: number): boolean => index % 10 === 9;

const shared = (row: (make: (body: Body, file: number) => Value) => Generate): Record<string, Generate> => ({
  filename: row(({ kind }, file) => `ek-${file}.${EXTENSIONS[kind]}`),
  mimetype: row(({ kind }) => TYPES[kind]),
  filesize: row(({ sizeBytes }) => sizeBytes),
  body: row(base64Of),
});

const MIMES: Content = {
  count: share(0.02, 16),
  columns: {
    ...shared(ofFile),
    attachmentid: (index, world) => world.ref('attachment', fileOf(index, world)),
    attachmentnumber: () => 1,
    attachmentcontentid: (index, world) => {
      const email = emailOf(index, world);
      return !isInvite(index) && hasInlineImage(email, world) && email / 2 === index
        ? `image001.png@${email}`
        : null;
    },
    objectid: (index, world) =>
      isInvite(index)
        ? world.ref('appointment', index % world.count('appointment'))
        : world.ref('email', emailOf(index, world)),
    objecttypecode: (index) => (isInvite(index) ? 'appointment' : 'email'),
  },
};

function emailOf(index: number, world: World): number {
  return (index * 2) % world.count('email');
}

/** Notes, attachments of mails and files in columns. */
export const ATTACHED: Readonly<Record<string, Content>> = {
  annotation: NOTES,
  activitymimeattachment: MIMES,
  attachment: {
    count: files,
    columns: shared((make) => (index, world) => make(attachmentBody(index, world), index)),
  },
  fileattachment: {
    count: fixed(2),
    columns: {
      filename: (index) => contractName(index),
      mimetype: () => 'application/octet-stream',
      filesizeinbytes: (index) => BigInt(contractBody(index)?.sizeBytes ?? 0),
      regardingfieldname: () => 'new_contract',
      objectid: (index, world) => world.ref('account', index),
    },
  },
  sharepointdocumentlocation: {
    count: fixed(3),
    columns: {
      name: (index) => `Documents on Default Site ${index + 1}`,
      relativeurl: (index) => `account_${index}`,
      regardingobjectid: (index, world) =>
        index === 2 ? world.ref('opportunity', 0) : world.ref('account', index),
    },
  },
};

/** What the contract of an account is called. */
export function contractName(account: number): string {
  return `sözleşme-${account}.pdf`;
}
