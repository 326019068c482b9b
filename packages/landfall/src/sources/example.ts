/** How a workspace is begun with a source: data for `landfall init`. */
export interface SourceExample {
  /** YAML below `source:` and `system:`, each line indented by two spaces, with comments for people. */
  readonly settings: string;
  /** Folders to be made, from the workspace. */
  readonly folders: readonly string[];
}
