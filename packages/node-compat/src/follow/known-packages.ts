import { join } from "node:path";
import { ANY } from "./possible-names.js";

/** A package that requires what its user chooses, by a name or a path that it computes. */
interface KnownPackage {
  /** The file that requires. */
  readonly file: RegExp;
  /** The packages that it may require, of those that the project depends on. */
  readonly packages?: readonly string[];
  /** The project's own files that it may require: a path, with {@link ANY} for what is not known. */
  readonly files?: string;
}

const KNOWN: readonly KnownPackage[] = [
  // A view engine has the name of its files' extension.
  {
    file: /\/express\/lib\/view\.js$/,
    packages: ["ejs", "pug", "hbs", "jade", "hjs", "twig", "vash", "dust", "haml", "eta"],
  },
  {
    file: /\/sequelize\/lib\/dialects\/abstract\/connection-manager\.js$/,
    packages: ["pg", "mysql2", "mariadb", "sqlite3", "tedious", "oracledb", "snowflake-sdk", "ibm_db"],
  },
  { file: /\/config\/parser\.js$/, files: `config/${ANY}` },
];

/** What a file of a known package may require; undefined for every other file. */
export function requiredByKnown(
  file: string,
  root: string,
  dependencies: ReadonlySet<string>,
): { readonly packages: readonly string[]; readonly files: string | undefined } | undefined {
  const known = KNOWN.find((one) => one.file.test(file));
  return (
    known && {
      packages: (known.packages ?? []).filter((name) => dependencies.has(name)),
      files: known.files === undefined ? undefined : join(root, known.files),
    }
  );
}
