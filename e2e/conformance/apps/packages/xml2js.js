import { Builder, Parser, parseStringPromise, parseString, processors } from "xml2js";

const xml = `<?xml version="1.0"?><shop open="true"><item id="1"><name>Tee &amp; Kräuter</name></item><item id="2"><name><![CDATA[<raw>]]></name></item><empty/></shop>`;

export const cases = {
  parses: () => parseStringPromise(xml),
  "without arrays": () => parseStringPromise(xml, { explicitArray: false }),
  "merges attributes": () => parseStringPromise(xml, { mergeAttrs: true, explicitRoot: false }),
  processors: () =>
    parseStringPromise("<A><B-C x='5'>true</B-C></A>", {
      tagNameProcessors: [processors.normalize],
      valueProcessors: [processors.parseBooleans],
      attrValueProcessors: [processors.parseNumbers],
    }),
  "children in order": () =>
    parseStringPromise("<a><b/>x<c/></a>", {
      explicitChildren: true,
      preserveChildrenOrder: true,
      charsAsChildren: true,
    }),
  "with a callback": () =>
    new Promise((resolve) => parseString("<a>1</a>", (error, result) => resolve([error, result]))),
  namespaces: () => parseStringPromise("<x:a xmlns:x='urn:x' x:k='v'/>", { xmlns: true }),
  "errors name the place": () => parseStringPromise("<a><b></a>"),
  "empty text": () => parseStringPromise(""),
  builds: () =>
    new Builder({ xmldec: { version: "1.0", encoding: "UTF-8" } }).buildObject({
      a: { $: { x: "1" }, b: ["1", { _: "text", $: { k: "v" } }], c: "<&>" },
    }),
  "builds CDATA": () =>
    new Builder({ cdata: true, headless: true, renderOpts: { pretty: false } }).buildObject({ a: "<x> & y" }),
  "reuses a parser": async () => {
    const parser = new Parser({ trim: true });
    return [await parser.parseStringPromise("<a> x </a>"), await parser.parseStringPromise("<b/>")];
  },
};
