import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { AppModule } from "./app.module.js";

// Nest on Express, as `nest new` lays it out.
export const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: false });
app.enableCors({ origin: "https://app.example" });
app.set("etag", false);
await app.init();
