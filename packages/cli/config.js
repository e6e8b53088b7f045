export { defineConfig } from "@laconic/orchestrator/config";
