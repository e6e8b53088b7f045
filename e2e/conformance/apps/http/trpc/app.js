// tRPC behind fetch.
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { router } from "./router.js";

export const app = {
  fetch: (request) =>
    fetchRequestHandler({
      endpoint: "/trpc",
      req: request,
      router,
      createContext: ({ req, resHeaders }) => {
        resHeaders.set("x-context", "yes");
        return { user: req.headers.get("x-user") };
      },
    }),
};
