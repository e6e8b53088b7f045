const lower = "content-type: application/json";
lower.toLowerCase();
check(
  "a text that is in lower case already is not copied",
  engine.allocations(() => lower.toLowerCase()) === 0,
);
const agree = (left, right) => left === right;
const words = ["", "a", "ab", "ÿ", "ß", "İ", "Σ", "𝒳", "aÿ", "Content", "x".repeat(40)];
let same = true;
for (const word of words)
  for (const text of words.map((each) => each + word + each)) {
    const naive =
      [...Array(text.length + 1).keys()].find((at) => text.slice(at, at + word.length) === word) ?? -1;
    same &&= agree(text.indexOf(word), naive) && agree(text.includes(word), naive >= 0);
    same &&= agree(text.split(word).join(word), text) && agree(text.startsWith(word), naive === 0);
    same &&= agree(text.endsWith(word), text.slice(text.length - word.length) === word);
    same &&= agree(text.toUpperCase(), [...text].map((each) => each.toUpperCase()).join(""));
  }
check("searches and cases agree with their definitions", same);
