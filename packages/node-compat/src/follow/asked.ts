/** A module that the app asks for in a way that the bundler does not see as a `require`. */
export interface Asked {
  /** Absolute path of the module that asks, from which the other is found. */
  readonly importer: string;
  /** A name, a relative path or an absolute one, of the machine that builds. */
  readonly specifier: string;
  /** Whether the app may do without it: it is only one of those that a name may stand for. */
  readonly isGuess?: boolean;
}

export function askedKey({ importer, specifier }: Asked): string {
  return `${importer}\0${specifier}`;
}
