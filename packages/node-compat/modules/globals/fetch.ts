import "../internal/lazy.js";
import { lazily } from "./lazily.js";

lazily(["fetch"], () => require("../web/fetch.js"));
lazily(["FormData"], () => require("../web/form-data.js"));
lazily(["Headers"], () => require("../web/headers.js"));
lazily(["Request"], () => require("../web/request.js"));
lazily(["Response"], () => require("../web/response.js"));
