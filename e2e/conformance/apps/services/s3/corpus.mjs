const action = (action, more = {}) => ({
  name: [action, ...Object.values(more)].join(" "),
  event: { action, ...more },
});

export const services = ["aws"];
export const events = [
  action("create"),
  action("put", { key: "folder/grüße 🎉.txt", text: "hallo ä" }),
  action("put", { key: "empty", text: "" }),
  action("putBytes"),
  action("putStream"),
  action("get", { key: "folder/grüße 🎉.txt" }),
  action("get", { key: "empty" }),
  action("getBytes"),
  action("range"),
  action("pipe"),
  action("iterate"),
  action("web"),
  action("upload"),
  action("head", { key: "large" }),
  action("list"),
  action("pages"),
  action("copy"),
  action("tag"),
  action("missing"),
  action("headMissing"),
  action("presign"),
  action("fetchPresigned"),
  action("remove"),
];
