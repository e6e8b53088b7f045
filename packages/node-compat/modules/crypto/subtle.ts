export const subtle: any = {};
