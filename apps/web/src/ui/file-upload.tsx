"use client";

import { Check, Paperclip, X } from "lucide-react";
import { type ChangeEvent, useId, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { FieldError } from "./field.tsx";
import { fileSize } from "./proof.tsx";
import { upload } from "./upload.ts";

interface Item {
  key: number;
  file: File;
  preview: string | null;
  progress: number;
  /** Its id on the server once it is there. */
  id: string | null;
  error: string | null;
  stop: AbortController;
}

/** The uploads of a form: what is ready to be sent, and whether some are still on their way. */
export function useUploads() {
  const [items, setItems] = useState<Item[]>([]);
  const next = useRef(0);
  const change = (key: number, part: Partial<Item>) =>
    setItems((had) => had.map((i) => (i.key === key ? { ...i, ...part } : i)));

  function start(item: Item) {
    change(item.key, { error: null, progress: 0 });
    upload(item.file, (progress) => change(item.key, { progress }), item.stop.signal)
      .then(({ id }) => change(item.key, { id, progress: 1 }))
      .catch((error: Error) => change(item.key, { error: error.message }));
  }
  function add(files: Iterable<File>) {
    const fresh = [...files].map((file) => ({
      key: next.current++,
      file,
      preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
      progress: 0,
      id: null,
      error: null,
      stop: new AbortController(),
    }));
    setItems((had) => [...had, ...fresh]);
    for (const item of fresh) start(item);
  }
  function remove(item: Item) {
    item.stop.abort();
    if (item.preview) URL.revokeObjectURL(item.preview);
    setItems((had) => had.filter((i) => i.key !== item.key));
  }
  const busy = items.some((i) => !i.id && !i.error);
  const failed = items.some((i) => i.error !== null);
  return { items, add, remove, retry: start, busy, failed, fileIds: items.flatMap((i) => i.id ?? []) };
}

// Named one by one: a phone then turns its own format (HEIC) into JPEG by itself.
const PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/avif";
const ACCEPT = `${PICTURES},video/*,audio/*,application/pdf,application/zip,text/plain`;

/** Adds files to a form, each with its progress; on a phone the picker offers the camera. */
export function FileUpload({
  uploads,
  error,
}: {
  uploads: ReturnType<typeof useUploads>;
  error?: string | undefined;
}) {
  const id = useId();
  function pick(event: ChangeEvent<HTMLInputElement>) {
    uploads.add(event.target.files ?? []);
    event.target.value = "";
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="relative flex flex-col items-center gap-1 rounded-control border border-edge border-dashed bg-sheet px-4 py-6 text-center focus-within:outline-2 focus-within:outline-accent hover:bg-sunk">
        <Paperclip aria-hidden className="size-6 text-soft" strokeWidth={1.6} />
        <label htmlFor={id} className="font-medium">
          Add files
        </label>
        <p id={`${id}-hint`} className="text-sm text-soft">
          Photos, video, audio, PDF, ZIP or plain text, up to 25 MB each. You can also drop them here. Others
          see photos without the place and camera data that is saved in them; other files as they are.
        </p>
        <input
          id={id}
          type="file"
          multiple
          accept={ACCEPT}
          onChange={pick}
          aria-describedby={`${id}-hint`}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      </div>
      <FieldError id={id} error={error} />
      <ul aria-live="polite" className="flex flex-col gap-2 empty:hidden">
        {uploads.items.map((item) => (
          <Row key={item.key} item={item} uploads={uploads} />
        ))}
      </ul>
    </div>
  );
}

function Row({ item, uploads }: { item: Item; uploads: ReturnType<typeof useUploads> }) {
  const { file, preview, error, id, progress } = item;
  return (
    <li className="flex items-center gap-3 rounded-control border border-line bg-sheet p-2">
      {preview ? (
        // biome-ignore lint/performance/noImgElement: a picture of the person's own device
        <img src={preview} alt="" className="size-12 shrink-0 rounded object-cover" />
      ) : (
        <span className="grid size-12 shrink-0 place-items-center rounded bg-sunk">
          <Paperclip aria-hidden className="size-5 text-soft" />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{file.name}</p>
        {error ? (
          <p className="font-medium text-bad text-sm">{error}</p>
        ) : id ? (
          <p className="flex items-center gap-1 text-good text-sm">
            <Check aria-hidden className="size-4" /> Uploaded, {fileSize(file.size)}
          </p>
        ) : (
          <progress
            aria-label={`Uploading ${file.name}`}
            value={progress}
            max={1}
            className="h-1.5 w-full accent-accent"
          />
        )}
      </div>
      {error && (
        <Button size="sm" variant="secondary" onClick={() => uploads.retry(item)}>
          Try again
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        className="w-11"
        aria-label={`Remove ${file.name}`}
        onClick={() => uploads.remove(item)}
      >
        <X aria-hidden />
      </Button>
    </li>
  );
}
