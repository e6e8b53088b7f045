// The text of THIRD-PARTY-NOTICES.txt.

/**
 * @typedef {object} Component
 * @property {string} name as its registry or its authors name it
 * @property {string} version
 * @property {string} license SPDX expression
 * @property {string} source where it comes from, an address
 * @property {readonly string[]} texts of its licences
 * @property {string} [purl] its address in a registry, when it comes from one
 */

const LINE = "-".repeat(100);

/**
 * Each component with its licence, then each text once. The same components give the same bytes.
 *
 * @param {string} name of the package that holds them
 * @param {readonly Component[]} components
 */
export function noticesText(name, components) {
  const sorted = [...components].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
  if (sorted.length === 0)
    return `Third-party notices of ${name}\n\nThis package contains no third-party software.\n`;
  const users = new Map();
  for (const component of sorted) {
    for (const text of component.texts) users.set(text, [...(users.get(text) ?? []), component]);
  }
  const numbers = new Map([...users.keys()].map((text, index) => [text, index + 1]));
  const contents = sorted.map(
    (each) =>
      `${title(each)}\n  License: ${each.license}\n  Source:  ${each.source}\n  Texts:   ${each.texts.map((text) => numbers.get(text)).join(", ")}\n`,
  );
  const texts = [...users].map(
    ([text, of]) => `${LINE}\nText ${numbers.get(text)}: ${of.map(title).join(", ")}\n${LINE}\n\n${text}\n`,
  );
  return [
    `Third-party notices of ${name}\n`,
    "This package contains the software below. Each is listed with its licence and the numbers of the texts that follow.\n",
    ...contents,
    ...texts,
  ].join("\n");
}

const title = ({ name, version }) => `${name} ${version}`;
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
