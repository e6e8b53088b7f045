import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";

const xml = `<?xml version="1.0"?><!-- c --><shop xmlns:x="urn:x" open="true"><item id="1"><name>Tee &amp; Kräuter</name><price>3.50</price></item><item id="2"><name><![CDATA[<raw>]]></name><x:price>4</x:price></item><empty/></shop>`;

export const cases = {
  parses: () => new XMLParser().parse(xml),
  "parses attributes": () =>
    new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@_", parseAttributeValue: true }).parse(
      xml,
    ),
  "keeps the order": () => new XMLParser({ preserveOrder: true, ignoreAttributes: false }).parse(xml),
  "removes namespaces": () => new XMLParser({ removeNSPrefix: true }).parse(xml),
  "always arrays": () => new XMLParser({ isArray: (name) => name === "empty" }).parse(xml),
  "CDATA and comments apart": () =>
    new XMLParser({ cdataPropName: "__cdata", commentPropName: "#comment" }).parse(xml),
  "values as text": () => new XMLParser({ parseTagValue: false }).parse("<a><b>01</b><c>true</c></a>"),
  numbers: () =>
    new XMLParser({ numberParseOptions: { leadingZeros: true, hex: true } }).parse(
      "<a><b>0x1F</b><c>007</c><d>1e3</d><e>12345678901234567890</e></a>",
    ),
  processors: () =>
    new XMLParser({ tagValueProcessor: (name, value) => (name === "b" ? value.toUpperCase() : value) }).parse(
      "<a><b>x</b></a>",
    ),
  "stop nodes": () => new XMLParser({ stopNodes: ["a.b"] }).parse("<a><b><c>raw</c></b></a>"),
  entities: () =>
    new XMLParser({ htmlEntities: true, processEntities: true }).parse(
      '<!DOCTYPE a [<!ENTITY own "own text">]><a>&own; &lt; &copy; &#65;</a>',
    ),
  builds: () =>
    new XMLBuilder({ format: true, ignoreAttributes: false }).build({
      a: { "@_x": "1", b: ["1", 2, true], c: "<&>", d: "" },
    }),
  "builds in order": () =>
    new XMLBuilder({ preserveOrder: true, ignoreAttributes: false }).build([
      { a: [{ "#text": "x" }, { b: [] }], ":@": { "@_k": "v" } },
    ]),
  "builds CDATA": () =>
    new XMLBuilder({ cdataPropName: "__cdata", suppressEmptyNode: true }).build({
      a: { __cdata: "<x>", e: "" },
    }),
  "there and back": () => {
    const options = { ignoreAttributes: false };
    return new XMLBuilder(options).build(new XMLParser(options).parse(xml));
  },
  validates: () =>
    [xml, "<a><b></a>", "<a x=1></a>", "<a></a><b/>", ""].map((text) => XMLValidator.validate(text)),
};
