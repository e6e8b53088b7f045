export const services = ["smtp"];
