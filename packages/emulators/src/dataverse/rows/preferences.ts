/** What a client prefers, as it said in `Prefer`. */
export interface Preferences {
  /** Patterns of annotations (`*`, `Microsoft.Dynamics.CRM.*`); null: none are wanted. */
  readonly annotations: readonly string[] | null;
  /** Which annotations of values are wanted. */
  readonly asked: { readonly formatted: boolean; readonly navigation: boolean; readonly lookup: boolean };
  /** The wanted size of a page; null: none was said. */
  readonly pageSize: number | null;
  readonly trackChanges: boolean;
  readonly continueOnError: boolean;
  readonly representation: boolean;
}

/** Reads `Prefer`: several preferences, comma-joined or from repeated headers. What is unknown is passed over. */
export function parsePrefer(header: string | null): Preferences {
  const given = new Map<string, string>();
  for (const [, name = '', quoted, bare] of (header ?? '').matchAll(
    /([\w.-]+)(?:\s*=\s*(?:"([^"]*)"|([^,;\s]*)))?/g,
  ))
    given.set(name.toLowerCase(), quoted ?? bare ?? '');
  const pageSize = Number(given.get('odata.maxpagesize') ?? Number.NaN);
  const list = given.get('odata.include-annotations')?.split(',');
  const annotations = list?.map((each) => each.trim()) ?? null;
  return {
    annotations,
    asked: {
      formatted: isWanted(annotations, TERMS.formatted),
      navigation: isWanted(annotations, TERMS.navigation),
      lookup: isWanted(annotations, TERMS.lookup),
    },
    pageSize: Number.isInteger(pageSize) && pageSize > 0 ? pageSize : null,
    trackChanges: given.has('odata.track-changes'),
    continueOnError: given.has('odata.continue-on-error'),
    representation: given.get('return') === 'representation',
  };
}

/** What `Preference-Applied` says; null: nothing was applied. */
export function appliedPreferences(preferences: Preferences): string | null {
  const { annotations, pageSize, trackChanges, representation } = preferences;
  const applied = [
    ...(annotations === null ? [] : [`odata.include-annotations="${annotations.join(',')}"`]),
    ...(pageSize === null ? [] : [`odata.maxpagesize=${pageSize}`]),
    ...(trackChanges ? ['odata.track-changes'] : []),
    ...(representation ? ['return=representation'] : []),
  ];
  return applied.length === 0 ? null : applied.join(',');
}

/** Whether an annotation is wanted: the patterns may end in a star, and a minus takes back. */
export function wants({ annotations }: Preferences, term: string): boolean {
  return isWanted(annotations, term);
}

function isWanted(annotations: Preferences['annotations'], term: string): boolean {
  if (annotations === null) return false;
  let wanted = false;
  for (const pattern of annotations) {
    const takes = pattern.startsWith('-');
    if (fits(takes ? pattern.slice(1) : pattern, term)) wanted = !takes;
  }
  return wanted;
}

function fits(pattern: string, term: string): boolean {
  return pattern.endsWith('*') ? term.startsWith(pattern.slice(0, -1)) : pattern === term;
}

/** The annotations this API has. */
export const TERMS = {
  formatted: 'OData.Community.Display.V1.FormattedValue',
  navigation: 'Microsoft.Dynamics.CRM.associatednavigationproperty',
  lookup: 'Microsoft.Dynamics.CRM.lookuplogicalname',
  total: 'Microsoft.Dynamics.CRM.totalrecordcount',
  totalExceeded: 'Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded',
  metadataVersion: 'Microsoft.Dynamics.CRM.globalmetadataversion',
  fetchCookie: 'Microsoft.Dynamics.CRM.fetchxmlpagingcookie',
  more: 'Microsoft.Dynamics.CRM.morerecords',
} as const;
