import * as cookie from "cookie";
import deepmerge from "deepmerge";
import EventEmitter3 from "eventemitter3";
import equal from "fast-deep-equal";
import i18next from "i18next";
import { LRUCache } from "lru-cache";
import mime from "mime-types";
import mitt from "mitt";
import Negotiator from "negotiator";
import objectHash from "object-hash";
import { Cookie, CookieJar } from "tough-cookie";
import concat from "concat-stream";
import through from "through2";
import { Readable } from "node:stream";

export const cases = {
  cookies: () => [
    cookie.parseCookie?.("a=1; b=%C3%BC; a=2") ?? cookie.parse("a=1; b=%C3%BC; a=2"),
    (cookie.stringifySetCookie ?? cookie.serialize)("n", "v ü", {
      httpOnly: true,
      maxAge: 60,
      path: "/",
      sameSite: "lax",
      secure: true,
      expires: new Date(0),
    }),
  ],
  "a jar of cookies": async () => {
    const jar = new CookieJar();
    await jar.setCookie("a=1; Path=/; HttpOnly", "https://example.com/x");
    await jar.setCookie("b=2; Domain=example.com; Secure; SameSite=Strict", "https://www.example.com/");
    const refused = await jar
      .setCookie("c=3; Domain=other.com", "https://example.com/")
      .catch(({ message }) => message);
    return [
      await jar.getCookieString("https://example.com/"),
      await jar.getCookieString("http://www.example.com/"),
      refused,
      Cookie.parse("x=y; Max-Age=5").toString(),
      Object.keys(jar.toJSON()),
    ];
  },
  merges: () => [
    deepmerge({ a: [1], b: { c: 1 } }, { a: [2], b: { d: 2 } }),
    deepmerge.all([{ a: 1 }, { b: 2 }, { a: 3 }]),
    deepmerge({ a: [1] }, { a: [2] }, { arrayMerge: (_, source) => source }),
  ],
  emitters: () => {
    const seen = [];
    const fast = new EventEmitter3();
    fast
      .on("a", (...args) => seen.push(args))
      .once("a", function () {
        seen.push(this === fast);
      });
    seen.push(
      fast.emit("a", 1, 2),
      fast.emit("a"),
      fast.emit("b"),
      fast.listenerCount("a"),
      fast.eventNames(),
    );
    const tiny = mitt();
    tiny.on("*", (type, value) => seen.push([type, value]));
    tiny.emit("x", { y: 1 });
    return seen;
  },
  equal: () => [
    equal({ a: [1, { b: NaN }] }, { a: [1, { b: NaN }] }),
    equal(new Date(1), new Date(1)),
    equal(/a/g, /a/i),
    equal([1], { 0: 1 }),
    equal(new Date(1), new Date(2)),
  ],
  "an LRU cache": async () => {
    const gone = [];
    const cache = new LRUCache({
      max: 2,
      dispose: (value, key, reason) => gone.push([key, value, reason]),
      fetchMethod: async (key) => `fetched ${key}`,
    });
    cache.set("a", 1);
    cache.set("b", 2);
    cache.get("a");
    cache.set("c", 3);
    return [[...cache.entries()], gone, await cache.fetch("d"), cache.size, cache.peek("b")];
  },
  "of some time": async () => {
    const cache = new LRUCache({ max: 5, ttl: 5 });
    cache.set("a", 1);
    const before = cache.get("a");
    await new Promise((resolve) => setTimeout(resolve, 20));
    return [before, cache.get("a") ?? "gone"];
  },
  "types of files": () => [
    mime.lookup("a.json"),
    mime.contentType("x.html"),
    mime.extension("image/jpeg"),
    mime.charset("text/plain"),
    mime.lookup("no"),
  ],
  negotiates: () => {
    const wants = new Negotiator({
      headers: {
        accept: "text/html;q=0.5, application/*",
        "accept-language": "de, en;q=0.8",
        "accept-encoding": "gzip, br;q=1.0",
      },
    });
    return [
      wants.mediaType(["text/html", "application/json"]),
      wants.languages(),
      wants.encoding(["br", "gzip"]),
      wants.charsets(),
    ];
  },
  hashes: () => [
    objectHash({ a: 1, b: [new Date(0), /x/, null] }),
    objectHash({ b: 2, a: 1 }) === objectHash({ a: 1, b: 2 }),
    objectHash([1, 2], { algorithm: "md5", encoding: "base64" }),
    objectHash(new Map([["a", new Set([1])]])),
    objectHash.MD5("x"),
    objectHash(Buffer.from("x")),
  ],
  "hash of a symbol": () => objectHash(Symbol("s")),
  translates: async () => {
    const i18n = i18next.createInstance();
    await i18n.init({
      lng: "de",
      fallbackLng: "en",
      showSupportNotice: false,
      resources: {
        en: { translation: { only: "only here", n_one: "{{count}} thing", n_other: "{{count}} things" } },
        de: { translation: { hi: "Hallo {{name}}", nested: { deep: '$t(hi, {"name": "Du"})!' } } },
      },
    });
    return [
      i18n.t("hi", { name: "<b>" }),
      i18n.t("nested.deep"),
      i18n.t("only"),
      i18n.t("none"),
      i18n.t("n", { count: 2, lng: "en" }),
      i18n.t("n", { count: 1, lng: "en" }),
      i18n.exists("hi"),
      i18n.dir("ar"),
    ];
  },
  streams: () =>
    new Promise((resolve) => {
      Readable.from(["a", "b"])
        .pipe(through((chunk, _, done) => done(null, String(chunk).toUpperCase())))
        .pipe(concat((all) => resolve(String(all))));
    }),
};
