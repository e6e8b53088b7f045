const action = (action, more = {}) => ({ name: action, event: { action, ...more } });
const item = { customer: "zoë", id: 1, total: 12.5, tags: ["first"], nested: { a: [true, null, "ä 🎉"] } };

export const services = ["aws"];
export const events = [
  action("create"),
  action("tables"),
  action("put", { item }),
  action("put", { item: { ...item, id: 2, total: 1 } }),
  action("binary"),
  action("get", { key: { customer: "zoë", id: 1 } }),
  action("get", { key: { customer: "zoë", id: 9 } }),
  action("update", { key: { customer: "zoë", id: 1 }, total: 7 }),
  action("query", { customer: "zoë", above: 0 }),
  action("scan"),
  action("batch"),
  action("pages"),
  action("once", { item }),
  action("once", { item: { customer: "new", id: 1 } }),
  action("transact"),
  action("remove", { key: { customer: "zoë", id: 2 } }),
  action("missing"),
  action("invalid"),
];
