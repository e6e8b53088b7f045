const action = (action, more = {}) => ({
  name: [action, ...Object.values(more)].join(" "),
  event: { action, ...more },
});

export const services = ["aws"];
export const events = [
  action("put", { name: "/app/a", value: "grüße" }),
  action("put", { name: "/app/secret", value: "s3cret", type: "SecureString" }),
  action("put", { name: "/app/a", value: "again" }),
  action("get", { name: "/app/a" }),
  action("get", { name: "/app/secret" }),
  action("cached", { name: "/app/a" }),
  action("cached", { name: "/app/a" }),
  action("many"),
  action("path"),
  action("missing"),
  action("remove", { name: "/app/a" }),
  action("throws"),
];
