import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileStore } from "@humans2ai/core";

/** Keeps uploads in a folder, spread over subfolders by the random end of their ids. */
export function diskFiles(folder: string): FileStore {
  const place = (id: string) => {
    const [, end] = /^file_[0-9a-z]{24}([0-9a-z]{2})(?:_original)?$/.exec(id) ?? [];
    if (!end) throw new Error(`not a file id: ${id}`);
    return { dir: join(folder, end), path: join(folder, end, id) };
  };
  return {
    async put(id, bytes) {
      const { dir, path } = place(id);
      await mkdir(dir, { recursive: true });
      // Written beside and renamed: a crash leaves no half file under the real name.
      await writeFile(`${path}.part`, bytes, { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
    remove: (id) => rm(place(id).path, { force: true }),
    get: async (id) => new Uint8Array(await readFile(place(id).path)),
  };
}
