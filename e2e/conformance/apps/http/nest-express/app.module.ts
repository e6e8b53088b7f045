import { createHash } from "node:crypto";
import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  HttpException,
  HttpStatus,
  Injectable,
  Ip,
  MiddlewareConsumer,
  Module,
  NestModule,
  NotFoundException,
  Param,
  ParseBoolPipe,
  ParseIntPipe,
  Post,
  Put,
  Query,
  Redirect,
  Req,
  Res,
  Session,
  StreamableFile,
  UploadedFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
  ValidationPipe,
  Version,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
  type OnModuleInit,
  type PipeTransform,
} from "@nestjs/common";
import { Catch, SetMetadata, createParamDecorator } from "@nestjs/common";
import { FileInterceptor } from "@nestjs/platform-express";
import { Reflector } from "@nestjs/core";
import { Type } from "class-transformer";
import { IsInt, IsOptional, IsString, Min, MinLength } from "class-validator";
import type { Request, Response } from "express";
import { map, type Observable } from "rxjs";

export class CreateCat {
  @IsString() @MinLength(2) name!: string;
  @IsInt() @Min(0) @Type(() => Number) age!: number;
  @IsOptional() @IsString() colour?: string;
}

@Injectable()
export class CatsService implements OnModuleInit {
  private readonly cats = new Map<number, CreateCat & { id: number }>();
  onModuleInit(): void {
    this.create({ name: "Minka", age: 3 });
  }
  create(cat: CreateCat): CreateCat & { id: number } {
    const made = { id: this.cats.size + 1, ...cat };
    this.cats.set(made.id, made);
    return made;
  }
  all(): unknown[] {
    return [...this.cats.values()];
  }
  find(id: number): CreateCat {
    const cat = this.cats.get(id);
    if (!cat) throw new NotFoundException(`no cat ${id}`);
    return cat;
  }
}

const Roles = (...roles: string[]) => SetMetadata("roles", roles);
const UserAgent = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<Request>().headers["user-agent"],
);

@Injectable()
class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context: ExecutionContext): boolean {
    const roles = this.reflector.get<string[] | undefined>("roles", context.getHandler());
    const role = context.switchToHttp().getRequest<Request>().headers["x-role"];
    return !roles || roles.includes(String(role));
  }
}

@Injectable()
class Wrapped implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((value: unknown) => ({ wrapped: value })));
  }
}

class TeapotError extends Error {}

@Catch(TeapotError)
class TeapotFilter implements ExceptionFilter {
  catch(error: TeapotError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().status(418).json({ teapot: error.message });
  }
}

class Upper implements PipeTransform<string, string> {
  transform(value: string): string {
    return value.toUpperCase();
  }
}

@Controller("cats")
export class CatsController {
  constructor(private readonly cats: CatsService) {}
  @Get() all(@Query("limit", new ParseIntPipe({ optional: true })) limit?: number): unknown[] {
    return this.cats.all().slice(0, limit);
  }
  @Get(":id") one(@Param("id", ParseIntPipe) id: number): CreateCat {
    return this.cats.find(id);
  }
  @Post() create(
    @Body(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }))
    cat: CreateCat,
  ): CreateCat {
    return this.cats.create(cat);
  }
  @Put(":id") @HttpCode(HttpStatus.ACCEPTED) update(
    @Param("id", ParseIntPipe) id: number,
    @Body() body: Partial<CreateCat>,
  ): CreateCat {
    return Object.assign(this.cats.find(id), body);
  }
  @Delete(":id") @HttpCode(204) remove(@Param("id", ParseIntPipe) id: number): void {
    this.cats.find(id);
  }
}

@Controller()
export class PlainController {
  @Get() root(): string {
    return "nest";
  }
  @Get("headers") @Header("X-One", "1") @Header("Cache-Control", "none") headers(
    @Headers("accept") accept: string,
    @UserAgent() agent: string,
    @Ip() ip: string,
  ): unknown {
    return { accept, agent, ip };
  }
  @Get("redirect") @Redirect("/cats", 302) redirect(@Query("to") to?: string): unknown {
    return to ? { url: to, statusCode: 301 } : undefined;
  }
  @Get("upper/:text") upper(@Param("text", Upper) text: string): string {
    return text;
  }
  @Get("flag") flag(@Query("on", ParseBoolPipe) on: boolean): string {
    return `flag ${on}`;
  }
  @Get("guarded") @UseGuards(RolesGuard) @Roles("admin") guarded(): string {
    return "for admins";
  }
  @Get("wrapped") @UseInterceptors(Wrapped) wrapped(): unknown {
    return [1, 2];
  }
  @Get("teapot") @UseFilters(TeapotFilter) teapot(): never {
    throw new TeapotError("short and stout");
  }
  @Get("boom") boom(): never {
    throw new Error("boom");
  }
  @Get("http-error") httpError(): never {
    throw new HttpException({ status: 409, error: "own shape" }, 409, { cause: new Error("why") });
  }
  @Get("raw") raw(@Req() request: Request, @Res() response: Response): void {
    response.status(202).type("text/plain").send(`raw ${request.path}`);
  }
  @Get("passthrough") passthrough(@Res({ passthrough: true }) response: Response): unknown {
    response.cookie("a", "1");
    return { passed: true };
  }
  @Get("stream") stream(): StreamableFile {
    return new StreamableFile(Buffer.from("streamed file"), {
      type: "text/plain",
      disposition: 'attachment; filename="a.txt"',
    });
  }
  @Get("async") async later(): Promise<unknown> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { later: true };
  }
  @Get("null") nothing(): null {
    return null;
  }
  @Post("echo") echo(@Body() body: unknown): unknown {
    return body ?? null;
  }
  @Post("upload") @UseInterceptors(FileInterceptor("file")) upload(
    @UploadedFile() file: { originalname: string; size: number; buffer: Buffer },
    @Body() body: unknown,
  ): unknown {
    return {
      body,
      file: file && {
        name: file.originalname,
        size: file.size,
        sha1: createHash("sha1").update(file.buffer).digest("hex"),
      },
    };
  }
  @Get("versioned") @Version("2") versioned(): string {
    return "version 2";
  }
  @Get("session") session(@Session() session: unknown): string {
    return typeof session;
  }
}

@Module({
  providers: [CatsService, { provide: "GREETING", useFactory: async () => "hello" }],
  controllers: [CatsController],
  exports: [CatsService],
})
class CatsModule {}

@Module({ imports: [CatsModule], controllers: [PlainController], providers: [RolesGuard] })
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply((request: Request, response: Response, next: () => void) => {
        response.setHeader("X-Middleware", "yes");
        next();
      })
      .forRoutes("cats");
  }
}
