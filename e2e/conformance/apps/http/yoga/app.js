// A GraphQL API on Yoga.
import { GraphQLError } from "graphql";
import { createSchema, createYoga, createPubSub, Repeater } from "graphql-yoga";

const books = [
  { id: "1", title: "Emma", author: "Jane Austen", year: 1815 },
  { id: "2", title: "Momo", author: "Michael Ende", year: 1973 },
];
createPubSub();

export const app = createYoga({
  logging: false,
  graphiql: false,
  maskedErrors: true,
  cors: { origin: "https://app.example", credentials: true },
  schema: createSchema({
    typeDefs: /* GraphQL */ `
      scalar Date
      enum Order {
        TITLE
        YEAR
      }
      interface Node {
        id: ID!
      }
      type Book implements Node {
        id: ID!
        title: String!
        author: Author
        year: Int
      }
      type Author {
        name: String!
        books(first: Int = 10): [Book!]!
      }
      union Result = Book | Author
      input NewBook {
        title: String!
        author: String!
        year: Int
      }
      type Query {
        hello(name: String = "world"): String!
        books(order: Order): [Book!]!
        book(id: ID!): Book
        search(text: String!): [Result!]!
        fails: String
        masked: String!
        header(name: String!): String
        late: String
      }
      type Mutation {
        addBook(book: NewBook!): Book!
        upload(file: File!): String!
      }
      scalar File
      type Subscription {
        countdown(from: Int!): Int!
      }
    `,
    resolvers: {
      Query: {
        hello: (_, { name }) => `hello ${name}`,
        books: (_, { order }) =>
          [...books].sort((a, b) => (order === "YEAR" ? a.year - b.year : a.title < b.title ? -1 : 1)),
        book: (_, { id }) => books.find((book) => book.id === id),
        search: (_, { text }) => books.filter(({ title }) => title.includes(text)),
        fails: () => {
          throw new GraphQLError("told to the client", { extensions: { code: "NOPE" } });
        },
        masked: () => {
          throw new Error("a secret detail");
        },
        header: (_, { name }, { request }) => request.headers.get(name),
        late: () => new Promise((resolve) => setTimeout(resolve, 10, "late")),
      },
      Book: { author: ({ author }) => ({ name: author }) },
      Author: { books: ({ name }) => books.filter(({ author }) => author === name) },
      Result: { __resolveType: (value) => (value.title ? "Book" : "Author") },
      Mutation: {
        addBook: (_, { book }) => {
          const made = { id: String(books.length + 1), ...book };
          books.push(made);
          return made;
        },
        upload: async (_, { file }) => `${file.name} ${file.type} ${(await file.text()).length}`,
      },
      Subscription: {
        countdown: {
          subscribe: (_, { from }) =>
            new Repeater(async (push, stop) => {
              for (let i = from; i >= 0; i--) await push({ countdown: i });
              stop();
            }),
        },
      },
    },
  }),
});
