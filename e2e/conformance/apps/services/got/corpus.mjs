export const services = ["upstream"];
