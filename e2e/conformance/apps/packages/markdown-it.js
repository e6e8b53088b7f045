import MarkdownIt from "markdown-it";

const md = new MarkdownIt({ html: true, linkify: true, typographer: true });

export const cases = {
  documents: () => md.render("# Title\n\nText with **bold**, _em_ and `code`.\n\n1. a\n2. b\n\n> quote"),
  typography: () => md.render("\"quotes\" 'single' (c) -- --- ... +-"),
  links: () => md.render("www.example.com https://ä.example/ü mail@example.com [x](javascript:alert(1))"),
  "tables and fences": () => md.render("|a|b|\n|-|-|\n|1|2|\n\n```js\nx < y\n```"),
  presets: () => [
    new MarkdownIt("commonmark").render("~~x~~ www.a.b"),
    new MarkdownIt("zero").render("**x**"),
  ],
  inline: () => md.renderInline("a **b**"),
  highlight: () =>
    new MarkdownIt({ highlight: (text, lang) => `<i>${lang}:${text.length}</i>` }).render("```ts\nabc\n```"),
  rules: () => {
    const own = new MarkdownIt();
    own.renderer.rules.strong_open = () => "<B>";
    own.disable("emphasis");
    return own.render("**a** *b*");
  },
  plugins: () =>
    new MarkdownIt()
      .use((own) =>
        own.core.ruler.push("shout", ({ tokens }) =>
          tokens.forEach((token) =>
            (token.children ?? []).forEach((child) => (child.content = child.content.toUpperCase())),
          ),
        ),
      )
      .render("shout"),
  tokens: () => md.parse("# a", {}).map(({ type, tag, nesting }) => [type, tag, nesting]),
  environment: () => {
    const env = {};
    md.render("[a]\n\n[a]: /x", env);
    return env;
  },
  "entities and unicode": () => md.render("&amp; &nbsp; &#x1F600; 🎉 \u0000"),
};
