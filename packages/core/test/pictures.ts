/** Real pictures of each kind, made by the library that cameras' makers trust too: noise, so that they have a size. */

import sharp, { type Sharp } from "sharp";

export const noise = (width = 64, height = 48): Sharp =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "red",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });

/** A photo as a phone takes it: lying on its side, with a place and an owner in it. */
export const phonePhoto = (width = 64, height = 48): Promise<Buffer> =>
  noise(width, height)
    .withExif({
      IFD0: { Copyright: "Mallory Example" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 3230/100" },
    })
    .withMetadata({ orientation: 6 })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>Mallory Example</creator></x:xmpmeta>`)
    .withIccProfile("p3")
    .jpeg()
    .toBuffer();

export async function animation(frames: number, size = 16): Promise<Sharp> {
  const all = Array.from({ length: frames }, () => noise(size, size).png().toBuffer());
  return sharp(await Promise.all(all), { join: { animated: true } });
}

/** What is left in a file beside its pixels. */
export async function inside(bytes: Uint8Array) {
  const { exif, xmp, icc, iptc, comments, orientation, ...rest } = await sharp(bytes).metadata();
  return { hidden: { exif, xmp, icc, iptc, comments, orientation }, ...rest };
}
export const NOTHING_HIDDEN = {
  exif: undefined,
  xmp: undefined,
  icc: undefined,
  iptc: undefined,
  comments: undefined,
  orientation: undefined,
};
