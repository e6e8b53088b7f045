// The Hono app as it is deployed without Laconic.
import { handle } from "hono/aws-lambda";
import { app } from "./orders.js";

export const handler = handle(app);
