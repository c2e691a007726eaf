import type { Page } from "@playwright/test";

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
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(data, "base64") };
}
