import { get, headers, json, named, options, post, text } from "../../../harness/request.mjs";

const query = (name, query, more = {}) => post("/graphql", json({ query, ...more }), named(name));

export const requests = [
  query("a field", "{ hello }"),
  query("variables", "query($n: String) { hello(name: $n) }", { variables: { n: "Zoë 🎉" } }),
  post(
    "/graphql",
    json({ query: "{ user { id name roles } }" }),
    headers({ "x-user": "x" }),
    named("the context"),
  ),
  query("a mutation", 'mutation { rename(name: "y") { id name } }'),
  query("an error with its status", "{ fails }"),
  query("an internal error", "{ internal hello }"),
  query("an unknown field", "{ nonsense }"),
  query("a syntax error", "{ hello"),
  query("a wrong variable", "query($n: Int!) { numbers(n: $n) }", { variables: { n: "x" } }),
  query("a large answer", "{ numbers(n: 20000) }"),
  query("introspection", '{ __type(name: "User") { name fields { name type { kind } } } }'),
  get("/graphql?query=%7Bhello%7D", headers({ "apollo-require-preflight": "1" })),
  get("/graphql?query=%7Bhello%7D", named("without preflight")),
  post("/graphql", json({}), named("no query")),
  post("/graphql", text("application/json", "{broken"), named("broken JSON")),
  post("/graphql", text("text/plain", "x"), named("an unknown media type")),
  query("a persisted query", "{ hello }", {
    extensions: {
      persistedQuery: {
        version: 1,
        sha256Hash: "f6c1a7f35a1ee0b8b6c8c8f7a09b6e8d4b0df3f4a8d46f9cbde2b7a3e5ff6c11",
      },
    },
  }),
  post(
    "/graphql",
    json({ extensions: { persistedQuery: { version: 1, sha256Hash: "abc" } } }),
    named("an unknown persisted query"),
  ),
  options("/graphql", headers({ origin: "https://a.example", "access-control-request-method": "POST" })),
  get("/nowhere"),
];
