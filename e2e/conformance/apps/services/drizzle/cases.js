// drizzle over pg.
import { and, count, desc, eq, gt, ilike, relations, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, jsonb, pgTable, serial, text, timestamp } from "drizzle-orm/pg-core";
import pg from "pg";

const users = pgTable("users", {
  id: serial("id").primaryKey(),
  name: text("name").notNull(),
  data: jsonb("data"),
  at: timestamp("at", { withTimezone: true }),
});
const posts = pgTable("posts", {
  id: serial("id").primaryKey(),
  title: text("title"),
  author: integer("author").references(() => users.id),
});
const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
const postsRelations = relations(posts, ({ one }) => ({
  user: one(users, { fields: [posts.author], references: [users.id] }),
}));
const db = drizzle(new pg.Pool({ max: 2 }), { schema: { users, posts, usersRelations, postsRelations } });

export const cases = {
  creates: async () =>
    (
      await db.execute(
        sql`CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, data jsonb, at timestamptz); CREATE TABLE posts (id serial PRIMARY KEY, title text, author int REFERENCES users)`,
      )
    ).length,
  inserts: () =>
    db
      .insert(users)
      .values([{ name: "Zoë", data: { a: [1] }, at: new Date(0) }, { name: "Bob" }])
      .returning(),
  "inserts posts": () =>
    db
      .insert(posts)
      .values([
        { title: "ä 🎉", author: 1 },
        { title: "second", author: 1 },
        { title: "third", author: 2 },
      ])
      .returning({ id: posts.id }),
  selects: () =>
    db
      .select({ title: posts.title, name: users.name })
      .from(posts)
      .innerJoin(users, eq(posts.author, users.id))
      .where(and(gt(posts.id, 1), ilike(users.name, "%o%")))
      .orderBy(desc(posts.id)),
  relations: () =>
    db.query.users.findMany({
      with: { posts: { columns: { title: true }, orderBy: posts.id } },
      orderBy: users.id,
    }),
  groups: () =>
    db.select({ author: posts.author, n: count() }).from(posts).groupBy(posts.author).orderBy(posts.author),
  updates: () =>
    db
      .update(users)
      .set({ name: sql`upper(${users.name})` })
      .where(eq(users.id, 2))
      .returning({ name: users.name }),
  compiles: () => db.select().from(users).where(eq(users.name, "x")).toSQL(),
  transactions: async () => {
    await db
      .transaction(async (tx) => {
        await tx.delete(posts);
        tx.rollback();
      })
      .catch(({ name }) => name);
    return db.$count(posts);
  },
  errors: () =>
    db
      .insert(posts)
      .values({ author: 99 })
      .catch(({ cause }) => [cause.code, cause.constraint]),
  deletes: () => db.delete(posts).where(eq(posts.id, 3)).returning(),
};
