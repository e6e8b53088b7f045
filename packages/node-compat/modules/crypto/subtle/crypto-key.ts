export class CryptoKey {}
export function fromKeyObject(...a: any[]): any {
  return a;
}
