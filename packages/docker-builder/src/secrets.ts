/**
 * What makes a variable a secret: a word of its name. The rule is simple so that it can be kept in mind;
 * a secret under an innocent name is not seen, and one that is no secret loses nothing but its line in a log.
 */
const SECRET_NAME =
  /(^|_)(AUTH|AUTHORIZATION|CERT|COOKIE|CREDENTIALS?|DSN|KEY|PASS|PASSPHRASE|PASSWD|PASSWORD|PIN|PRIVATE|PWD|SALT|SECRETS?|SESSION|SIGNATURE|TOKENS?)(_|$)|(KEY|TOKEN|SECRET|PASSWORD)$/i;

/** Credentials in an address, whatever the variable is called: `https://user:password@host`. */
const PASSWORD_IN_URL = /:\/\/[^/\s:@]*:([^@\s/]+)@/g;

/** Shorter values would blot out half of a log: a secret of three letters is none. */
const SHORTEST = 4;

export const MASK = "***";

/**
 * Hides the values of secret variables in text that is shown to somebody.
 *
 * @param env the variables that a build was given
 * @returns what to put every line of output through
 */
export function masking(env: Readonly<Record<string, string>>): (text: string) => string {
  const secrets = Object.entries(env)
    .flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value, ...value.split("\n")] : passwordsIn(value)))
    .filter((secret) => secret.trim().length >= SHORTEST)
    // The longest first, so that no part of it is left beside a shorter one's mask.
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

function passwordsIn(value: string): string[] {
  return [...value.matchAll(PASSWORD_IN_URL)].map(([, password]) => password!);
}

/** The variables that a build hands on to its steps: those meant for Laconic. */
export function handedOn(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[0].startsWith("LACONIC_") && entry[1] !== undefined,
    ),
  );
}
