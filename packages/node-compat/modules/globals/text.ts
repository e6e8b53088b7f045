import "../internal/lazy.js";
import { lazily } from "./lazily.js";

lazily(["TextDecoder", "TextEncoder"], () => require("../web/text-coding.js"));
