import { describe, expect, test } from "vitest";
import { allows, isIpRange, rateSubject } from "./addresses.ts";

describe("an address list", () => {
  test.each<[string[], string, boolean]>([
    [[], "10.0.0.1", true],
    [[], "unknown", true],
    [["10.0.0.1"], "10.0.0.1", true],
    [["10.0.0.1"], "10.0.0.2", false],
    [["10.0.0.1"], "::ffff:10.0.0.1", true],
    [["::ffff:10.0.0.1"], "10.0.0.1", true],
    [["::ffff:10.0.0.0/104"], "10.9.9.9", true],
    [["10.0.0.0/8"], "10.255.0.1", true],
    [["10.0.0.0/8"], "11.0.0.1", false],
    [["10.0.0.0/8"], "::ffff:10.1.1.1", true],
    [["0.0.0.0/0"], "9.9.9.9", true],
    [["0.0.0.0/0"], "2001:db8::1", false],
    [["::/0"], "2001:db8::1", true],
    [["2001:db8::1"], "2001:0DB8:0:0:0:0:0:1", true],
    [["2001:db8::/32"], "2001:db9::1", false],
    [["192.0.2.1", "2001:db8::1"], "2001:db8::1", true],
    [["10.0.0.1"], "unknown", false],
  ])("%j lets %s in: %s", (list, ip, expected) => {
    expect(allows(list, ip)).toBe(expected);
  });

  test.each([
    ["10.0.0.1", true],
    ["10.0.0.0/8", true],
    ["::1", true],
    ["2001:db8::/32", true],
    ["::ffff:10.0.0.1", true],
    ["10", false],
    ["127.1", false],
    ["0x7f.0.0.1", false],
    ["10/8", false],
    ["10.0.0.0/33", false],
    ["2001:db8::/129", false],
    ["example.com", false],
    ["", false],
  ])("may hold %j: %s", (text, expected) => {
    expect(isIpRange(text)).toBe(expected);
  });
});

test.each([
  ["10.0.0.7", "10.0.0.7"],
  ["::ffff:10.0.0.7", "10.0.0.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::ffff", "2001:db8:1:2::/64"],
  ["unknown", "unknown"],
])("%s counts against the hour of %s", (ip, subject) => {
  expect(rateSubject(ip)).toBe(subject);
});
