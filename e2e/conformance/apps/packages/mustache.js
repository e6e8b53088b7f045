import Mustache from "mustache";

export const cases = {
  values: () => Mustache.render("{{a}} {{{a}}} {{&a}} {{b.c}} {{none}}", { a: "<ä>", b: { c: 1 } }),
  sections: () =>
    Mustache.render("{{#list}}({{n}}){{/list}}{{^empty}}none{{/empty}}{{#yes}}yes{{/yes}}", {
      list: [{ n: 1 }, { n: 2 }],
      empty: [],
      yes: true,
    }),
  "implicit iterators": () => Mustache.render("{{#l}}{{.}},{{/l}}", { l: ["a", "b"] }),
  functions: () =>
    Mustache.render("{{#bold}}hi {{name}}{{/bold}}{{twice}}", {
      name: "z",
      bold: () => (text, render) => `<b>${render(text)}</b>`,
      twice() {
        return this.name + this.name;
      },
    }),
  partials: () =>
    Mustache.render("{{>row}}{{#list}}{{>row}}{{/list}}", { x: 0, list: [{ x: 1 }] }, { row: "<{{x}}>" }),
  delimiters: () => Mustache.render("{{=<% %>=}}<% a %> {{a}}", { a: 1 }),
  "comments and white space": () => Mustache.render("a\n{{! no }}\n  {{#x}}\n  b\n  {{/x}}\nc", { x: true }),
  "own escape": () => Mustache.render("{{a}}", { a: "<" }, {}, { escape: (text) => `!${text}` }),
  parses: () => Mustache.parse("a {{b}}"),
  unclosed: () => Mustache.render("{{#a}}", {}),
  "dotted sections": () => Mustache.render("{{#a.b}}{{c}}{{/a.b}}", { a: { b: { c: 1 } }, c: 2 }),
};
