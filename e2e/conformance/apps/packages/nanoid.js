import { customAlphabet, customRandom, nanoid, random, urlAlphabet } from "nanoid";
import { nanoid as insecure } from "nanoid/non-secure";

const seeded = () => {
  let state = 42;
  return (size) =>
    Uint8Array.from({ length: size }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 8);
};

export const cases = {
  "has 21 letters of its alphabet": () => {
    const id = nanoid();
    return [id.length, [...id].every((letter) => urlAlphabet.includes(letter))];
  },
  "has the asked length": () => [nanoid(1).length, nanoid(0), nanoid(100).length],
  "does not repeat": () => new Set(Array.from({ length: 500 }, () => nanoid())).size,
  "of a seeded source": () => {
    const id = customRandom("abcdef0123456789", 12, seeded());
    return [id(), id(), id()];
  },
  "of another alphabet": () => {
    const id = customAlphabet("01", 64)();
    return [id.length, /^[01]+$/.test(id)];
  },
  "without security": () => insecure(10).length,
  "random bytes": () => {
    const bytes = random(16);
    return [bytes.length, bytes instanceof Uint8Array];
  },
  "uses all letters": () => new Set(Array.from({ length: 200 }, () => nanoid()).join("")).size,
  "refuses more than 64 KiB at once": () => nanoid(70000).length,
  alphabet: () => urlAlphabet,
  "letters are even": () => {
    const counts = {};
    for (const letter of Array.from({ length: 400 }, () => customAlphabet("abcd")(100)).join(""))
      counts[letter] = (counts[letter] ?? 0) + 1;
    return Object.values(counts).every((n) => n > 9000 && n < 11000);
  },
};
