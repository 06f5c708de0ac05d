// Calls a running service with the packed client. TypeScriptClientIT resets the data and runs this.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Configuration,
  type Customer,
  CustomerGroupsApi,
  CustomersApi,
  type Failure,
  GroupMembersApi,
  HistoryApi,
  KeysApi,
  ResponseError,
} from "customer-groups-client";

const url = process.env.BASE_PATH;
const key = process.env.BITKEY;
const configuration = new Configuration({ basePath: url, apiKey: key });
const groups = new CustomerGroupsApi(configuration);
const members = new GroupMembersApi(configuration);
const customers = new CustomersApi(configuration);

test("it reads its own key", async () => {
  const [own] = (await new KeysApi(configuration).getOwnKey()).data.items;

  assert.deepEqual([own.vendor, own.name, own.readOnly], ["acme", "configured", false]);
  assert.equal(own.expiresAt, undefined);
});

test("it lists and searches groups", async () => {
  const page = (await groups.listGroups({ offset: 1, limit: 2 })).data;
  assert.equal(page.total, 5);
  assert.deepEqual(page.items, [{ name: "group_1" }, { name: "华东区" }]);

  const found = await groups.searchGroups({
    search: { querys: [{ name: "name", op: "like", values: ["group%"] }], sorts: [{ name: "name", order: "desc" }] },
  });
  assert.deepEqual(found.data.items, [{ name: "group_1" }, { name: "group_0" }]);
});

test("it creates, renames, gets and deletes a group of any name", async () => {
  const name = "研发/R&D 100% + ?#;";

  await groups.createGroup({ groupInput: { name: "test_group" } });
  await groups.patchGroup({ name: "test_group", groupInput: { name } });

  assert.deepEqual((await groups.getGroup({ name })).data.items, [{ name }]);
  assert.deepEqual((await groups.deleteGroup({ name })).data.items, [{ name }]);
});

test("it adds customers to a group and takes them out", async () => {
  const added = await members.addMembers({ name: "group_0", member: [{ name: "customer_9" }] });
  assert.deepEqual(added.data.items, [{ name: "customer_9", groupName: "group_0" }]);

  const removed = await members.removeMembers({ name: "group_0", member: [{ name: "customer_9" }] });
  assert.equal(removed.data.items[0].groupName, undefined);
});

test("it writes, changes and deletes customers, and null clears a member", async () => {
  const key = { name: "acme", groupName: "group_0" };
  const input = { ...key, regDate: "2026-01-02 03:04:05", city: "上海" };
  const written: Customer = (await customers.overwriteCustomers({ customerInput: [input] })).data.items[0];
  assert.equal(written.city, "上海");
  // @ts-expect-error: the compiler knows each member.
  assert.equal(written.town, undefined);

  const change = { ...key, contact: "Ada", city: null };
  const changed = (await customers.changeCustomers({ customerPatch: [change] })).data.items[0];
  assert.equal(changed.contact, "Ada");
  assert.equal(changed.city, undefined);

  await customers.deleteCustomer(key);
});

test("it reads who has changed what", async () => {
  await groups.patchGroup({ name: "group_1", groupInput: { name: "group_9" } });

  const [change] = (await new HistoryApi(configuration).getHistory({ group: "group_9", limit: 1 })).data.items;
  assert.equal(change.type, "group.renamed");
  assert.equal(change.who.call, "PATCH /customer_groups/{name}");
  assert.equal(change.before?.name, "group_1");
  assert.equal(change.after?.name, "group_9");
});

test("it reads a failure", async () => {
  const refused = await groups.getGroup({ name: "nowhere" }).catch((error: unknown) => error);

  assert(refused instanceof ResponseError);
  const failure: Failure = await refused.response.json();
  assert.equal(refused.response.status, 404);
  assert.equal(failure.status, 2001);
});

test("it sends again without doing twice", async () => {
  const request = { name: "试用客户", xBitReqId: "the-same-id-of-typescript" };

  const first = await groups.deleteGroupRaw(request);
  const second = await groups.deleteGroupRaw(request);

  assert.deepEqual(await second.value(), await first.value());
  assert.equal(first.raw.headers.get("x-bit-req-replayed"), null);
  assert.equal(second.raw.headers.get("x-bit-req-replayed"), "true");
});
