import path from "node:path";
import querystring from "node:querystring";
import url from "node:url";
import { attempt, generator } from "./attempt.mjs";

const PIECES = [
  "",
  ".",
  "..",
  "a",
  "b.txt",
  "/",
  "//",
  "\\",
  "C:",
  "c:\\",
  ".hidden",
  "a.b.c",
  "a/",
  "/x//y",
  "..\\z",
  "ü",
  " ",
  "\\\\server\\share",
];

function paths(log) {
  const random = generator(3);
  for (const flavour of ["posix", "win32"]) {
    const p = path[flavour];
    for (let round = 0; round < 1500; round++) {
      const parts = Array.from({ length: 1 + random.below(4) }, () => PIECES[random.below(PIECES.length)]);
      const joined = parts.join(random.below(2) ? "/" : "");
      if (flavour === "win32" && /[\\/]{2}/.test(joined)) continue;
      log(
        `${flavour} ${JSON.stringify(parts)} ${joined}`,
        attempt(() => p.join(...parts)),
        attempt(() => p.normalize(joined)),
        attempt(() => p.dirname(joined)),
        attempt(() => p.basename(joined)),
        attempt(() => p.extname(joined)),
        attempt(() => p.parse(joined)),
        attempt(() => p.isAbsolute(joined)),
      );
      if (flavour === "posix")
        log(
          "resolve",
          attempt(() => p.resolve("/base", ...parts)),
          attempt(() => p.relative("/base/x", `/base/${joined}`)),
        );
    }
    log(
      flavour,
      p.sep,
      p.delimiter,
      attempt(() => p.join(5)),
      attempt(() => p.basename("a.txt", ".txt")),
      attempt(() => p.basename("a", "a")),
      attempt(() => p.format({ dir: "d", name: "n", ext: "e" })),
      attempt(() => p.format({ root: "/", base: "b" })),
      attempt(() => p.format(null)),
      Object.keys(p).sort().join(),
    );
  }
  log("same", path === path.posix, path.posix.win32 === path.win32);
}

const URLS = [
  ..."http://user:pa%20ss@Host.com:8080/p/a/t/h?query=string#hash|/path?x=1&y=2|//host/path|mailto:a@b.c|javascript:alert('x')|http://a.com:80|HTTP://EXAMPLE.com|http:/a|http:a|a/b|?x|#y|http://[::1]:3000/x|file:///etc/passwd|http://a.com/b c|http://x.y.com+a/b/c|git+http://user:pass@ex.com:80/f|ws://x/y|xmpp:user@host.com|svn+ssh://foo/bar".split(
    "|",
  ),
  ...[
    "http://a@b@c/",
    "http://a@b?@c",
    "  http://sp.com  ",
    "http://x.com/a?b=c d",
    'http://x.com/"quoted"',
    "http://x.com/{a}",
    "\\\\evil\\path",
    "http:\\\\a.com\\b",
    "http://ünïcode.com/ä?ö#ü",
    "*",
    "",
    "//",
    "///a",
    "/a//b",
    "x://y",
    "http://",
    "http://a.com?x",
    "http://a.com#y",
    "http://a.com;b",
    "dot.test://foo/bar",
    "http://a.b/\tbc\ndr\ref g\"hq'j<kl>?mn\\op=q=r",
  ],
];

function urls(log) {
  for (const text of URLS) {
    log(
      `parse ${text}`,
      attempt(() => url.parse(text)),
      attempt(() => url.parse(text, true)),
      attempt(() => url.parse(text, false, true)),
    );
    log(
      "format",
      attempt(() => url.format(text)),
      attempt(() => url.format(url.parse(text))),
    );
    for (const base of ["http://a.com/b/c/d?q#f", "/one/two/three", "mailto:x@y.z", "a/b"]) {
      log(
        `resolve ${base}`,
        attempt(() => url.resolve(base, text)),
        attempt(() => url.resolve(text, base)),
      );
    }
  }
  const relatives = [
    "..",
    ".",
    "../..",
    "../../../x",
    "./y",
    "g;x=1/../y",
    "g?y/../x",
    "#s",
    "?y",
    "",
    "/./g",
    "/../g",
    "g.",
    "..g",
    "./../g",
    "./g/.",
    "g/./h",
    "http:g",
    "//other/p",
    "/abs",
    "http://u:p@h/",
  ];
  for (const base of [
    "http://a/b/c/d;p?q",
    "http://a/b/c/d;p?q=1/2",
    "fred:///s//a/b/c",
    "http:///s//a/b/c",
    "/foo/bar/baz",
    "http://user:pass@e.com/x",
  ]) {
    for (const relative of relatives)
      log(
        `${base} + ${relative}`,
        attempt(() => url.resolve(base, relative)),
      );
  }
  for (const object of [
    { protocol: "http", host: "h", pathname: "p", query: { a: [1, 2] } },
    { hostname: "::1", port: 80 },
    { pathname: "/a?b#c", search: "x#y", hash: "z" },
    { protocol: "file", pathname: "/x" },
    { auth: "a:b@", host: "h" },
    {},
    { protocol: "mailto", pathname: "x" },
    { slashes: true, host: "h" },
  ])
    log(
      "format object",
      attempt(() => url.format(object)),
    );
  for (const value of [null, undefined, 5, true])
    log(
      "format wrong",
      attempt(() => url.format(value)),
      attempt(() => url.parse(value)),
    );
  log(
    "whatwg",
    attempt(() =>
      url.format(new URL("http://a:b@xn--lck1c3crb1723bpq4a.com/a?a=b#c"), { fragment: false, auth: false }),
    ),
    attempt(() => url.format(new URL("http://xn--lck1c3crb1723bpq4a.com/a"), { unicode: true })),
  );
  log(
    "domain",
    url.domainToASCII("español.com"),
    url.domainToASCII("xn--iñvalid.com"),
    url.domainToUnicode("xn--espaol-zwa.com"),
  );
  for (const text of ["file:///a/b%20c", "file:///", "file://host/x", "http://x", "file:///a%2fb", "/x", 5])
    log(
      `fileURLToPath ${text}`,
      attempt(() => url.fileURLToPath(text)),
    );
  for (const text of ["/a b", "/a%b", "/a#b?c", "/a/../b/", "/\\x", "/ü"])
    log(
      `pathToFileURL ${text}`,
      attempt(() => url.pathToFileURL(text).href),
    );
  log(
    "options",
    attempt(() => ({ ...url.urlToHttpOptions(new URL("https://a:b%20@x.com:8/p?q#h")) })),
    Object.keys(url).sort().join(),
  );
}

function queries(log) {
  const random = generator(9);
  const letters = [
    "a",
    "b",
    "=",
    "&",
    "%",
    "%41",
    "%zz",
    "+",
    "ü",
    "%C3%BC",
    "[",
    "]",
    ";",
    "\ud83d",
    " ",
    "%00",
  ];
  for (let round = 0; round < 600; round++) {
    const text = Array.from({ length: random.below(10) }, () => letters[random.below(letters.length)]).join(
      "",
    );
    log(
      `query ${JSON.stringify(text)}`,
      attempt(() => querystring.parse(text)),
      attempt(() => querystring.unescape(text)),
      attempt(() => querystring.escape(text)),
      attempt(() => querystring.parse(text, ";", "b")),
    );
    log(
      `search params ${JSON.stringify(text)}`,
      attempt(() => [...new URLSearchParams(text)]),
      attempt(() => new URLSearchParams(text).toString()),
    );
  }
}

export async function run(log) {
  paths(log);
  urls(log);
  queries(log);
  bases(log);
}

/** Whatever has a text can be a URL and its base. */
function bases(log) {
  const base = new URL("http://a/c/d?e");
  const given = [
    ["b?x", base],
    ["b", { toString: () => "http://a/c/d" }],
    [base],
    [new String("http://q/")],
    ["/z", undefined],
    ["/z", null],
    ["//", base],
    [base, "none"],
    [],
  ];
  for (const args of given) {
    const label = args.map(String).join(" on ");
    log(
      `new URL ${label}`,
      attempt(() => new URL(...args).href),
    );
    log(
      `URL.canParse ${label}`,
      attempt(() => URL.canParse(...args)),
    );
    log(
      `URL.parse ${label}`,
      attempt(() => URL.parse(...args)?.href ?? null),
    );
  }
}
