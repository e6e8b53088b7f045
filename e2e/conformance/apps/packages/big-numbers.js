import BigNumber from "bignumber.js";
import Decimal from "decimal.js";
import Long from "long";

export const cases = {
  "BigNumber counts": () => [
    new BigNumber("0.1").plus("0.2").toString(),
    new BigNumber(2).pow(200).toFixed(),
    new BigNumber(1).div(3).toString(),
    new BigNumber("123456789.987654321").toFormat(2),
    new BigNumber(2).sqrt().toString(),
    new BigNumber("1e-30").toExponential(),
  ],
  "BigNumber compares and rounds": () => [
    new BigNumber("1.005").decimalPlaces(2).toString(),
    new BigNumber("-1.5").integerValue(BigNumber.ROUND_HALF_EVEN).toString(),
    new BigNumber("ff.8", 16).toString(),
    new BigNumber(255).toString(2),
    new BigNumber(NaN).isNaN(),
    BigNumber.max(1, "3", 2).toNumber(),
  ],
  "BigNumber refuses": () => {
    BigNumber.DEBUG = true;
    try {
      return new BigNumber("nonsense").toString();
    } finally {
      BigNumber.DEBUG = false;
    }
  },
  "Decimal counts": () => [
    Decimal.exp(1).toString(),
    new Decimal("0.1").mul("0.2").toString(),
    Decimal.ln(10).toFixed(15),
    Decimal.sin(1).toString(),
    new Decimal(2).pow("0.5").toString(),
    new Decimal("1e400").log().toString(),
  ],
  "Decimal of another precision": () => {
    const Short = Decimal.clone({ precision: 5, rounding: Decimal.ROUND_DOWN });
    return [
      new Short(1).div(3).toString(),
      new Short(2).sqrt().toString(),
      new Decimal("0x1.8p3").toString(),
    ];
  },
  "Decimal refuses": () => new Decimal("1..2"),
  "Long counts": () => [
    Long.MAX_VALUE.add(1).toString(),
    Long.fromString("-9223372036854775808").toString(16),
    Long.fromString("18446744073709551615", true).div(3).toString(),
    Long.fromNumber(2 ** 53)
      .mul(3)
      .toNumber(),
    Long.fromBytesBE([0, 0, 0, 1, 0, 0, 0, 0]).toString(),
    Long.fromInt(-1).shiftRightUnsigned(60).toInt(),
    Long.fromValue(42n).toBigInt?.() ?? "none",
  ],
  "JSON of each": () => JSON.stringify([new BigNumber("1.50"), new Decimal("1.50"), Long.ONE]),
};
