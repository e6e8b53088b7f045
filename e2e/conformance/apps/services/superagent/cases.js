import superagent from "superagent";

const base = process.env.UPSTREAM;

export const cases = {
  JSON: async () => {
    const { body, status, type, ok } = await superagent.get(`${base}/json`);
    return { body, status, type, ok };
  },
  "posts JSON": async () =>
    (await superagent.post(`${base}/echo`).send({ a: "ä" }).set("X-Custom", "yes")).body,
  "posts a form": async () =>
    (await superagent.post(`${base}/echo`).type("form").send({ a: 1 }).send("b=2")).body,
  queries: async () => (await superagent.get(`${base}/echo`).query({ a: 1, b: "ä" }).query("c=3")).body.url,
  text: async () => (await superagent.get(`${base}/text`)).text,
  bytes: async () =>
    (await superagent.get(`${base}/bytes`).buffer(true).parse(superagent.parse.image)).body.length,
  multipart: async () => {
    const { body } = await superagent
      .post(`${base}/echo`)
      .field("a", "1")
      .attach("f", Buffer.from("file"), "a.txt");
    return [body.headers["content-type"].split(";")[0], body.length > 100];
  },
  redirects: async () => {
    const { redirects, body } = await superagent.get(`${base}/redirect`);
    return [redirects.map((url) => new URL(url).pathname), body];
  },
  404: () =>
    superagent
      .get(`${base}/missing`)
      .catch(({ status, message, response }) => ({ status, message, text: response.text })),
  "accepts errors": async () => (await superagent.get(`${base}/error`).ok(() => true)).body,
  timeouts: () =>
    superagent
      .get(`${base}/slow`)
      .timeout(50)
      .catch(({ code, timeout }) => [code, timeout]),
  retries: async () => (await superagent.get(`${base}/flaky`).retry(3)).text,
  "basic auth": async () => (await superagent.get(`${base}/auth`).auth("zoe", "secret")).text,
  "agents keep cookies": async () => {
    const agent = superagent.agent();
    await agent.get(`${base}/cookies`);
    return (await agent.get(`${base}/cookies`)).text;
  },
  compressed: async () => (await superagent.get(`${base}/gzip`).buffer(true)).text.length,
  "nobody listens": () => superagent.get("http://127.0.0.1:1").catch(({ code }) => code),
};
