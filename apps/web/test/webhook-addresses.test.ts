/** Where webhooks never go: what the name leads to at the moment of the connection, and what the address says itself. */

import { expect, test } from "vitest";
import { webhookSender } from "../src/server/webhook-sender.ts";

const going = new AbortController().signal;
const REQUEST = { headers: {}, body: "{}" };

const strict = (answers: string[], asked: string[] = []) =>
  webhookSender({
    allowPrivate: false,
    timeoutMs: 2000,
    resolve: async (host) => {
      asked.push(host);
      return answers;
    },
  })({ url: "https://hooks.example.com/", ...REQUEST }, going);

test.each([
  ["127.0.0.1"],
  ["127.8.8.8"],
  ["0.0.0.0"],
  ["10.0.0.1"],
  ["172.31.255.255"],
  ["192.168.0.1"],
  ["169.254.169.254"],
  ["168.63.129.16"],
  ["100.64.0.1"],
  ["100.100.100.200"],
  ["192.0.0.192"],
  ["192.0.2.1"],
  ["198.18.0.1"],
  ["198.51.100.1"],
  ["203.0.113.1"],
  ["224.0.0.1"],
  ["240.0.0.1"],
  ["255.255.255.255"],
  ["::"],
  ["::1"],
  ["::ffff:127.0.0.1"],
  ["::ffff:8.8.8.8"],
  ["::127.0.0.1"],
  ["64:ff9b::7f00:1"],
  ["64:ff9b:1::a00:1"],
  ["2002:7f00:1::"],
  ["2001::1"],
  ["2001:db8::1"],
  ["3fff::1"],
  ["fe80::1"],
  ["fec0::1"],
  ["fc00::1"],
  ["fd00:ec2::254"],
  ["ff02::1"],
  ["8.8.8.8", "127.0.0.1"],
  ["2606:4700:4700::1111", "fd00::1"],
  ["not an address"],
])("a name that leads to %s is not connected to", async (...addresses) => {
  expect(await strict(addresses)).toEqual({
    status: null,
    error: "The name leads to an address that is not public; nothing was sent.",
  });
});

test.each([
  ["https://127.0.0.1/", "must be an address on the public internet"],
  ["https://2130706433/", "must be an address on the public internet"],
  ["https://[::ffff:7f00:1]/", "must be an address on the public internet"],
  ["https://169.254.169.254/", "must be an address on the public internet"],
  ["https://localhost/", "must be an address on the public internet"],
  ["https://hooks.example.com:6379/", "may only use port 443 or 8443"],
  ["http://hooks.example.com/", "must begin with https://"],
  ["https://a:b@hooks.example.com/", "must not hold a user name or password"],
])("%s is refused without a question to anybody", async (url, fault) => {
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return ["127.0.0.1"];
  };
  const sender = webhookSender({ allowPrivate: false, resolve });
  expect(await sender({ url, ...REQUEST }, going)).toEqual({ status: null, error: `The address ${fault}.` });
  expect(asked).toEqual([]);
});
