import { parse as parseStream } from "csv-parse";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { stringify as stringifyStream } from "csv-stringify";

const text = 'id,name,note\n1,Zoë,"says ""hi"", twice"\n2,Bob,"two\nlines"\n3,,\n';
const collect = async (stream) => {
  const out = [];
  for await (const record of stream) out.push(record);
  return out;
};

export const cases = {
  rows: () => parse(text),
  columns: () => parse(text, { columns: true }),
  casts: () => parse("a,b\n1,true\n2.5,x\n", { columns: true, cast: true }),
  "own casts": () =>
    parse("a;b\n1;2", {
      delimiter: ";",
      columns: (header) => header.map((h) => h.toUpperCase()),
      cast: (value, { header, column }) => (header ? value : `${column}:${value}`),
    }),
  "trims, skips, comments": () =>
    parse(" a , b \n# no\n\n1 , 2\n", { trim: true, skip_empty_lines: true, comment: "#" }),
  "from, to, info": () =>
    parse(text, { from: 2, to: 3, info: true }).map(({ info, record }) => [info.lines, info.records, record]),
  relaxed: () => parse('a,b\n1\n2,3,4\n"x"y,z\n', { relax_column_count: true, relax_quotes: true }),
  "refuses uneven rows": () => parse("a,b\n1,2,3\n"),
  "refuses open quotes": () => parse('a,"b\n'),
  "BOM and other delimiters": () =>
    parse("\ufeffa\tb\r\n1\t2\r\n", { bom: true, delimiter: "\t", columns: true }),
  encodings: () => parse(Buffer.from("a,b\né,ü", "utf16le"), { encoding: "utf16le" }),
  streams: async () => {
    const parser = parseStream({ columns: true });
    parser.write("a,b\n1,");
    parser.write("2\n3,4");
    parser.end("\n");
    return collect(parser);
  },
  "streams errors": async () => collect(parseStream("a,b\n1")).catch((error) => [error.code, error.message]),
  callback: () =>
    new Promise((resolve, reject) =>
      parseStream(text, { columns: true }, (error, rows, info) =>
        error ? reject(error) : resolve([rows, info.records]),
      ),
    ),
  stringifies: () =>
    stringify(
      [
        { a: 1, b: 'say "x"' },
        { a: "two\nlines", b: null },
      ],
      { header: true },
    ),
  "stringifies with options": () =>
    stringify([["a", 1, true, new Date(0)]], {
      delimiter: ";",
      quoted_string: true,
      cast: { date: (d) => d.toISOString(), boolean: (b) => (b ? "yes" : "no") },
    }),
  "stringifies a stream": async () => {
    const writer = stringifyStream({ header: true, columns: ["x", "y"] });
    writer.write([1, 2]);
    writer.end([3, 4]);
    return (await collect(writer)).map(String).join("");
  },
  "guards against formulas": () => stringify([["=1+1", "+2"]], { escape_formulas: true }),
};
