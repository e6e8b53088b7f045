import { Resolver } from "./resolver.js";

/** The resolver behind the functions of the module itself. */
export const defaultResolver = new Resolver();
