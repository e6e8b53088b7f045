// Typed queries with kysely over pg.
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";

const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ max: 2 }) }) });

export const cases = {
  creates: async () => {
    await db.schema
      .createTable("pet")
      .addColumn("id", "serial", (c) => c.primaryKey())
      .addColumn("name", "text", (c) => c.notNull().unique())
      .addColumn("age", "integer")
      .execute();
    return (await db.introspection.getTables()).map(({ name, columns }) => [
      name,
      columns.map((column) => [column.name, column.dataType]),
    ]);
  },
  inserts: () =>
    db
      .insertInto("pet")
      .values([
        { name: "Minka", age: 3 },
        { name: "Zoë 🐈", age: 5 },
      ])
      .returningAll()
      .execute(),
  selects: () =>
    db
      .selectFrom("pet")
      .select(["name", (eb) => eb("age", "+", 1).as("next")])
      .where("age", ">", 3)
      .orderBy("name")
      .execute(),
  updates: () =>
    db
      .updateTable("pet")
      .set({ age: sql`age + 1` })
      .where("name", "=", "Minka")
      .returning("age")
      .executeTakeFirst(),
  upserts: () =>
    db
      .insertInto("pet")
      .values({ name: "Minka", age: 9 })
      .onConflict((oc) => oc.column("name").doUpdateSet({ age: 9 }))
      .returningAll()
      .execute(),
  compiles: () => {
    const { sql: text, parameters } = db
      .selectFrom("pet as p")
      .innerJoin("pet as q", "p.id", "q.id")
      .select(["p.id"])
      .where(({ or, eb }) => or([eb("p.age", "is", null), eb("p.name", "like", "a%")]))
      .limit(1)
      .compile();
    return [text, parameters];
  },
  counts: () =>
    db
      .selectFrom("pet")
      .select(({ fn }) => [fn.countAll().as("n"), fn.max("age").as("oldest")])
      .executeTakeFirst(),
  transactions: async () => {
    await db
      .transaction()
      .execute(async (trx) => {
        await trx.deleteFrom("pet").execute();
        throw new Error("undo");
      })
      .catch(() => undefined);
    return db.selectFrom("pet").select("id").execute();
  },
  "nothing found": () =>
    db
      .selectFrom("pet")
      .selectAll()
      .where("id", "=", 99)
      .executeTakeFirstOrThrow()
      .catch(({ name, message }) => [name, message]),
  errors: () => sql`SELECT * FROM nowhere`.execute(db).catch(({ code }) => code),
  raw: async () =>
    (await sql`SELECT ${"x"}::text AS a, ${sql.ref("pet.name")} FROM pet ORDER BY 2`.execute(db)).rows,
  deletes: async () => (await db.deleteFrom("pet").where("age", ">", 5).executeTakeFirst()).numDeletedRows,
};
