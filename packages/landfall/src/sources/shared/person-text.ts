/** A person as owner fields hold one: `Name <address>`, or what there is of it. */
export function personText(name: string, address: string): string {
  if (address === '') return name;
  return name === '' ? address : `${name} <${address}>`;
}
