/** The `laconic` command for one app, which `main()` runs when the app's own file is run with arguments. */
export declare function runApp(entry: string, args: readonly string[]): Promise<void>;
