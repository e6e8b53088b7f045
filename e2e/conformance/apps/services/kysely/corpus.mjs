export const services = ["postgres"];
