// Queries built by knex, run by pg.
import knex from "knex";

const db = knex({ client: "pg", connection: {}, pool: { min: 0, max: 2 } });

export const cases = {
  "builds SQL": () => [
    db("t")
      .select("a", { b: "c" })
      .where({ x: 1 })
      .orWhere("y", ">", 2)
      .whereIn("z", [1, 2])
      .orderBy("a", "desc")
      .limit(5)
      .toString(),
    db("t")
      .insert([{ a: 1 }, { a: 2 }])
      .returning("id")
      .toSQL()
      .toNative(),
    db("a").leftJoin("b", "a.id", "b.a_id").groupBy("a.id").count("* as n").having("n", ">", 1).toString(),
  ],
  "creates tables": async () => {
    await db.schema.createTable("author", (t) => {
      t.increments("id");
      t.string("name").notNullable().unique();
      t.jsonb("data");
      t.timestamp("at", { useTz: true });
    });
    await db.schema.createTable("book", (t) => {
      t.increments("id");
      t.integer("author_id").references("author.id").onDelete("cascade");
      t.string("title");
      t.decimal("price", 8, 2);
    });
    return db.schema.hasTable("author");
  },
  inserts: () =>
    db("author")
      .insert([{ name: "Jane", data: { a: [1] }, at: new Date(0) }, { name: "Zoë" }])
      .returning(["id", "name", "data", "at"]),
  "inserts books": () =>
    db("book")
      .insert([
        { author_id: 1, title: "Emma", price: 9.5 },
        { author_id: 1, title: "Persuasion", price: 7 },
        { author_id: 2, title: "ä 🎉" },
      ])
      .returning("*"),
  "selects with a join": () =>
    db("book").join("author", "author.id", "book.author_id").select("title", "name").orderBy("title"),
  aggregates: () => db("book").sum({ total: "price" }).count({ n: "*" }).avg({ mean: "price" }).first(),
  updates: () =>
    db("book")
      .where("title", "Emma")
      .update({ price: db.raw("price * 2") }, ["title", "price"]),
  upserts: () =>
    db("author")
      .insert({ name: "Jane", data: { b: 1 } })
      .onConflict("name")
      .merge()
      .returning(["id", "data"]),
  "subqueries and CTEs": () =>
    db
      .with("cheap", db("book").where("price", "<", 10))
      .select("title")
      .from("cheap")
      .whereNotExists(db("author").whereRaw("author.id = -1")),
  transactions: async () => {
    await db
      .transaction(async (trx) => {
        await trx("book").insert({ title: "temp" });
        throw new Error("undo");
      })
      .catch((error) => error.message);
    return db("book").where({ title: "temp" }).count("* as n");
  },
  streams: async () => {
    const rows = [];
    for await (const row of db("book").select("id").orderBy("id").stream()) rows.push(row.id);
    return rows;
  },
  errors: () =>
    db("author")
      .insert({ name: "Jane" })
      .catch(({ code, constraint }) => [code, constraint]),
  deletes: async () => [await db("author").where("name", "Jane").del(), await db("book").pluck("title")],
  raw: async () => await db.raw("SELECT ?::int + ?? AS sum", [2, "x.a"]).catch(({ code }) => code),
  drops: () => db.schema.dropTable("book").then(() => db.schema.hasTable("book")),
};
