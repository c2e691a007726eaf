/** Pictures as others see them: decoded and written anew, so that nothing but the picture is left in the file. */

import sharp, { type Sharp } from "sharp";
import { Refusal } from "./errors.ts";

/** Millions of pixels, all frames together: more than the sensors of phones, less than what fills a server's memory. */
export const MOST_MEGAPIXELS = 64;
/** The longest side of a still picture that others see; a 12-megapixel photo is left at its size. */
const LONGEST_SIDE = 4096;
const SECONDS = 20;
/** Waiting for a slot: each holds its bytes in memory meanwhile. */
const MOST_WAITING = 16;
/** At once; the threads are shared with password hashing and the disk. */
const SLOTS = 2;

/** How a picture of each type is written for others. What has no row cannot be cleaned, so it is no picture here. */
const writers: Record<string, { type: string; write: (image: Sharp) => Sharp }> = {
  "image/jpeg": { type: "image/jpeg", write: (image) => image.jpeg({ quality: 88 }) },
  "image/png": { type: "image/png", write: (image) => image.png() },
  "image/webp": { type: "image/webp", write: (image) => image.webp({ quality: 88 }) },
  "image/gif": { type: "image/gif", write: (image) => image.gif() },
  // Writing AVIF takes many times as long.
  "image/avif": { type: "image/webp", write: (image) => image.webp({ quality: 88 }) },
};

// Only the readers of these types, so that no disguise leads to another one (SVG, PDF, TIFF).
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Webp", "Nsgif", "Heif"].map((type) => `VipsForeignLoad${type}Buffer`),
});
sharp.cache(false);

export const isPicture = (type: string): boolean => Object.hasOwn(writers, type);

/**
 * The picture upright, in sRGB, without EXIF, GPS, colour profiles, comments or anything appended; animations stay.
 * IMAGE_UNREADABLE when it is broken or cut off, IMAGE_TOO_LARGE when it holds too many pixels,
 * UNAVAILABLE when too many wait already. Runs on other threads.
 */
export async function forDisplay(
  bytes: Uint8Array,
  type: string,
): Promise<{ bytes: Uint8Array; type: string }> {
  const writer = writers[type]!;
  await slot();
  try {
    const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    const limit = MOST_MEGAPIXELS * 1_000_000;
    if (width * height * pages > limit) throw tooLarge();
    const animated = pages > 1;
    const read = sharp(bytes, { failOn: "error", limitInputPixels: limit, sequentialRead: true, animated });
    const upright = animated
      ? read
      : read.autoOrient().resize(LONGEST_SIDE, LONGEST_SIDE, { fit: "inside", withoutEnlargement: true });
    const written = await writer.write(upright).timeout({ seconds: SECONDS }).toBuffer();
    return { bytes: written, type: writer.type };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // The library has no codes: what it took too long for was too large.
    throw /^timeout/.test((error as Error).message) ? tooLarge() : new Refusal("IMAGE_UNREADABLE");
  } finally {
    free();
  }
}

const tooLarge = () => new Refusal("IMAGE_TOO_LARGE", { max: MOST_MEGAPIXELS });

const BUSY = "Too many pictures are being read right now. Send this one again in a few seconds.";
let busy = 0;
const waiting: (() => void)[] = [];

async function slot(): Promise<void> {
  if (waiting.length >= MOST_WAITING) throw new Refusal("UNAVAILABLE", { message: BUSY });
  if (busy < SLOTS) busy++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
}

/** Hands the slot on to whoever waits longest. */
function free() {
  const next = waiting.shift();
  if (next) next();
  else busy--;
}
