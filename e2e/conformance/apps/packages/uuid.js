import { v1, v3, v4, v5, v6, v7, validate, version, parse, stringify, NIL, MAX, v1ToV6, v6ToV1 } from "uuid";

const random = Uint8Array.from({ length: 16 }, (_, i) => i * 16 + 3);

export const cases = {
  "v5 of names": () => [v5("example.com", v5.DNS), v5("https://example.com/ä", v5.URL)],
  "v3 of names": () => [v3("example.com", v3.DNS), v3("", v3.URL)],
  "v4 of given bytes": () => v4({ random }),
  "v4 by itself": () => {
    const id = v4();
    return [validate(id), version(id), id === v4()];
  },
  "v1 of given fields": () =>
    v1({ msecs: 1709211909007, nsecs: 5678, clockseq: 0x1234, node: [1, 35, 69, 103, 137, 171] }),
  "v6 and v7 of given fields": () => [
    v6({ msecs: 1709211909007, nsecs: 1, clockseq: 0x1234, node: [1, 35, 69, 103, 137, 171] }),
    v7({ msecs: 1709211909007, random, seq: 7 }),
  ],
  "v7 sorts": () => {
    const ids = Array.from({ length: 50 }, () => v7());
    return ids.every((id, i) => i === 0 || id > ids[i - 1]);
  },
  parses: () => parse("6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"),
  stringifies: () =>
    stringify(Uint8Array.from({ length: 16 }, (_, i) => (i === 6 ? 0x43 : i === 8 ? 0x97 : i))),
  validates: () =>
    [
      NIL,
      MAX,
      "not a uuid",
      "6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b",
      "6EC0BD7F-11C0-43DA-975E-2A8AD9EBAE0B",
      null,
    ].map((id) => validate(id)),
  refuses: () => parse("no"),
  "converts versions": () => {
    const one = v1({ msecs: 1709211909007, nsecs: 0, clockseq: 1, node: [1, 2, 3, 4, 5, 6] });
    return [v1ToV6(one), v6ToV1(v1ToV6(one)) === one];
  },
  "writes into a buffer": () => {
    const target = new Uint8Array(20);
    v4({ random }, target, 4);
    return target;
  },
};
