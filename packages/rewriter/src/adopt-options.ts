/** What `adopt` cannot read from the code. */
export interface AdoptOptions {
  /** Name of the service. Default: the file's name. */
  readonly service?: string;
  readonly description?: string;
}
