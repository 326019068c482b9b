/** The word that the API has for a kind of file, by the extension. `img` is published, the others are inferred. */
export const FILE_TYPES: Readonly<Record<string, string>> = {
  gif: 'img',
  jpeg: 'img',
  jpg: 'img',
  png: 'img',
  webp: 'img',
  doc: 'doc',
  docx: 'doc',
  odt: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ods: 'xls',
  csv: 'csv',
  ppt: 'ppt',
  pptx: 'ppt',
  pdf: 'pdf',
  txt: 'txt',
  zip: 'zip',
};

/** Kinds of files that can be made in the other service. */
export const REMOTE_TYPES = ['gdoc', 'gslides', 'gsheet', 'gform', 'gdraw'] as const;
