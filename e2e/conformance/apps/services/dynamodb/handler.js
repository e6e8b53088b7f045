// An order table in DynamoDB, as a Lambda handler keeps it.
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
  paginateQuery,
} from "@aws-sdk/lib-dynamodb";

const client = new DynamoDBClient({});
const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const TableName = "orders";
const without = ({ $metadata, ...rest }) => ({ status: $metadata.httpStatusCode, ...rest });

const actions = {
  async create() {
    await client.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [
          { AttributeName: "customer", KeyType: "HASH" },
          { AttributeName: "id", KeyType: "RANGE" },
        ],
        AttributeDefinitions: [
          { AttributeName: "customer", AttributeType: "S" },
          { AttributeName: "id", AttributeType: "N" },
        ],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return { status: Table.TableStatus, keys: Table.KeySchema, items: Table.ItemCount };
  },
  tables: async () => without(await client.send(new ListTablesCommand({}))),
  put: async ({ item }) =>
    without(await documents.send(new PutCommand({ TableName, Item: item, ReturnValues: "ALL_OLD" }))),
  binary: async () => {
    await documents.send(
      new PutCommand({
        TableName,
        Item: {
          customer: "bin",
          id: 1,
          data: new Uint8Array([0, 1, 255]),
          set: new Set(["a", "b"]),
          none: undefined,
          nothing: null,
          list: [1, [2]],
        },
      }),
    );
    const { Item } = await documents.send(new GetCommand({ TableName, Key: { customer: "bin", id: 1 } }));
    return { ...Item, data: Buffer.from(Item.data).toString("hex"), set: [...Item.set].sort() };
  },
  get: async ({ key }) =>
    without(await documents.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }))),
  update: async ({ key, total }) =>
    without(
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: key,
          UpdateExpression: "SET #t = if_not_exists(#t, :zero) + :n, tags = list_append(tags, :tag)",
          ExpressionAttributeNames: { "#t": "total" },
          ExpressionAttributeValues: { ":n": total, ":zero": 0, ":tag": ["new"] },
          ReturnValues: "ALL_NEW",
        }),
      ),
    ),
  query: async ({ customer, above }) =>
    without(
      await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "customer = :c AND id > :a",
          ExpressionAttributeValues: { ":c": customer, ":a": above },
          ScanIndexForward: false,
        }),
      ),
    ),
  scan: async () =>
    (
      await documents.send(
        new ScanCommand({
          TableName,
          FilterExpression: "attribute_exists(#t)",
          ExpressionAttributeNames: { "#t": "total" },
        }),
      )
    ).Items.map(({ customer, id }) => `${customer}/${id}`).sort(),
  batch: async () => {
    await documents.send(
      new BatchWriteCommand({
        RequestItems: {
          [TableName]: Array.from({ length: 20 }, (_, id) => ({
            PutRequest: { Item: { customer: "batch", id, text: "x".repeat(100) } },
          })),
        },
      }),
    );
    const { Responses } = await documents.send(
      new BatchGetCommand({
        RequestItems: {
          [TableName]: {
            Keys: [
              { customer: "batch", id: 3 },
              { customer: "batch", id: 99 },
            ],
          },
        },
      }),
    );
    return Responses;
  },
  pages: async () => {
    const sizes = [];
    for await (const page of paginateQuery(
      { client: documents, pageSize: 6 },
      { TableName, KeyConditionExpression: "customer = :c", ExpressionAttributeValues: { ":c": "batch" } },
    ))
      sizes.push(page.Items.length);
    return sizes;
  },
  once: async ({ item }) =>
    documents
      .send(new PutCommand({ TableName, Item: item, ConditionExpression: "attribute_not_exists(id)" }))
      .then(without, (error) => ({
        name: error.name,
        message: error.message,
        is: error instanceof ConditionalCheckFailedException,
        status: error.$metadata.httpStatusCode,
        fault: error.$fault,
      })),
  transact: async () =>
    documents
      .send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName, Item: { customer: "tx", id: 1 } } },
            {
              ConditionCheck: {
                TableName,
                Key: { customer: "none", id: 1 },
                ConditionExpression: "attribute_exists(id)",
              },
            },
          ],
        }),
      )
      .then(without, (error) => ({ name: error.name, reasons: error.CancellationReasons })),
  remove: async ({ key }) =>
    without(await documents.send(new DeleteCommand({ TableName, Key: key, ReturnValues: "ALL_OLD" }))),
  missing: async () => documents.send(new GetCommand({ TableName: "no-such-table", Key: { id: 1 } })),
  invalid: async () => documents.send(new GetCommand({ TableName })),
};

export const handler = (event) => actions[event.action](event);
