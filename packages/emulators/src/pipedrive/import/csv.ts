/** A table read from a file; `line` counts from 1, the header's line included. */
export interface ImportTable {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** Reads a CSV text: comma, semicolon or tab, quotes as in RFC 4180. Rows without any text are left out. */
export function readCsv(text: string): ImportTable {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const [header, ...rows] = records(body, delimiterOf(body));
  return { header: header?.cells ?? [], rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) };
}

/** One CSV line; quoted where it must be. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const first = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, '');
  const count = (sign: string) => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Cells are trimmed, as the wizard does. */
function records(text: string, delimiter: string): { line: number; cells: string[] }[] {
  const found: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  let position = 0;
  const closeRecord = () => {
    if (cells.length > 1 || cells[0] !== '') found.push({ line: start, cells });
    cells = [];
    start = line;
  };
  while (position < text.length) {
    const cell = readCell(text, position, delimiter);
    cells.push(cell.text.trim());
    position = cell.end;
    line += cell.breaks;
    if (text[position] === delimiter) {
      position += 1;
      if (position === text.length) cells.push('');
      continue;
    }
    if (text.startsWith('\r\n', position)) position += 1;
    position += 1;
    line += 1;
    closeRecord();
  }
  if (cells.length > 0) closeRecord();
  return found;
}

interface Cell {
  readonly text: string;
  /** Where the sign behind the cell is. */
  readonly end: number;
  /** Line breaks inside the quotes. */
  readonly breaks: number;
}

function readCell(text: string, from: number, delimiter: string): Cell {
  if (text[from] !== '"') {
    let end = from;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return { text: text.slice(from, end), end, breaks: 0 };
  }
  let value = '';
  let position = from + 1;
  for (;;) {
    const quote = text.indexOf('"', position);
    if (quote < 0) {
      value += text.slice(position);
      position = text.length;
      break;
    }
    value += text.slice(position, quote);
    position = quote + 1;
    if (text[position] !== '"') break;
    value += '"';
    position += 1;
  }
  const breaks = value.split('\n').length - 1;
  // What stands between the closing quote and the delimiter belongs to the cell.
  const rest = text[position] === '"' ? { text: '', end: position } : readCell(text, position, delimiter);
  return { text: value + rest.text, end: rest.end, breaks };
}
