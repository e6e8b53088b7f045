// Apollo Server on Express 5.
import { ApolloServer } from "@apollo/server";
import { expressMiddleware } from "@as-integrations/express5";
import cors from "cors";
import express from "express";
import { GraphQLError } from "graphql";

const server = new ApolloServer({
  typeDefs: `type Query { hello(name: String): String! user: User fails: String internal: String numbers(n: Int!): [Int!]! } type User { id: ID! name: String roles: [String!] } type Mutation { rename(name: String!): User }`,
  resolvers: {
    Query: {
      hello: (_, { name }) => `hello ${name ?? "world"}`,
      user: (_, __, { user }) => ({ id: 1, name: user, roles: ["a", "b"] }),
      fails: () => {
        throw new GraphQLError("not allowed", { extensions: { code: "FORBIDDEN", http: { status: 403 } } });
      },
      internal: () => {
        throw new Error("detail");
      },
      numbers: (_, { n }) => Array.from({ length: n }, (_, i) => i),
    },
    Mutation: { rename: (_, { name }) => ({ id: 1, name }) },
  },
  includeStacktraceInErrorResponses: false,
  introspection: true,
  csrfPrevention: true,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
});
await server.start();

export const app = express();
app.use(
  "/graphql",
  cors(),
  express.json(),
  expressMiddleware(server, { context: async ({ req }) => ({ user: req.get("x-user") ?? "nobody" }) }),
);
