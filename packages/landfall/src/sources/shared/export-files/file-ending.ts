/** An ending with what it means and, where all such files begin alike, how. */
interface Ending {
  readonly mediaType: string;
  /** Latin-1 texts, one of which the file begins with. */
  readonly begins?: readonly string[];
}

const zip = ['PK\x03\x04', 'PK\x05\x06'];
const olderOffice = ['\xd0\xcf\x11\xe0'];
const office = 'application/vnd.openxmlformats-officedocument';

/** IANA media types; first bytes as file(1) knows them. */
const endings: Readonly<Record<string, Ending>> = {
  jpg: { mediaType: 'image/jpeg', begins: ['\xff\xd8\xff'] },
  jpeg: { mediaType: 'image/jpeg', begins: ['\xff\xd8\xff'] },
  png: { mediaType: 'image/png', begins: ['\x89PNG'] },
  gif: { mediaType: 'image/gif', begins: ['GIF8'] },
  pdf: { mediaType: 'application/pdf', begins: ['%PDF'] },
  docx: { mediaType: `${office}.wordprocessingml.document`, begins: zip },
  xlsx: { mediaType: `${office}.spreadsheetml.sheet`, begins: zip },
  pptx: { mediaType: `${office}.presentationml.presentation`, begins: zip },
  doc: { mediaType: 'application/msword', begins: olderOffice },
  xls: { mediaType: 'application/vnd.ms-excel', begins: olderOffice },
  msg: { mediaType: 'application/vnd.ms-outlook', begins: olderOffice },
  zip: { mediaType: 'application/zip', begins: zip },
  txt: { mediaType: 'text/plain' },
  csv: { mediaType: 'text/csv' },
  html: { mediaType: 'text/html' },
};

/** The ending of a file's name in small letters, without the dot; '' when it has none. */
export function endingOf(name: string): string {
  return /[^.]\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The media type the ending announces; null for unknown ones. */
export function mediaTypeOf(name: string): string | null {
  return ofEnding(name)?.mediaType ?? null;
}

/** False when files of that ending begin otherwise: an error page saved as a picture. */
export function looksLike(name: string, head: Buffer): boolean {
  const begins = ofEnding(name)?.begins;
  const start = head.toString('latin1');
  return begins === undefined || begins.some((text) => start.startsWith(text));
}

function ofEnding(name: string): Ending | undefined {
  const ending = endingOf(name);
  return Object.hasOwn(endings, ending) ? endings[ending] : undefined;
}
