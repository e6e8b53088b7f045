/** What `adopt` cannot read from the code. */
export interface AdoptOptions {
  /** Name of the service. Default: the file's name. */
  readonly service?: string;
  readonly description?: string;
  /** Whether a file that exports an HTTP app, and starts no server, is an entry of its own. Default: true. */
  readonly exportedApps?: boolean;
}
