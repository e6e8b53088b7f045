import {
  applyPatches,
  castDraft,
  createDraft,
  current,
  enableMapSet,
  enablePatches,
  finishDraft,
  freeze,
  isDraft,
  nothing,
  original,
  produce,
  produceWithPatches,
} from "immer";

enablePatches();
enableMapSet();
const base = { list: [1, 2, { deep: true }], map: new Map([["a", { n: 1 }]]), set: new Set([1]), text: "x" };

export const cases = {
  "changes a copy": () => {
    const next = produce(base, (draft) => {
      draft.list.push(4);
      draft.list[2].deep = false;
      delete draft.text;
    });
    return [next, base.list.length, next.map === base.map, Object.isFrozen(next)];
  },
  "maps and sets": () => {
    const next = produce(base, (draft) => {
      draft.map.get("a").n++;
      draft.map.set("b", 2);
      draft.set.add(3).delete(1);
    });
    return [[...next.map], [...next.set], [...base.map]];
  },
  "nothing changes": () => produce(base, (draft) => void (draft.text = "x")) === base,
  patches: () => {
    const [next, patches, inverse] = produceWithPatches(base, (draft) => {
      draft.list.splice(0, 1);
      draft.text = "y";
    });
    return [patches, inverse, applyPatches(next, inverse).list.length];
  },
  curried: () => [0, 1].map(produce((draft) => draft)),
  "returns undefined": () => produce(base, () => nothing),
  "looks inside": () => {
    const draft = createDraft(base);
    draft.text = "z";
    const seen = [isDraft(draft), current(draft).text, original(draft).text, isDraft(castDraft(base))];
    return [...seen, finishDraft(draft).text];
  },
  "frozen things refuse": () => {
    "use strict";
    const next = produce(base, (draft) => void draft.list.push(9));
    next.list.push(1);
  },
  "draft and value": () =>
    produce(base, (draft) => {
      draft.text = "a";
      return { other: 1 };
    }),
  "deep freeze": () => {
    const it = freeze({ a: { b: [] } }, true);
    return [Object.isFrozen(it.a), Object.isFrozen(it.a.b)];
  },
  "a class of its own": () => {
    class Point {
      x = 1;
    }
    return produce({ p: new Point() }, (draft) => {
      draft.p.x = 2;
    }).p.x;
  },
};
