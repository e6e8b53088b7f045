// PostgreSQL by its own driver; the pool lives as long as the sandbox.
import pg from "pg";

const pool = new pg.Pool({ max: 3 });
const failure = ({ name, message, code, detail, constraint, severity, position }) => ({
  name,
  message,
  code,
  detail,
  constraint,
  severity,
  position,
});

export const cases = {
  "creates a table": async () =>
    (
      await pool.query(
        "CREATE TABLE person (id serial PRIMARY KEY, name text NOT NULL UNIQUE, born date, score numeric(6,2), tags text[], data jsonb, active boolean DEFAULT true, photo bytea, at timestamptz, big bigint)",
      )
    ).command,
  "inserts with parameters": async () =>
    (
      await pool.query(
        "INSERT INTO person (name, born, score, tags, data, photo, at, big) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *",
        [
          "Zoë 🎉",
          "2000-02-29",
          12.5,
          ["a", "b,c"],
          { x: [1, null] },
          Buffer.from([0, 1, 255]),
          new Date(0),
          "9007199254740993",
        ],
      )
    ).rows,
  "inserts many": async () =>
    (await pool.query("INSERT INTO person (name, score) SELECT 'n' || i, i FROM generate_series(1, 500) i"))
      .rowCount,
  selects: async () => {
    const { rows, fields, rowCount } = await pool.query(
      "SELECT id, name, score FROM person ORDER BY id LIMIT 3",
    );
    return { rows, rowCount, fields: fields.map(({ name, dataTypeID }) => [name, dataTypeID]) };
  },
  "rows as arrays": async () =>
    (await pool.query({ text: "SELECT 1 AS a, 'x' AS a, NULL", rowMode: "array" })).rows,
  types: async () =>
    (
      await pool.query(
        "SELECT 1::int2 i2, 2::int8 i8, 1.5::float4 f4, 1.1::float8 f8, true b, 'c'::char c, '{1,2,NULL}'::int[] arr, '{\"a\":1}'::json j, '1 day 2 hours'::interval iv, 'infinity'::timestamptz inf, '2024-02-29 13:05:09.123+02'::timestamptz tz, '10.0.0.1'::inet ip, 'NaN'::numeric nan, '(1,2)'::point p, int4range(1,5) r",
      )
    ).rows,
  "prepared statements": async () => {
    const query = { name: "by-name", text: "SELECT id FROM person WHERE name = $1" };
    return [
      (await pool.query({ ...query, values: ["n1"] })).rowCount,
      (await pool.query({ ...query, values: ["n2"] })).rowCount,
    ];
  },
  "a transaction": async () => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("UPDATE person SET score = 99 WHERE name = 'n1'");
      await client.query("SAVEPOINT s");
      await client
        .query("UPDATE person SET name = 'n2' WHERE name = 'n1'")
        .catch(() => client.query("ROLLBACK TO s"));
      await client.query("COMMIT");
    } finally {
      client.release();
    }
    return (await pool.query("SELECT score FROM person WHERE name = 'n1'")).rows;
  },
  "a rolled back transaction": async () => {
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("DELETE FROM person");
    await client.query("ROLLBACK");
    client.release();
    return (await pool.query("SELECT count(*)::int FROM person")).rows;
  },
  "a constraint": () => pool.query("INSERT INTO person (name) VALUES ('n1')").catch(failure),
  "a syntax error": () => pool.query("SELEC 1").catch(failure),
  "a missing table": () => pool.query("SELECT * FROM nowhere").catch(failure),
  "too few parameters": () => pool.query("SELECT $1, $2", [1]).catch(failure),
  "several statements": async () =>
    (await pool.query("SELECT 1 AS one; SELECT 2 AS two")).map(({ rows }) => rows),
  "in parallel": async () =>
    (await Promise.all(Array.from({ length: 10 }, (_, i) => pool.query("SELECT $1::int AS n", [i])))).map(
      ({ rows }) => rows[0].n,
    ),
  "large values": async () => {
    const { rows } = await pool.query("SELECT repeat('x', 1000000) AS text, $1::text AS back", [
      "ä".repeat(100_000),
    ]);
    return [rows[0].text.length, rows[0].back.length];
  },
  "notices and notifications": async () => {
    const client = await pool.connect();
    const seen = [];
    client.on("notice", ({ message }) => seen.push(message));
    client.on("notification", ({ channel, payload }) => seen.push([channel, payload]));
    await client.query("LISTEN news");
    await client.query("NOTIFY news, 'hello'");
    await client.query("DO $$ BEGIN RAISE NOTICE 'noticed'; END $$");
    await client.query("UNLISTEN news");
    client.removeAllListeners("notice");
    client.release();
    return seen;
  },
  "a client of its own": async () => {
    const client = new pg.Client();
    await client.connect();
    const { rows } = await client.query("SELECT current_database() AS db, current_user AS who");
    await client.end();
    return rows;
  },
  "own type parsers": async () => {
    const client = new pg.Client({
      types: { getTypeParser: (oid) => (oid === 20 ? BigInt : pg.types.getTypeParser(oid)) },
    });
    await client.connect();
    const { rows } = await client.query("SELECT 9007199254740993::int8 AS n");
    await client.end();
    return rows;
  },
  escapes: () => [pg.escapeIdentifier('a"b'), pg.escapeLiteral("it's \\ fine")],
  "a wrong password or database": async () => {
    const client = new pg.Client({ database: "nope" });
    return client.connect().catch(failure);
  },
  "a port where nobody listens": async () => new pg.Client({ port: 1 }).connect().catch(({ code }) => code),
  "a timeout of a statement": async () => {
    const client = new pg.Client({ statement_timeout: 50 });
    await client.connect();
    const error = await client.query("SELECT pg_sleep(5)").catch(failure);
    await client.end();
    return error;
  },
  "counts of the pool": () => [pool.totalCount > 0, pool.idleCount > 0, pool.waitingCount],
};
