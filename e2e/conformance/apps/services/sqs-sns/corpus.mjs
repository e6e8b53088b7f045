const action = (action, more = {}) => ({ name: action, event: { action, ...more } });

export const services = ["aws"];
export const events = [
  action("create"),
  action("url"),
  action("send", { body: "grüße 🎉" }),
  action("attributes"),
  action("receive"),
  action("batch"),
  action("receive"),
  action("missing"),
  action("topic"),
  action("subscribe"),
  action("publish"),
  action("receive"),
  {
    name: "a batch with failures",
    event: {
      Records: [
        { messageId: "1", body: '{"fail":true}' },
        { messageId: "2", body: "{}" },
        { messageId: "3", body: "not JSON" },
      ],
    },
  },
];
