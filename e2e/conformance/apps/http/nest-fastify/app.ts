// A small Nest service on Fastify.
import "reflect-metadata";
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Injectable,
  Module,
  NotFoundException,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  UnauthorizedException,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import type { FastifyReply } from "fastify";
import { of, delay } from "rxjs";

@Injectable()
class Clock {
  now(): string {
    return "2024-02-29T13:05:09Z";
  }
}

@Controller("api")
class ApiController {
  constructor(
    private readonly clock: Clock,
    @Inject("CONFIG") private readonly config: { name: string },
  ) {}
  @Get() root(): unknown {
    return { name: this.config.name, at: this.clock.now() };
  }
  @Get("text") @Header("content-type", "text/plain") text(): string {
    return "text ä";
  }
  @Get("observable") observable(): unknown {
    return of({ observed: true }).pipe(delay(5));
  }
  @Get("things/:id") thing(@Param("id", ParseUUIDPipe) id: string): string {
    return id;
  }
  @Post("echo") @HttpCode(200) echo(@Body() body: unknown, @Query() query: unknown): unknown {
    return { body, query };
  }
  @Get("reply") reply(@Res() reply: FastifyReply): void {
    void reply.code(202).header("x-reply", "yes").send({ replied: true });
  }
  @Get("missing") missing(): never {
    throw new NotFoundException();
  }
  @Get("secret") secret(): never {
    throw new UnauthorizedException("who are you?");
  }
  @Get("boom") boom(): never {
    throw new Error("boom");
  }
}

@Module({
  controllers: [ApiController],
  providers: [Clock, { provide: "CONFIG", useFactory: async () => ({ name: "nest on fastify" }) }],
})
class AppModule {}

export const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
  logger: false,
});
app.setGlobalPrefix("v1");
await app.init();
await app.getHttpAdapter().getInstance().ready();
