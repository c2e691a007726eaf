import type { Page } from "@playwright/test";

/** What a camera saves in a picture without being asked. */
export const PLACE = "31.2304 N 121.4737 E";

/** A picture as a phone's camera makes it: a JPEG of some hundred kilobytes, different for every `seed`. */
export async function takePhoto(page: Page, name: string, seed: number) {
  const blank = await page.context().newPage();
  const data = await blank.evaluate((hue) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1280, 960];
    const paint = canvas.getContext("2d");
    if (!paint) throw new Error("This browser cannot draw.");
    for (let i = 0; i < 4000; i += 1) {
      paint.fillStyle = `hsl(${(hue + i * 7) % 360} 60% ${(i * 13) % 90}%)`;
      paint.fillRect((i * 97) % 1280, (i * 61) % 960, 40 + (i % 50), 20 + (i % 30));
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1] ?? "";
  }, seed * 40);
  await blank.close();
  const plain = Buffer.from(data, "base64");
  const comment = Buffer.from(`\xff\xfe\0${String.fromCharCode(PLACE.length + 2)}${PLACE}`, "latin1");
  const buffer = Buffer.concat([plain.subarray(0, 2), comment, plain.subarray(2)]);
  return { name, mimeType: "image/jpeg", buffer };
}
