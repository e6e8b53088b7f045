export interface TestImage {
  readonly key: "python" | "gcc" | "pythonArm64";
  readonly tag: string;
}
export declare const IMAGES: readonly TestImage[];
export declare function importImage(image: TestImage, socketPath: string): Promise<void>;
