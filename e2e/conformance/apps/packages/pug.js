import pug from "pug";

export const cases = {
  tags: () =>
    pug.render(
      'doctype html\nhtml\n  head\n    title= title\n  body#b.c(data-x="1")\n    p Hello #{name} !{raw}\n    br',
      { title: "T", name: "<ä>", raw: "<b>" },
    ),
  "loops and conditions": () =>
    pug.render(
      "each x, i in list\n  li= i + ':' + x\nelse\n  p none\nif list.length > 1\n  p many\nelse if list.length\n  p one\nunless list\n  p no",
      { list: ["a", "b"] },
    ),
  mixins: () =>
    pug.render(
      "mixin pet(name)\n  li.pet(class!=attributes.class)= name\n    if block\n      block\nul\n  +pet('cat').x\n  +pet('dog') inner",
    ),
  "case and while": () =>
    pug.render(
      "- let n = 0\nwhile n < 3\n  i= n++\ncase 2\n  when 1\n    p one\n  when 2\n    p two\n  default\n    p other",
    ),
  attributes: () =>
    pug.render(
      "a(href='/x?a=1&b=2', class=['a', { b: true, c: false }], style={ color: 'red' }, checked, disabled=false)&attributes({ 'data-z': 'z' })",
    ),
  pretty: () => pug.render("div\n  p a\n  p b", { pretty: true }),
  "text blocks": () => pug.render("p\n  | one\n  | two\nscript.\n  var a = '<';\n// shown\n//- hidden"),
  compiles: () => pug.compile("p= a")({ a: 5 }),
  filters: () => pug.render(":up\n  shout", { filters: { up: (text) => text.toUpperCase() } }),
  "a syntax error": () => {
    try {
      return pug.render("p(\n");
    } catch (error) {
      return [error.code, error.msg, error.line];
    }
  },
  "a runtime error": () => {
    try {
      return pug.render("p= a.b.c", { a: {} });
    } catch (error) {
      return error.name;
    }
  },
};
