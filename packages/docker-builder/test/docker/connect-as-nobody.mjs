// Run as a user who may not use the engine's socket: prints the error as JSON.
import { connect } from "@laconic/docker-builder";

const [address] = process.argv.slice(2);
const error = await connect({ env: { DOCKER_HOST: address }, home: "/nonexistent", uid: 65534 }).catch(
  (caught) => caught,
);
console.log(JSON.stringify({ code: error.code, hint: error.hint }));
