import aws4 from "aws4";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const signed = (options) => {
  const { headers, path, host, service, region } = aws4.sign(
    { ...options, headers: { "X-Amz-Date": "20240229T130509Z", ...options.headers } },
    credentials,
  );
  return { headers, path, host, service, region };
};

export const cases = {
  "signs a GET": () => signed({ host: "sqs.us-east-1.amazonaws.com", path: "/?Action=ListQueues" }),
  "signs a POST": () =>
    signed({
      service: "dynamodb",
      region: "eu-central-1",
      headers: { "X-Amz-Target": "DynamoDB_20120810.ListTables" },
      body: "{}",
    }),
  "signs a query": () =>
    signed({
      service: "s3",
      region: "us-east-1",
      path: "/bucket/key?X-Amz-Expires=60&X-Amz-Date=20240229T130509Z",
      signQuery: true,
    }),
  "with a session token": () => {
    const { headers } = aws4.sign(
      { service: "ec2", path: "/?Action=x", headers: { "X-Amz-Date": "20240229T130509Z" } },
      { ...credentials, sessionToken: "token" },
    );
    return headers;
  },
  "unicode paths": () => signed({ service: "s3", path: "/bücket/a b/ü?x=ä&a=1&a=0" }),
  "canonical request": () =>
    new aws4.RequestSigner(
      {
        service: "iam",
        path: "/?b=2&a=1",
        headers: { "X-Amz-Date": "20240229T130509Z", "My-Header": "  a   b  " },
      },
      credentials,
    ).canonicalString(),
  "string to sign": () => {
    const signer = new aws4.RequestSigner(
      { service: "iam", path: "/", headers: { "X-Amz-Date": "20240229T130509Z" } },
      credentials,
    );
    signer.prepareRequest();
    return signer.stringToSign();
  },
  "guesses service and region of the host": () =>
    [
      "sqs.eu-west-1.amazonaws.com",
      "s3.amazonaws.com",
      "search-x.eu-west-1.es.amazonaws.com",
      "abc.execute-api.us-east-2.amazonaws.com",
    ].map((host) => {
      const { service, region } = new aws4.RequestSigner({ host, path: "/" }, credentials);
      return [service, region];
    }),
  "signs a HEAD": () => signed({ service: "s3", method: "HEAD", path: "/bucket/key" }),
  "buffers as bodies": () => signed({ service: "sns", body: Buffer.from("Action=Publish&Message=grüße") }),
  "several signatures share a key": () =>
    [1, 2, 3]
      .map(() => signed({ service: "sqs", path: "/" }).headers.Authorization)
      .every((value, _, all) => value === all[0]),
};
