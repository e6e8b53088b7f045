/** The least that AWS's Node runtime client can run. */
export const handler = async () => null;
