import "../internal/lazy.js";
import { lazily } from "./lazily.js";

lazily(["Blob", "File"], () => require("../web/blob.js"));
