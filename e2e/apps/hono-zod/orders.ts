import { Hono } from "hono";
import { z } from "zod";

const Order = z.object({
  item: z.string().min(1),
  quantity: z.number().int().positive().max(100),
  email: z.email(),
  note: z.string().optional(),
});

type Order = z.infer<typeof Order>;

/** An order book in memory: each sandbox has its own. */
const orders = new Map<string, Order>();

export const app = new Hono();

app.get("/", (c) => c.text("order book\n"));

app.get("/orders", (c) => c.json([...orders.entries()].map(([id, order]) => ({ id, ...order }))));

app.get("/orders/:id", (c) => {
  const order = orders.get(c.req.param("id"));
  return order ? c.json(order) : c.json({ error: "no such order" }, 404);
});

app.post("/orders", async (c) => {
  const parsed = Order.safeParse(await c.req.json());
  if (!parsed.success) return c.json({ error: "invalid order", issues: parsed.error.issues }, 400);
  const id = String(orders.size + 1);
  orders.set(id, parsed.data);
  c.header("location", `/orders/${id}`);
  return c.json({ id, ...parsed.data }, 201);
});

app.get("/picture", (c) =>
  c.body(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    200,
    { "content-type": "image/png" },
  ),
);

app.get("/boom", () => {
  throw new Error("the order book is on fire");
});

app.onError((error, c) => c.json({ error: error.message }, 500));
