import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";

const t = initTRPC.context().create();
const todos = [{ id: 1, text: "first", done: false }];
const signedIn = t.procedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED", message: "sign in first" });
  return next({ ctx: { user: ctx.user } });
});

export const router = t.router({
  hello: t.procedure
    .input(z.object({ name: z.string().min(2) }).optional())
    .query(({ input }) => `hello ${input?.name ?? "world"}`),
  me: signedIn.query(({ ctx }) => ctx.user),
  fails: t.procedure.query(() => {
    throw new TRPCError({ code: "IM_A_TEAPOT", message: "short and stout" });
  }),
  boom: t.procedure.query(() => {
    throw new Error("boom");
  }),
  todo: t.router({
    list: t.procedure
      .input(z.object({ done: z.boolean().optional() }).optional())
      .query(({ input }) => todos.filter(({ done }) => input?.done === undefined || done === input.done)),
    add: t.procedure.input(z.object({ text: z.string() })).mutation(({ input }) => {
      const todo = { id: todos.length + 1, done: false, ...input };
      todos.push(todo);
      return todo;
    }),
  }),
  upload: t.procedure.input(z.instanceof(FormData)).mutation(({ input }) => [...input.keys()]),
  count: t.procedure.input(z.number().int()).subscription(async function* ({ input }) {
    for (let i = 0; i < input; i++) yield i;
  }),
  stream: t.procedure.query(async function* () {
    yield "a";
    yield "b";
  }),
});
