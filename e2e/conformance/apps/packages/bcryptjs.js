import bcrypt from "bcryptjs";

const salt = "$2b$04$abcdefghijklmnopqrstuu";

export const cases = {
  "hashes with a salt": () => bcrypt.hashSync("correct horse", salt),
  "hashes asynchronously": () => bcrypt.hash("correct horse", salt),
  "hashes with a callback": () =>
    new Promise((resolve, reject) =>
      bcrypt.hash("x", salt, (error, hash) => (error ? reject(error) : resolve(hash))),
    ),
  compares: async () => [
    bcrypt.compareSync("a", bcrypt.hashSync("a", 4)),
    bcrypt.compareSync("b", bcrypt.hashSync("a", 4)),
    await bcrypt.compare("a", await bcrypt.hash("a", 4)),
  ],
  "reads hashes of others": () => [
    bcrypt.compareSync("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
    bcrypt.compareSync("", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkY8jIucDrjc8deX1s."),
    bcrypt.compareSync("a", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
  ],
  unicode: () => bcrypt.hashSync("pässwörd 🔑", salt),
  "truncates at 72 bytes": () => [
    bcrypt.truncates("x".repeat(73)),
    bcrypt.hashSync("x".repeat(72), salt) === bcrypt.hashSync("x".repeat(80), salt),
  ],
  salts: () => {
    const made = bcrypt.genSaltSync(5);
    return [made.length, made.slice(0, 7), made === bcrypt.genSaltSync(5)];
  },
  "rounds and salt of a hash": () => {
    const hash = bcrypt.hashSync("x", salt);
    return [bcrypt.getRounds(hash), bcrypt.getSalt(hash)];
  },
  "refuses a wrong salt": () => bcrypt.hashSync("x", "$2b$04$short"),
  "refuses other types": () => bcrypt.hashSync(5, salt),
  base64: () => [bcrypt.encodeBase64([1, 2, 3, 255], 4), bcrypt.decodeBase64("abcd", 3)],
};
