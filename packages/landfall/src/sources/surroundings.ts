/** Small texts a source remembers between runs: learned limits, what a probe found out. Never a secret, never a record. */
export interface Keep {
  /** null: nothing is kept under this name. */
  read(name: string): string | null;
  /** In place of what was kept; there before this returns. */
  write(name: string, text: string): void;
}

/** What a source is given besides its own settings and the ports. */
export interface SourceSurroundings {
  /** The workspace: relative paths in the settings are taken from here. */
  readonly directory: string;
  /**
   * The secret a setting stands for: itself, or the environment variable of `{ env: NAME }`. `at` names the setting
   * for people (`source.auth.clientSecret`). Throws `secret-missing` when the variable is not set and
   * `configuration-wrong` when the setting is neither; never with a value.
   */
  secret(setting: unknown, at: string): string;
  readonly keep: Keep;
  /** As `keep`, sealed: what a sign-in hands out and changes (refresh tokens). */
  readonly vault: Keep;
}
