import Papa from "papaparse";

const text = 'id,name,ok\n1,Zoë,true\n2,"Bob, ""jr""",false\n';
export const cases = {
  rows: () => Papa.parse(text).data,
  "header and types": () => Papa.parse(text, { header: true, dynamicTyping: true, skipEmptyLines: true }),
  "guesses the delimiter": () =>
    ["a;b\n1;2", "a\tb\n1\t2", "a|b\n1|2"].map((csv) => Papa.parse(csv).meta.delimiter),
  errors: () => Papa.parse('a,b\n1,2,3\n"x', { header: true }).errors,
  steps: () => {
    const rows = [];
    Papa.parse(text, { header: true, step: ({ data }) => rows.push(data) });
    return rows;
  },
  "preview and comments": () => Papa.parse("#c\na,b\n1,2\n3,4", { comments: "#", preview: 2 }).data,
  transforms: () =>
    Papa.parse("A,B\n x , y ", {
      header: true,
      transformHeader: (h) => h.toLowerCase(),
      transform: (v) => v.trim(),
    }).data,
  unparses: () => [
    Papa.unparse([
      { a: 1, b: "x,y" },
      { a: null, b: 'q"' },
    ]),
    Papa.unparse({ fields: ["x", "y"], data: [[1, 2]] }),
    Papa.unparse([["=1"]], { escapeFormulae: true, quotes: true, newline: "\n" }),
  ],
  streams: async () => {
    const stream = Papa.parse(Papa.NODE_STREAM_INPUT, { header: true });
    const rows = [];
    stream.on("data", (row) => rows.push(row));
    stream.write("a,b\n1,");
    stream.end("2\n");
    await new Promise((resolve) => stream.on("end", resolve));
    return rows;
  },
  "skips broken lines": () => Papa.parse("a,b\n\n , \n1,2", { skipEmptyLines: "greedy" }).data,
};
