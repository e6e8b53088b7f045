import "reflect-metadata";
import { Expose, Exclude, Type, Transform, instanceToPlain, plainToInstance } from "class-transformer";
import {
  IsArray,
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
  IsIn,
  IsDate,
  Matches,
  ArrayMinSize,
  validate,
  registerDecorator,
} from "class-validator";

class Line {
  @IsString() sku!: string;
  @IsInt() @Min(1) @Max(99) quantity!: number;
}

class Order {
  @IsEmail() email!: string;
  @Length(2, 5) @Transform(({ value }) => String(value).toUpperCase()) code!: string;
  @IsOptional() @IsIn(["card", "cash"]) payment?: string;
  @IsArray() @ArrayMinSize(1) @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
  @IsDate() @Type(() => Date) placed!: Date;
  @Exclude() @Matches(/^\w+$/) secret!: string;
  @Expose() get size(): number {
    return this.lines?.length ?? 0;
  }
}

function IsEven() {
  return (target: object, propertyName: string) =>
    registerDecorator({
      name: "isEven",
      target: target.constructor,
      propertyName,
      validator: {
        validate: (value: unknown) => typeof value === "number" && value % 2 === 0,
        defaultMessage: ({ property } = {} as never) => `${property} is odd`,
      },
    });
}
class Counter {
  @IsEven() n!: number;
  constructor(n: number) {
    this.n = n;
  }
}

const good = {
  email: "a@b.de",
  code: "abc",
  lines: [{ sku: "tea", quantity: 2 }],
  placed: "2024-02-29T00:00:00Z",
  secret: "s",
};

export const cases = {
  "transforms plain values": () => plainToInstance(Order, good),
  accepts: async () => validate(plainToInstance(Order, { ...good, secret: "x" })),
  "lists errors": async () =>
    (
      await validate(
        plainToInstance(Order, {
          email: "no",
          code: "x",
          payment: "gold",
          lines: [{ sku: 1, quantity: 0 }],
          placed: "no",
        }),
      )
    ).map(({ property, constraints, children }) => ({
      property,
      constraints,
      children: children?.map((child) => child.children?.map(({ property: p, constraints: c }) => [p, c])),
    })),
  whitelists: async () =>
    (
      await validate(Object.assign(plainToInstance(Order, good), { extra: 1 }), {
        whitelist: true,
        forbidNonWhitelisted: true,
      })
    ).map(({ property, constraints }) => [property, constraints]),
  "exposes and excludes": () => instanceToPlain(plainToInstance(Order, good)),
  "own decorators": async () => (await validate(new Counter(3))).map(({ constraints }) => constraints),
  "type metadata": () => Reflect.getMetadata("design:type", Order.prototype, "placed")?.name ?? null,
  "implicit conversion": () =>
    plainToInstance(Line, { sku: 5, quantity: "7" }, { enableImplicitConversion: true }),
};
