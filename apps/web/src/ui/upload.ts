import type { StoredFile } from "./types.ts";

const FAILED = "The upload was cut off. Check your connection and try again.";

/** Sends one file with its progress (0 to 1); rejects with a sentence for the person. */
export function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal) {
  return new Promise<StoredFile>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.set("file", file);
    request.open("POST", "/api/v1/files");
    request.responseType = "json";
    request.upload.onprogress = (e) => e.lengthComputable && onProgress(e.loaded / e.total);
    request.onerror = () => reject(new Error(FAILED));
    request.onload = () => {
      const { result, error } = request.response ?? {};
      if (result) resolve(result as StoredFile);
      else reject(new Error(typeof error?.message === "string" ? error.message : FAILED));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
