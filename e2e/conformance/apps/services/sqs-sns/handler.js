// A queue consumer and its producers, with partial batch failures.
import {
  PublishCommand,
  CreateTopicCommand,
  SNSClient,
  SubscribeCommand,
  ListSubscriptionsByTopicCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";

const sqs = new SQSClient({});
const sns = new SNSClient({});
let QueueUrl;
let TopicArn;
const path = (url) => new URL(url).pathname;

const actions = {
  create: async () =>
    path(
      ({ QueueUrl } = await sqs.send(
        new CreateQueueCommand({ QueueName: "jobs", Attributes: { VisibilityTimeout: "1" } }),
      )).QueueUrl,
    ),
  url: async () => path((await sqs.send(new GetQueueUrlCommand({ QueueName: "jobs" }))).QueueUrl),
  send: async ({ body }) =>
    (
      await sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: body,
          MessageAttributes: {
            kind: { DataType: "String", StringValue: "ä" },
            count: { DataType: "Number", StringValue: "3" },
            raw: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 255]) },
          },
        }),
      )
    ).MD5OfMessageBody,
  batch: async () => {
    const { Successful, Failed } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: "a", MessageBody: "one" },
          { Id: "b", MessageBody: "two" },
        ],
      }),
    );
    return [Successful.map(({ Id, MD5OfMessageBody }) => [Id, MD5OfMessageBody]), Failed];
  },
  receive: async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        AttributeNames: ["ApproximateReceiveCount"],
      }),
    );
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages.map(({ Body, MessageAttributes = {}, Attributes }) => ({
      Body,
      attributes: Object.entries(MessageAttributes)
        .map(([name, { StringValue, BinaryValue }]) => [name, StringValue ?? [...BinaryValue]])
        .sort(),
      Attributes,
    }));
  },
  attributes: async () =>
    (
      await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ["ApproximateNumberOfMessages", "VisibilityTimeout"],
        }),
      )
    ).Attributes,
  missing: async () => sqs.send(new GetQueueUrlCommand({ QueueName: "no" })),
  topic: async () => ({ TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }))).TopicArn,
  subscribe: async () => {
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: "arn:aws:sqs:us-east-1:123456789012:jobs",
        Attributes: { RawMessageDelivery: "true" },
      }),
    );
    return (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions.map(
      ({ Protocol, Endpoint }) => [Protocol, Endpoint],
    );
  },
  publish: async () =>
    typeof (await sns.send(new PublishCommand({ TopicArn, Message: "hello ä", Subject: "news" }))).MessageId,
};

export async function handler(event) {
  if (event.Records) {
    const batchItemFailures = [];
    for (const { messageId, body } of event.Records) {
      try {
        if (JSON.parse(body).fail) throw new Error("cannot do it");
      } catch {
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  }
  return actions[event.action](event);
}
