/** The folder of programs of the environment with cfn-lint and ministack. */
export declare function awsTools(): string;
