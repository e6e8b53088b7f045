/** Names of what is there, by service and kind; of a service that the emulator lacks, a text that says so. */
export declare function inventory(endpoint: string): Promise<Record<string, string[] | string>>;
