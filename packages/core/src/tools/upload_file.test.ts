import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { animation, inside, NOTHING_HIDDEN, noise } from "../../test/pictures.ts";
import { FILE } from "../../test/shapes.ts";
import { fail, openWorld, refused } from "../../test/world.ts";
import { forDisplay } from "../image.ts";
import { forget } from "../jobs/retention.ts";

const w = await openWorld();
const human = await w.human();
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = (text: string) => Buffer.from(text.padEnd(400, "\0"), "latin1");
const upload = (bytes: Uint8Array, name = "proof.bin", core = w.core) =>
  core.call(human, "upload_file", { name, bytes });

testDoor(w, "upload_file", {
  may: ["human", "agent", "admin"],
  permission: "tasks:write",
  input: { name: "a.txt", bytes: Buffer.from("text") },
  required: ["name", "bytes"],
});

test("stores a file and describes it", async () => {
  const made = await upload(Buffer.from("three shops"), "list.txt");
  expect(fieldsOf(made)).toEqual(FILE);
  expect(made).toMatchObject({
    name: "list.txt",
    type: "text/plain",
    size: 11,
    sha256: createHash("sha256").update("three shops").digest("hex"),
    url: `/api/v1/files/${made.id}`,
  });
});

test.each([
  ["application/pdf", bytesOf("%PDF-1.7")],
  ["audio/mpeg", bytesOf("\xff\xfb\x90\x64")],
  ["audio/wav", bytesOf("RIFF\x24\0\0\0WAVEfmt ")],
  ["audio/x-m4a", bytesOf("\0\0\0\x18ftypM4A \0\0\0\0M4A mp42isom")],
  ["audio/ogg", bytesOf(`OggS\0\x02${"\0".repeat(20)}\x01\x13OpusHead`)],
  ["video/mp4", bytesOf("\0\0\0\x18ftypisom\0\0\0\0isommp42")],
  ["video/quicktime", bytesOf("\0\0\0\x14ftypqt  \0\0\0\0qt  ")],
  ["text/plain", Buffer.from("Grüße,\tÖffnungszeiten\r\n")],
])("sniffs %s from the bytes, whatever the name says", async (type, bytes) => {
  expect(await upload(bytes, "innocent.exe")).toMatchObject({ type, size: bytes.length });
});

test.each(["jpeg", "png", "webp", "gif", "avif"] as const)(
  "a %s picture is kept twice: as it came, and as others see it",
  async (kind) => {
    const came = await noise()
      .withExif({ IFD0: { Copyright: "Mallory" } })
      [kind]()
      .toBuffer();
    const made = await upload(came, `shop.${kind}`);
    const type = kind === "avif" ? "image/webp" : `image/${kind}`;
    expect(made).toMatchObject({ type, name: kind === "avif" ? "shop.webp" : `shop.${kind}` });
    const shown = await w.core.files.get(made.id);
    expect(made).toMatchObject({ size: shown.length, sha256: hash(shown) });
    expect((await inside(shown)).hidden).toEqual(NOTHING_HIDDEN);
    expect(Buffer.from(await w.core.files.get(`${made.id}_original`))).toEqual(came);
  },
);

test("a picture that cannot be cleaned is refused, and nothing is written", async () => {
  const kept = async () => (await w.core.client`select count(*)::int as n from file`)[0]?.n;
  const before = await kept();
  const jpeg = await noise(200, 200).jpeg().toBuffer();
  await refused("IMAGE_UNREADABLE", upload(jpeg.subarray(0, jpeg.length / 2)));
  await refused("IMAGE_UNREADABLE", upload(bytesOf("\xff\xd8\xff\xe0\0\x10JFIF\0")));
  const many = await (await animation(40, 8)).gif({ effort: 1 }).toBuffer();
  many.writeUInt16LE(1500, 6);
  many.writeUInt16LE(1500, 8);
  await refused("IMAGE_TOO_LARGE", upload(many));
  for (const brand of ["heic", "mif1"]) {
    const heic = bytesOf(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`);
    expect((await refused("FILE_TYPE_REFUSED", upload(heic))).message).toContain("saved as JPEG");
  }
  expect(await kept()).toBe(before);
});

test.each([
  ["a Windows program", bytesOf("MZ\x90\0")],
  ["a Linux program", bytesOf("\x7fELF\x02\x01\x01")],
  ["XML (an SVG can carry scripts)", Buffer.from('<?xml version="1.0"?><svg onload="x()"/>')],
  ["bytes of nothing", Buffer.from([1, 2, 3, 0, 255])],
  ["text that is not UTF-8", Buffer.from("Gr\xfc\xdfe", "latin1")],
])("refuses %s", async (_, bytes) => {
  await refused("FILE_TYPE_REFUSED", upload(bytes, "photo.jpg"));
});

test("refuses an empty file, and one above the limit", async () => {
  const small = w.later(0, { maxFileBytes: 1024 * 1024 });
  const text = (size: number) => Buffer.alloc(size, "x");
  expect(await upload(text(1024 * 1024), "a.txt", small)).toMatchObject({ size: 1024 * 1024 });
  const refusal = await refused("FILE_TOO_LARGE", upload(text(1024 * 1024 + 1), "a.txt", small));
  expect(refusal.message).toContain("1 MB");
  await refused("VALIDATION_ERROR", upload(Buffer.alloc(0)));
});

test("a name is a label, never a path", async () => {
  expect(await upload(Buffer.from("x"), "../../etc/pass\nwd")).toMatchObject({ name: ".._.._etc_pass_wd" });
  await refused("VALIDATION_ERROR", upload(Buffer.from("x"), "x".repeat(201)));
});

test("who hoards uploads that belong to no proof is stopped, and a day later they are cleared", async () => {
  const hoarder = await w.human();
  const store = (name: string, core = w.core) =>
    core.call(hoarder, "upload_file", { name, bytes: Buffer.from(name) });
  const picture = await noise().png().toBuffer();
  const first = await w.core.call(hoarder, "upload_file", { name: "first.png", bytes: picture });
  for (let i = 1; i < 40; i++) await store(`${i}.txt`);
  await refused("TOO_MANY_FILES", store("one more.txt"));
  const late = w.later(25);
  await forget(late, fail);
  await refused("FILE_NOT_FOUND", late.call(hoarder, "download_file", { fileId: first.id }));
  for (const id of [first.id, `${first.id}_original`]) await expect(w.core.files.get(id)).rejects.toThrow();
  await store("one more.txt", late);
});

test("of many uploads at once no more are kept than may wait, neither row nor bytes", async () => {
  const hoarder = await w.human();
  const core = w.later(0);
  const kept = new Set<string>();
  const { files } = core;
  core.files = {
    get: (id) => files.get(id),
    put: (id, bytes) => files.put(id, bytes).then(() => void kept.add(id)),
    remove: (id) => files.remove(id).then(() => void kept.delete(id)),
  };
  const store = (i: number) =>
    core.call(hoarder, "upload_file", { name: `${i}.txt`, bytes: Buffer.from(`${i}`) });
  const outcomes = await Promise.allSettled(Array.from({ length: 120 }, (_, i) => store(i)));
  const made = outcomes.flatMap((o) => (o.status === "fulfilled" ? [o.value.id] : []));
  expect(made).toHaveLength(40);
  const codes = outcomes.flatMap((o) => (o.status === "rejected" ? [o.reason.code] : []));
  expect(new Set(codes)).toEqual(new Set(["TOO_MANY_FILES"]));
  expect([...kept].sort()).toEqual(made.sort());
});

test("when too many pictures are being read, one more is to be sent again", async () => {
  const picture = await noise().png().toBuffer();
  let enough = false;
  const busy = Array.from({ length: 18 }, async () => {
    while (!enough) await forDisplay(picture, "image/png");
  });
  const refusal = await refused("UNAVAILABLE", upload(picture, "one-more.png"));
  enough = true;
  expect(refusal).toMatchObject({ retry: true, message: expect.stringContaining("Too many pictures") });
  await Promise.all(busy);
  await upload(picture, "one-more.png");
});

test("a name that becomes a path when normalised is none", async () => {
  expect((await upload(Buffer.from("x"), "．．／etc／cron")).name).toBe(".._etc_cron");
});

testDeclared("upload_file");
