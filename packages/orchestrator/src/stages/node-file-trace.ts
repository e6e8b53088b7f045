// A module of its own, so that the tracer is loaded for apps that need it alone.
export { nodeFileTrace } from "@vercel/nft";
