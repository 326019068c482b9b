import type { Address, ContactPoint, DraftField, Effect, Link, TargetValue } from '../model/target.ts';
import { composeAddress } from './address-text.ts';
import { type BlockLine, renderBlock } from './block.ts';
import type { CompiledRow } from './compile.ts';
import { isBlank, isNothing } from './source-text.ts';
import { strongest, textsOf, type Value } from './transform.ts';

interface Body {
  readonly lines: BlockLine[];
  effect: Effect;
  readonly row: number;
}

/** A draft on its way: fields as far as rows have set them, lines of blocks, links. */
export class DraftInWork {
  readonly fields: Record<string, DraftField> = {};
  readonly links: Link[] = [];
  private bodies: Map<string, Body> | null = null;
  private addressParts = 0;

  /** Whether a row has nothing to add: its field is set already, as a whole or in this part. */
  isTaken(row: CompiledRow): boolean {
    const known = this.fields[row.field];
    if (row.link !== null) return this.links.some((link) => link.field === row.field);
    if (known === undefined || row.place.kind === 'contact' || row.place.kind === 'block') return false;
    if (row.place.kind === 'whole') return true;
    return isAddress(known.value) && known.value[row.place.part] !== undefined;
  }

  /** Puts a value where its row says. */
  put(row: CompiledRow, value: Value, effect: Effect): void {
    switch (row.place.kind) {
      case 'contact':
        this.addContacts(row, textsOf(value), row.place.label, effect);
        break;
      case 'addressPart':
        this.addAddressPart(row, textsOf(value).join(' '), effect);
        break;
      case 'block':
        this.addLine(row, row.place.label, value, effect);
        break;
      case 'whole':
        this.fields[row.field] = { value: value as TargetValue, effect, row: row.index };
    }
  }

  private addContacts(row: CompiledRow, texts: readonly string[], label: string, effect: Effect): void {
    const known = this.fields[row.field];
    const points = known === undefined ? [] : [...(known.value as readonly ContactPoint[])];
    for (const value of texts) {
      const isThere = points.some((point) => point.value.toLowerCase() === value.toLowerCase());
      if (value !== '' && !isThere) points.push({ value, label, primary: points.length === 0 });
    }
    this.fields[row.field] = {
      value: points,
      effect: strongest(known?.effect, effect),
      row: known?.row ?? row.index,
    };
  }

  private addAddressPart(row: CompiledRow, text: string, effect: Effect): void {
    if (row.place.kind !== 'addressPart') return;
    const known = this.fields[row.field];
    this.addressParts += 1;
    const parts = known !== undefined && isAddress(known.value) ? known.value : undefined;
    this.fields[row.field] = {
      value: { value: '', ...parts, [row.place.part]: text },
      effect: strongest(known?.effect, effect),
      row: known?.row ?? row.index,
    };
  }

  private addLine(row: CompiledRow, label: string, value: Value, effect: Effect): void {
    this.bodies ??= new Map();
    const body = this.bodies.get(row.field) ?? { lines: [], effect: 'normalised', row: row.index };
    body.lines.push({ label, value: lineText(value) });
    body.effect = strongest(body.effect, effect);
    this.bodies.set(row.field, body);
  }

  /** Composes addresses and puts blocks on top of their bodies. Call once, after the last row. */
  finish(): void {
    if (this.addressParts > 0) this.composeLines();
    if (this.bodies !== null) for (const [name, body] of this.bodies) this.putBlock(name, body);
  }

  /** The fields that hold a block, with the length of the whole. Needs `finish`. */
  blockLengths(): readonly { readonly field: string; readonly length: number }[] {
    if (this.bodies === null) return [];
    return [...this.bodies.keys()].map((field) => ({ field, length: this.textsOf(field).join('').length }));
  }

  private composeLines(): void {
    for (const [name, field] of Object.entries(this.fields)) {
      if (!isAddress(field.value) || field.value.value !== '') continue;
      const { value: _line, ...parts } = field.value;
      this.fields[name] = {
        ...field,
        value: composeAddress(parts),
        effect: strongest(field.effect, 'normalised'),
      };
    }
  }

  /** Whether no row has given a value. */
  isBare(): boolean {
    for (const _name in this.fields) return false;
    return true;
  }

  private putBlock(name: string, body: Body): void {
    const block = renderBlock(body.lines);
    if (block === '') return;
    const known = this.fields[name];
    const rest = typeof known?.value === 'string' ? known.value : '';
    this.fields[name] = {
      value: block + rest,
      effect: strongest(known?.effect, body.effect),
      row: known?.row ?? body.row,
    };
  }

  /** The texts of a field set so far, for conditions and titles. */
  readonly textsOf = (name: string): readonly string[] => {
    const value = this.fields[name]?.value;
    if (value === undefined) return [];
    if (typeof value === 'string') return isBlank(value) ? [] : [value];
    const texts =
      typeof value === 'object' && !Array.isArray(value) ? Object.values(value) : partTexts(value);
    return texts.filter((text) => !isNothing(text));
  };
}

function partTexts(value: TargetValue): readonly string[] {
  if (!Array.isArray(value)) return [String(value)];
  return value.map((item: string | object) =>
    typeof item === 'string' ? item : String(Object.values(item)[0]),
  );
}

function isAddress(value: TargetValue): value is Address {
  return typeof value === 'object' && 'value' in value;
}

/** A value as one line of a block. */
function lineText(value: Value): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return value;
  if (value === null) return '';
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  const texts = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part)));
  return texts.filter((text) => !isBlank(text)).join(', ');
}
