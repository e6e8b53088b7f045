import type { Metafile, Plugin } from "esbuild";
import { moduleRanges } from "./reach/module-ranges.js";
import { SHIPPED } from "./reach/reach.js";

/** What decodes them; tables of a hundred kilobytes are behind it. */
const MODULE = /[\\/]modules[\\/]web[\\/]legacy-encodings\.js$/;

/** The labels that need none of it, which `modules/web/text-coding.ts` decodes itself. */
const OWN =
  /^(unicode-1-1-utf-8|unicode11utf8|unicode20utf8|utf-?8|x-unicode20utf8|csunicode|iso-10646-ucs-2|ucs-2|unicode|unicodefeff|utf-16(le|be)?|unicodefffe)$/i;

const CONSTRUCTION =
  /\bnew\s+(?:[\w$]+\s*\.\s*)*TextDecoder(?:Stream)?\d*\s*\(\s*(?:(["'`])([^"'`]*)\1\s*[,)]|(\)))?/g;
const LABEL =
  /["'`](866|ansi_x3\.4-1968|arabic|ascii|big5(-hkscs)?|chinese|cn-big5|cp\d{3,4}|cs(big5|euc\w+|gb2312|ibm866|iso\w+|koi8r|ksc\w+|macintosh|shiftjis)|cyrillic|dos-874|ecma-11[48]|elot_928|euc-(jp|kr)|gb18030|gb2312|gb_2312(-80)?|gbk|greek8?|hebrew|ibm\d+|iso[-_]?8859[-_]?\d+(:\d+)?(-[ei])?|iso88\d+|iso-2022-jp|iso-ir-\d+|koi8?([-_][ru])?|korean|ks[_c].*|l[1-69]|latin[1-6]|logical|mac(intosh)?|ms932|ms_kanji|shift[-_]jis|sjis|sun_eu_greek|tis-620|us-ascii|visual|windows-\d+|x-(cp125\d|euc-jp|gbk|mac-\w+|sjis|x-big5|user-defined))["'`]/i;

/**
 * Whether an app may decode text in an encoding that is not of Unicode: it makes a decoder of a label that is not
 * written there, or that is one of theirs.
 */
export function mayDecodeLegacy(code: string, { inputs }: Metafile): boolean {
  const ranges = moduleRanges(code, Object.keys(inputs), SHIPPED);
  const isOurs = (at: number): boolean => ranges.some(([start, end]) => at >= start && at < end);
  return (
    [...code.matchAll(CONSTRUCTION)].some(({ index, 2: label, 3: empty }) => {
      if (isOurs(index) || empty !== undefined) return false;
      return label === undefined || !OWN.test(label.trim());
    }) || namesOne(code, ranges)
  );
}

/** A label may also be handed to a decoder under another name, which the class then has besides where it is constructed. */
function namesOne(code: string, ranges: readonly (readonly [number, number])[]): boolean {
  let at = 0;
  let apps = "";
  for (const [start, end] of ranges) {
    apps += code.slice(at, start);
    at = end;
  }
  apps += code.slice(at);
  return /\bTextDecoder/.test(apps.replace(CONSTRUCTION, "")) && LABEL.test(apps);
}

/** esbuild plugin: a decoder knows the encodings of Unicode alone. */
export function withoutLegacyEncodings(): Plugin {
  return {
    name: "laconic-without-legacy-encodings",
    setup(build) {
      build.onLoad({ filter: MODULE }, () => ({ contents: "export const encodingOf = () => undefined;" }));
    },
  };
}
