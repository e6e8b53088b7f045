import {
  form,
  get,
  head,
  headers,
  json,
  multipart,
  named,
  options,
  post,
  text,
} from "../../../harness/request.mjs";

const query = (name, query, more = {}) => post("/graphql", json({ query, ...more }), named(name));

export const requests = [
  query("a field", "{ hello }"),
  query("an argument", '{ hello(name: "Zoë 🎉") }'),
  query("variables", "query($n: String!) { hello(name: $n) }", { variables: { n: "x" } }),
  query("a missing variable", "query($n: String!) { hello(name: $n) }"),
  query("nested", "{ books(order: YEAR) { id title author { name books { title } } } }"),
  query(
    "aliases and fragments",
    "{ a: book(id: 1) { ...b } c: book(id: 9) { ...b } } fragment b on Book { title __typename }",
  ),
  query("a union", '{ search(text: "m") { __typename ... on Book { year } } }'),
  query("directives", "query($x: Boolean!) { hello @include(if: $x) books @skip(if: $x) { id } }", {
    variables: { x: true },
  }),
  query(
    "a mutation",
    'mutation { addBook(book: { title: "Tschick", author: "Wolfgang Herrndorf" }) { id title year } }',
  ),
  query("an error with a code", "{ fails hello }"),
  query("a masked error", "{ masked }"),
  query("an unknown field", "{ nonsense }"),
  query("a syntax error", "{ hello"),
  query("two operations", "query A { hello } query B { late }", { operationName: "B" }),
  query("an unnamed one of two", "query A { hello } query B { late }"),
  query("introspection", "{ __schema { queryType { name } types { name kind } } }"),
  query("a header", '{ header(name: "user-agent") }'),
  get("/graphql?query=%7Bhello%7D"),
  get(
    "/graphql?query=mutation%7BaddBook(book%3A%7Btitle%3A%22a%22%2Cauthor%3A%22b%22%7D)%7Bid%7D%7D",
    named("a mutation by GET"),
  ),
  post("/graphql", text("application/graphql", "{ hello }"), named("application/graphql")),
  post("/graphql", form({ query: "{ hello }" }), named("a form")),
  post(
    "/graphql",
    json({ query: "{ hello }" }),
    headers({ accept: "application/graphql-response+json" }),
    named("the response media type"),
  ),
  post("/graphql", text("application/json", "{broken"), named("broken JSON")),
  post("/graphql", json([{ query: "{ hello }" }]), named("a batch")),
  post("/graphql", text("text/plain", "x"), named("an unknown media type")),
  post(
    "/graphql",
    multipart([
      {
        name: "operations",
        value: JSON.stringify({ query: "mutation($f: File!) { upload(file: $f) }", variables: { f: null } }),
      },
      { name: "map", value: '{"0":["variables.f"]}' },
      { name: "0", filename: "a.txt", type: "text/plain", value: "grüße" },
    ]),
    named("an upload"),
  ),
  post(
    "/graphql",
    json({ query: "subscription { countdown(from: 3) }" }),
    headers({ accept: "text/event-stream" }),
    named("a subscription"),
  ),
  options("/graphql", headers({ origin: "https://app.example", "access-control-request-method": "POST" })),
  post(
    "/graphql",
    json({ query: "{ hello }" }),
    headers({ origin: "https://app.example" }),
    named("cross-origin"),
  ),
  get("/graphql"),
  get("/health"),
  get("/nowhere"),
  head("/graphql?query=%7Bhello%7D"),
];
