import Handlebars from "handlebars";

const render = (text, context, options) => Handlebars.compile(text)(context, options);

export const cases = {
  values: () => render("{{a}} {{b.c}} {{{raw}}} {{missing}}|", { a: "<ä>", b: { c: 1 }, raw: "<b>" }),
  each: () =>
    render("{{#each list}}{{@index}}:{{this}}{{#unless @last}},{{/unless}}{{else}}none{{/each}}", {
      list: ["a", "b"],
    }),
  "each of an object": () =>
    render("{{#each o as |value key|}}{{key}}={{value}};{{/each}}", { o: { x: 1, y: 2 } }),
  "if, else if": () => render("{{#if a}}A{{else if b}}B{{else}}C{{/if}}", { b: true }),
  "with and lookup": () =>
    render("{{#with user}}{{name}} {{lookup ../map key}}{{/with}}", {
      user: { name: "z", key: "k" },
      map: { k: "v" },
    }),
  helpers: () => {
    Handlebars.registerHelper("shout", (text, { hash }) => text.toUpperCase() + (hash.mark ?? "!"));
    Handlebars.registerHelper(
      "list",
      (items, options) => `<ul>${items.map((item) => `<li>${options.fn(item)}</li>`).join("")}</ul>`,
    );
    return render('{{shout name mark="?"}}{{#list items}}{{n}}{{/list}}', {
      name: "zoë",
      items: [{ n: 1 }, { n: 2 }],
    });
  },
  partials: () => {
    Handlebars.registerPartial("row", "<{{x}}{{y}}>");
    return render(
      "{{> row y=2}}{{#> missing}}fallback{{/missing}}{{#*inline 'own'}}inline {{x}}{{/inline}}{{> own}}",
      { x: 1 },
    );
  },
  "dynamic partials and blocks": () => {
    Handlebars.registerPartial("layout", "[{{> @partial-block}}]");
    return render("{{#> layout}}inside{{/layout}}{{> (lookup . 'which')}}", { which: "row", x: 5 });
  },
  "subexpressions and literals": () => {
    Handlebars.registerHelper("add", (a, b) => a + b);
    return render('{{add 1 (add 2 3)}} {{add "a" "b"}} {{#if (add 0 0)}}no{{else}}zero{{/if}}', {});
  },
  "white space": () => render("a \n  {{~#if x~}} \n b \n {{~/if~}} \n c", { x: 1 }),
  "comments and escapes": () =>
    render(
      "{{! no }}{{!-- no }} --}}\\{{raw}} {{{{raw}}}} {{x}} {{{{/raw}}}}",
      {},
      { helpers: { raw: (options) => options.fn() } },
    ),
  "safe strings": () => [
    render("{{x}}", { x: new Handlebars.SafeString("<b>") }),
    Handlebars.escapeExpression("<&\"'`=>"),
    Handlebars.Utils.isEmpty([]),
  ],
  "data and depth": () =>
    render("{{#each a}}{{#each b}}{{@../index}}{{@root.r}}{{../n}}{{/each}}{{/each}}", {
      r: "R",
      a: [{ n: 1, b: [1, 2] }],
    }),
  precompiles: () => {
    const text = Handlebars.precompile("{{a}} and {{#if b}}c{{/if}}");
    return [typeof text, text.includes("compiler")];
  },
  "prototype access": () => render("{{constructor.name}}{{x.toString}}", { x: {} }),
  "a syntax error": () => {
    try {
      return render("{{#if}}", {});
    } catch (error) {
      return error.message.split("\n")[0];
    }
  },
  "a missing helper": () => render("{{nope 1}}", {}),
  strict: () => Handlebars.compile("{{missing}}", { strict: true })({}),
  parses: () => Handlebars.parse("a {{b}}").body.map(({ type }) => type),
};
