import { marked, Marked } from "marked";

export const cases = {
  "headings and emphasis": () =>
    marked.parse("# One ä\n\n## Two\n\n*em* **strong** ~~gone~~ `code`\n\nSetext\n==="),
  lists: () => marked.parse("- a\n- b\n  1. one\n  2. two\n\n- [x] done\n- [ ] open\n\n3. three"),
  "links and pictures": () =>
    marked.parse(
      '[text](https://example.com "title") <https://auto.example> https://bare.example ![alt](a.png) [ref][r]\n\n[r]: /url "T"',
    ),
  code: () => marked.parse("```js\nconst a = '<b>';\n```\n\n    indented\n\n~~~\ntilde\n~~~"),
  tables: () => marked.parse("| a | b | c |\n|:--|:-:|--:|\n| 1 | `x|y` | **3** |"),
  "quotes and rules": () => marked.parse("> quote\n> > nested\n\n---\n\nline  \nbreak"),
  HTML: () => marked.parse("<div>\n\n*inside*\n\n</div>\n\ninline <b>html</b> &amp; &copy;"),
  escapes: () => marked.parse('\\*not em\\* 1\\. <script>alert(1)</script> "quotes" -- ...'),
  options: () => [
    new Marked({ breaks: true }).parse("a\nb"),
    new Marked({ gfm: false }).parse("~~x~~ https://a.b"),
    new Marked({ pedantic: true }).parse("*a*b*"),
  ],
  inline: () => marked.parseInline("**bold** and [link](x)"),
  "own renderer": () =>
    new Marked({
      renderer: {
        heading({ tokens, depth }) {
          return `<h${depth} class="own">${this.parser.parseInline(tokens)}</h${depth}>`;
        },
        link: ({ href, text }) => `[${text}→${href}]`,
      },
    }).parse("# A [b](c)"),
  extensions: () =>
    new Marked({
      extensions: [
        {
          name: "mention",
          level: "inline",
          start: (text) => text.indexOf("@"),
          tokenizer(text) {
            const match = /^@(\w+)/.exec(text);
            return match ? { type: "mention", raw: match[0], name: match[1] } : undefined;
          },
          renderer: ({ name }) => `<a>${name}</a>`,
        },
      ],
    }).parse("hi @zoe!"),
  "async walk": () =>
    new Marked({
      async: true,
      walkTokens: async (token) => {
        if (token.type === "text") await null;
      },
    }).parse("*a*"),
  tokens: () => marked.lexer("# a\n\n- b").map(({ type, raw }) => [type, raw]),
  hooks: () =>
    new Marked({
      hooks: { preprocess: (text) => text.toUpperCase(), postprocess: (html) => html.trim() },
    }).parse("abc"),
  refuses: () => marked.parse(undefined),
};
