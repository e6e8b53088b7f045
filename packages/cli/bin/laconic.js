#!/usr/bin/env node
import { run } from "@laconic/orchestrator/cli";

// A reader that has seen enough, as in `laconic … | head`, is no error.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await run(process.argv.slice(2));
