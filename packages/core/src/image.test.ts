/** Pictures with real bytes of every kind: what is taken, what is stripped, what is refused. */

import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { animation, inside, NOTHING_HIDDEN, noise, phonePhoto } from "../test/pictures.ts";
import { refused } from "../test/world.ts";
import { forDisplay, isPicture } from "./image.ts";

const cleaned = async (bytes: Uint8Array, type: string) => {
  const shown = await forDisplay(bytes, type);
  return { ...shown, ...(await inside(shown.bytes)) };
};

test("a phone's photo stands upright, and tells neither place nor owner", async () => {
  const photo = await phonePhoto(640, 480);
  const before = await inside(photo);
  expect(before.hidden.exif?.length).toBeGreaterThan(50);
  expect(before.hidden).toMatchObject({ xmp: expect.anything(), icc: expect.anything() });
  expect(photo.includes("Mallory")).toBe(true);
  const after = await cleaned(photo, "image/jpeg");
  expect(after).toMatchObject({
    type: "image/jpeg",
    format: "jpeg",
    width: 480,
    height: 640,
    hidden: NOTHING_HIDDEN,
  });
  expect(Buffer.from(after.bytes).includes("Mallory")).toBe(false);
});

test.each(["png", "webp", "gif", "avif"] as const)("a picture in %s is cleaned too", async (kind) => {
  const made = await noise()
    .withExif({ IFD0: { Copyright: "Mallory" } })
    .withXmp("<x>Mallory</x>")
    [kind]()
    .toBuffer();
  const after = await cleaned(made, `image/${kind}`);
  const type = kind === "avif" ? "image/webp" : `image/${kind}`;
  expect(after).toMatchObject({ type, width: 64, height: 48, hidden: NOTHING_HIDDEN });
  expect(Buffer.from(after.bytes).includes("Mallory")).toBe(false);
});

test("a CMYK photo, as printers' offices send them, becomes one that browsers show", async () => {
  const cmyk = await noise().toColourspace("cmyk").jpeg().toBuffer();
  expect((await inside(cmyk)).space).toBe("cmyk");
  expect((await cleaned(cmyk, "image/jpeg")).space).toBe("srgb");
});

test("16 bits, grey, see-through and interlaced pictures are taken", async () => {
  const deep = await noise().toColourspace("rgb16").png({ progressive: true }).toBuffer();
  expect((await inside(deep)).depth).toBe("ushort");
  expect(await cleaned(deep, "image/png")).toMatchObject({ width: 64 });
  expect(
    await cleaned(await noise().greyscale().jpeg({ progressive: true }).toBuffer(), "image/jpeg"),
  ).toMatchObject({
    width: 64,
  });
  expect(await cleaned(await noise().ensureAlpha(0.5).png().toBuffer(), "image/png")).toMatchObject({
    hasAlpha: true,
  });
});

test("animations stay animated", async () => {
  for (const kind of ["gif", "webp"] as const) {
    const made = await (await animation(3))[kind]().toBuffer();
    expect(await cleaned(made, `image/${kind}`)).toMatchObject({ pages: 3, hidden: NOTHING_HIDDEN });
  }
});

test("a very large photo is shown at 4096 pixels, others at their own size", async () => {
  const wide = await noise(5000, 50).jpeg().toBuffer();
  expect(await cleaned(wide, "image/jpeg")).toMatchObject({ width: 4096, height: 41 });
});

test("what is appended to a picture, or hidden in its comments, is gone", async () => {
  const jpeg = await noise().jpeg().toBuffer();
  const comment = Buffer.from("\xff\xfe\0\x1b<script>alert(1)</script>", "latin1");
  const stuffed = Buffer.concat([
    jpeg.subarray(0, 2),
    comment,
    jpeg.subarray(2),
    Buffer.from("PK\x03\x04<script>"),
  ]);
  expect(Buffer.from((await forDisplay(stuffed, "image/jpeg")).bytes).includes("script")).toBe(false);
});

test("a picture that was cut off, or is broken inside, is refused", async () => {
  for (const [kind, made] of [
    ["jpeg", await noise(200, 200).jpeg().toBuffer()],
    ["png", await noise(200, 200).png().toBuffer()],
    ["webp", await noise(200, 200).webp().toBuffer()],
    ["gif", await noise(200, 200).gif().toBuffer()],
    ["avif", await noise(200, 200).avif().toBuffer()],
  ] as const) {
    for (const part of [0.5, 0.1]) {
      const cut = made.subarray(0, Math.ceil(made.length * part));
      await refused("IMAGE_UNREADABLE", forDisplay(cut, `image/${kind}`));
    }
  }
  const torn = await noise(200, 200).png().toBuffer();
  torn.fill(0, 200, 400);
  await refused("IMAGE_UNREADABLE", forDisplay(torn, "image/png"));
});

/** A PNG of one colour: 800 kB that unpack to hundreds of megabytes, with a head that says so. */
function bomb(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * Math.min(height, 9000)));
  const magic = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([magic, chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

test("a small file that unpacks to a huge picture is refused by its head", async () => {
  expect(bomb(9000, 9000).length).toBeLessThan(50_000);
  expect((await refused("IMAGE_TOO_LARGE", forDisplay(bomb(9000, 9000), "image/png"))).message).toContain(
    "64",
  );
  await refused("IMAGE_TOO_LARGE", forDisplay(bomb(2_000_000, 2_000_000), "image/png"));
  expect(await cleaned(bomb(8000, 800), "image/png")).toMatchObject({ width: 4096 });
});

test("many frames count together", async () => {
  const many = await (await animation(40, 8)).gif({ dither: 0, effort: 1 }).toBuffer();
  // The head of a GIF says how large its canvas is: 40 frames of 1500 × 1500.
  many.writeUInt16LE(1500, 6);
  many.writeUInt16LE(1500, 8);
  await refused("IMAGE_TOO_LARGE", forDisplay(many, "image/gif"));
});

test("other formats are not read under a picture's name", async () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  );
  await refused("IMAGE_UNREADABLE", forDisplay(svg, "image/png"));
  await refused("IMAGE_UNREADABLE", forDisplay(await noise().tiff().toBuffer(), "image/jpeg"));
  await expect(sharp(svg).metadata()).rejects.toThrow();
  for (const type of ["image/heic", "image/heif", "image/svg+xml", "image/tiff", "constructor"])
    expect(isPicture(type), type).toBe(false);
});

test("many at once wait for each other, and a broken one gives its place back", async () => {
  const good = await noise().jpeg().toBuffer();
  const jobs = Array.from({ length: 18 }, (_, i) =>
    forDisplay(i % 2 ? good : good.subarray(0, 300), "image/jpeg").then(
      () => "shown",
      (error) => error.code,
    ),
  );
  const outcomes = await Promise.all(jobs);
  expect(outcomes.filter((o) => o === "shown")).toHaveLength(9);
  expect(outcomes.filter((o) => o === "IMAGE_UNREADABLE")).toHaveLength(9);
});

test("no more than 16 wait: the next is refused at once, and may come again", async () => {
  const good = await noise().jpeg().toBuffer();
  const jobs = Array.from({ length: 40 }, () => forDisplay(good, "image/jpeg"));
  const outcomes = await Promise.allSettled(jobs);
  expect(outcomes.map((o) => o.status)).toEqual([
    ...Array(18).fill("fulfilled"),
    ...Array(22).fill("rejected"),
  ]);
  expect(outcomes.at(-1)).toMatchObject({ reason: { code: "UNAVAILABLE", retry: true } });
  await forDisplay(good, "image/jpeg");
});
