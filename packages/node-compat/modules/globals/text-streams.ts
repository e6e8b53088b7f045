import "../internal/lazy.js";
import { lazily } from "./lazily.js";

lazily(["TextDecoderStream", "TextEncoderStream"], () => require("../web/text-streams.js"));
