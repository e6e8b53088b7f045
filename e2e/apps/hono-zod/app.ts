import { http, main as laconicMain } from "@laconic/runtime/library";
import { app } from "./orders.js";

function main() {
  return laconicMain("OrderService", "Takes orders", [http("orders", app, { memorySize: 256, timeout: 10 })]);
}

main();
