import ejs from "ejs";

export const cases = {
  escapes: () => ejs.render("<%= a %> <%- a %> <%# no %>|", { a: "<ä>" }),
  loops: () => ejs.render("<% for (const x of list) { %>[<%= x %>]<% } %>", { list: [1, 2] }),
  "white space": () => ejs.render("a\n<%_ if (true) { -%>\nb\n<%_ } -%>\nc"),
  delimiters: () =>
    ejs.render("[?= a ?]", { a: 1 }, { delimiter: "?", openDelimiter: "[", closeDelimiter: "]" }),
  compiles: () => {
    const template = ejs.compile("<%= a + b %>");
    return [template({ a: 1, b: 2 }), template({ a: "x", b: "y" })];
  },
  async: () => ejs.render("<%= await later %>", { later: Promise.resolve("later") }, { async: true }),
  includes: () =>
    ejs.render("<%- include('part', { x: 5 }) %>", {}, { includer: () => ({ template: "part <%= x %>" }) }),
  "own escape": () => ejs.render("<%= a %>", { a: "x" }, { escape: (text) => `{${text}}` }),
  "a missing name": () => {
    try {
      return ejs.render("one\n<%= nope %>");
    } catch (error) {
      return [error.name, error.message.split("\n").at(-1)];
    }
  },
  "a syntax error": () => {
    try {
      return ejs.render("<% if ( %>");
    } catch (error) {
      return error.name;
    }
  },
  "strict and client": () => [
    ejs.render("<%= locals.a %>", { a: 1 }, { strict: true }),
    ejs.compile("<%= a %>", { client: true })({ a: 2 }),
  ],
  "literal tags": () => ejs.render("<%% x %%>"),
};
