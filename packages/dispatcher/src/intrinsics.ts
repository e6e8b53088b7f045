/** Taken before the app's own code runs: what it puts in their place must not be met by its later requests. */
export const { parse, stringify } = JSON;
