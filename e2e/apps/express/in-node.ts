// The Express app as it is deployed without Laconic.
import serverless from "serverless-http";
import { app } from "./hello.js";

export const handler = serverless(app);
