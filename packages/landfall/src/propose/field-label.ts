import type { SourceField } from '../model/source.ts';

/** How people of the source call a field: its label, else its name; on one line. */
export function labelOf({ label, name }: SourceField): string {
  return (label ?? name).replace(/\s+/g, ' ').trim() || name;
}

/** A field for people who may know it by either: `"Plan" (new_plan)`. */
export function fieldInWords(field: SourceField): string {
  const label = labelOf(field);
  return label === field.name ? `"${field.name}"` : `"${label}" (${field.name})`;
}
