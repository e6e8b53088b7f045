// A document store in S3, with streams both ways.
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createHash } from "node:crypto";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
  GetObjectTaggingCommand,
  S3Client,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const s3 = new S3Client({ forcePathStyle: true });
const Bucket = "documents";

const actions = {
  create: async () => (await s3.send(new CreateBucketCommand({ Bucket }))).$metadata.httpStatusCode,
  put: async ({ key, text }) =>
    (
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: key,
          Body: text,
          ContentType: "text/plain; charset=utf-8",
          Metadata: { author: "zoe" },
          CacheControl: "max-age=60",
        }),
      )
    ).ETag,
  putBytes: async () =>
    (
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: "bytes",
          Body: Uint8Array.from({ length: 70_000 }, (_, i) => i % 251),
        }),
      )
    ).ETag,
  putStream: async () =>
    (
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: "stream",
          Body: Readable.from([Buffer.from("one "), Buffer.from("two")]),
          ContentLength: 7,
        }),
      )
    ).ETag,
  get: async ({ key }) => {
    const { Body, ContentType, ContentLength, Metadata, CacheControl } = await s3.send(
      new GetObjectCommand({ Bucket, Key: key }),
    );
    return { ContentType, ContentLength, Metadata, CacheControl, text: await Body.transformToString() };
  },
  getBytes: async () =>
    createHash("sha1")
      .update(
        await (await s3.send(new GetObjectCommand({ Bucket, Key: "bytes" }))).Body.transformToByteArray(),
      )
      .digest("hex"),
  range: async () => {
    const { Body, ContentRange } = await s3.send(
      new GetObjectCommand({ Bucket, Key: "bytes", Range: "bytes=10-19" }),
    );
    return [ContentRange, [...(await Body.transformToByteArray())]];
  },
  pipe: async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "bytes" }));
    const hash = createHash("sha256");
    let length = 0;
    await pipeline(
      Body,
      new Transform({
        transform(chunk, _, done) {
          length += chunk.length;
          hash.update(chunk);
          done();
        },
      }),
    );
    return [length, hash.digest("hex")];
  },
  iterate: async () => {
    let length = 0;
    for await (const chunk of (await s3.send(new GetObjectCommand({ Bucket, Key: "bytes" }))).Body)
      length += chunk.length;
    return length;
  },
  web: async () => {
    const stream = (
      await s3.send(new GetObjectCommand({ Bucket, Key: "stream" }))
    ).Body.transformToWebStream();
    return new Response(stream).text();
  },
  upload: async () => {
    const upload = new Upload({
      client: s3,
      params: {
        Bucket,
        Key: "large",
        Body: Readable.from(Array.from({ length: 6 }, (_, i) => Buffer.alloc(1024 * 1024, i))),
      },
      partSize: 5 * 1024 * 1024,
      queueSize: 1,
    });
    const { Key, ETag } = await upload.done();
    return [Key, ETag];
  },
  head: async ({ key }) => {
    const { ContentLength, ContentType, ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: key }));
    return { ContentLength, ContentType, ETag };
  },
  list: async () => {
    const { Contents, CommonPrefixes, KeyCount } = await s3.send(
      new ListObjectsV2Command({ Bucket, Delimiter: "/" }),
    );
    return { KeyCount, keys: Contents.map(({ Key, Size }) => [Key, Size]), CommonPrefixes };
  },
  pages: async () => {
    const pages = [];
    for await (const { Contents } of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket }))
      pages.push(Contents.map(({ Key }) => Key));
    return pages;
  },
  copy: async () =>
    (await s3.send(new CopyObjectCommand({ Bucket, Key: "copy ä", CopySource: `${Bucket}/stream` })))
      .CopyObjectResult.ETag,
  tag: async () => {
    await s3.send(
      new PutObjectTaggingCommand({
        Bucket,
        Key: "stream",
        Tagging: { TagSet: [{ Key: "a", Value: "b c" }] },
      }),
    );
    return (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "stream" }))).TagSet;
  },
  missing: async () =>
    s3.send(new GetObjectCommand({ Bucket, Key: "no" })).catch((error) => ({
      name: error.name,
      message: error.message,
      is: error instanceof NoSuchKey,
      status: error.$metadata.httpStatusCode,
      Code: error.Code,
    })),
  headMissing: async () => s3.send(new HeadObjectCommand({ Bucket, Key: "no" })),
  presign: async () =>
    new URL(
      await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "a b ä" }), {
        expiresIn: 60,
        signingDate: new Date("2024-02-29T13:05:09Z"),
      }),
    ).search,
  fetchPresigned: async () => {
    const response = await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "stream" })));
    return [response.status, await response.text()];
  },
  remove: async () =>
    (
      await s3.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "stream" }, { Key: "no" }] } }),
      )
    ).Deleted.map(({ Key }) => Key).sort(),
};

export const handler = (event) => actions[event.action](event);
