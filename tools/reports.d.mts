export declare function expectedReports(root: string): string[];
