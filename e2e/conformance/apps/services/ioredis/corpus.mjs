export const services = ["redis"];
