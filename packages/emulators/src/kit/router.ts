import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';

/** A route that was found, with the values of its `{...}` parts. */
export interface Found<T> {
  readonly route: T;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a method and a path. */
export interface PathRouter<T> {
  add(method: string, path: string, route: T): void;
  find(method: string, path: string): Found<T> | null;
}

/** A router over paths written as OpenAPI writes them (`/deals/{id}`); Hono's own routers do the matching. */
export function createPathRouter<T>(): PathRouter<T> {
  const router = new SmartRouter<T>({ routers: [new RegExpRouter<T>(), new TrieRouter<T>()] });
  // most requests go to paths without a part that varies: they are looked for once
  const fixed = new Map<string, Found<T>>();
  return {
    add(method, path, route) {
      router.add(
        method,
        path.replace(/\{([^}]+)\}/g, (_, name: string) => `:${name.replaceAll('-', '_')}`),
        route,
      );
    },
    find(method, path) {
      const name = `${method} ${path}`;
      const known = fixed.get(name);
      if (known !== undefined) return known;
      const [matches, stash] = router.match(method, path) as [
        [T, Record<string, number | string>][],
        string[] | undefined,
      ];
      const first = matches[0];
      if (!first) return null;
      const params: Record<string, string> = {};
      for (const [name, value] of Object.entries(first[1])) {
        const raw = typeof value === 'number' ? stash?.[value] : value;
        if (raw !== undefined) params[name] = decodeSegment(raw);
      }
      const found = { route: first[0], params };
      if (Object.keys(params).length === 0) fixed.set(name, found);
      return found;
    },
  };
}

function decodeSegment(raw: string): string {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
