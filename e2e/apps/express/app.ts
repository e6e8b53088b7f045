import { http, main as laconicMain } from "@laconic/runtime/library";
import { app } from "./hello.js";

function main() {
  return laconicMain("ExpressService", "says hello through Express", [http("express", app)]);
}

main();
