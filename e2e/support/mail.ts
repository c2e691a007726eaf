/** Mails as the server keeps them in its folder when it has nobody to send them. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";

/** Waits for the newest mail to an address with this subject, and answers the link in it; not one that is known. */
export async function mailedLink(email: string, subject: RegExp, known = ""): Promise<string> {
  let link = "";
  await expect(async () => {
    const folder = join(process.env.E2E_DATA_DIR ?? "", "mail");
    const names = (await readdir(folder)).sort().reverse();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    const mail = texts.find(
      (text) => text.startsWith(`To: ${email}\n`) && subject.test(text.split("\n")[1]!),
    );
    link = /https?:\S+/.exec(mail ?? "")?.[0] ?? "";
    expect(["", known], `a mail to ${email}`).not.toContain(link);
  }).toPass({ timeout: 15_000 });
  return link;
}
