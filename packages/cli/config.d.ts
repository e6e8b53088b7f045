export * from "@laconic/orchestrator/config";
