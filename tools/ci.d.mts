export declare function isCi(env?: NodeJS.ProcessEnv): boolean;
export declare function cannotRun(what: string, reason: string, env?: NodeJS.ProcessEnv): void;
