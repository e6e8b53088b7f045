const alternatives = Array.from({ length: 60000 }, (_, n) => `a${n}`).join("|");
check(
  "many alternatives",
  engine.isInterrupted(3, () => new RegExp(alternatives)),
);
const ranges = Array.from({ length: 30000 }, (_, n) => String.fromCodePoint(0x10000 + n * 2)).join("");
check(
  "many ranges",
  engine.isInterrupted(3, () => new RegExp(`[${ranges}]`, "u")),
);
