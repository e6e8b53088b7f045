import { expect, it } from "vitest";
import type { Lines } from "./both-engines.js";
import { differences } from "./differences.js";

const node: Lines = [
  ["a", ["1"]],
  ["b", ["1"]],
  ["a", ["2"]],
];

it("finds what differs, is missing, or is too much", () => {
  expect(differences(node, node, {})).toEqual({ differing: [], stale: [] });
  const library: Lines = [
    ["a", ["1"]],
    ["a", ["3"]],
    ["c", []],
  ];
  expect(differences(node, library, {}).differing).toEqual([
    { label: "b", node: ["1"], library: undefined },
    { label: "a (2)", node: ["2"], library: ["3"] },
    { label: "c", node: undefined, library: [] },
  ]);
});

it("excuses one case by its whole label", () => {
  const library: Lines = [
    ["a", ["9"]],
    ["b", ["1"]],
    ["a", ["9"]],
  ];
  const labels = (...excused: string[]) =>
    differences(node, library, { "a cause": excused }).differing.map(({ label }) => label);
  expect(labels("a")).toEqual(["a (2)"]);
  expect(labels("a", "a (2)")).toEqual([]);
  expect(labels("", "a (")).toEqual(["a", "a (2)"]);
});

it("tells of an excuse for what does not differ, for what is not there, and of a second one", () => {
  expect(differences(node, node, { "a cause": ["b"], "another cause": ["z"] }).stale).toEqual(["b", "z"]);
  const library = node.map(([label]): Lines[number] => [label, []]);
  const twice = { "a cause": ["a", "b", "a (2)"], "another cause": ["b"] };
  expect(differences(node, library, twice)).toEqual({ differing: [], stale: ["b"] });
});
