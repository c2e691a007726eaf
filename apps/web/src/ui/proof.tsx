import { FileText, Play } from "lucide-react";
import { SafeLink } from "./safe-link.tsx";
import type { StoredFile, Submission } from "./types.ts";
import { When } from "./when.tsx";

const SHOWN = /^image\/(jpeg|png|webp|gif|avif)$/;

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One proof: what was done in words, links, and files with the pictures shown; for admins also as they came. */
export function Proof({ submission, originals = false }: { submission: Submission; originals?: boolean }) {
  const { text, links, files, submittedAt } = submission;
  return (
    <div className="space-y-4">
      <p className="text-sm text-soft">
        Sent <When at={submittedAt} />
      </p>
      <p className="whitespace-pre-wrap break-words">{text}</p>
      {links.length > 0 && (
        <ul>
          {links.map((link) => (
            <li key={link}>
              <SafeLink href={link} />
            </li>
          ))}
        </ul>
      )}
      {files.length > 0 && <Files files={files} originals={originals} />}
    </div>
  );
}

/** Files as tiles, pictures shown. */
export function Files({ files, originals = false }: { files: StoredFile[]; originals?: boolean }) {
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      {files.map((file) => (
        <li key={file.id}>
          <FileTile file={file} />
          {originals && SHOWN.test(file.type) && (
            <a
              className="mt-1 inline-block min-h-6 text-accent text-sm underline underline-offset-4"
              href={`${file.url}?original=1`}
            >
              Original<span className="sr-only"> of {file.name}, with its camera data</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function FileTile({ file }: { file: StoredFile }) {
  const Icon = file.type.startsWith("video/") ? Play : FileText;
  return (
    <a
      href={file.url}
      target="_blank"
      rel="noopener noreferrer"
      className="block overflow-hidden rounded-control border border-line bg-sunk hover:border-edge"
    >
      {SHOWN.test(file.type) ? (
        // biome-ignore lint/performance/noImgElement: the file needs the viewer's cookie, which an optimiser has not
        <img src={file.url} alt="" loading="lazy" className="aspect-4/3 w-full object-cover" />
      ) : (
        <span className="grid aspect-4/3 w-full place-items-center">
          <Icon aria-hidden className="size-8 text-soft" strokeWidth={1.5} />
        </span>
      )}
      <span className="block truncate px-2.5 pt-2 font-medium text-sm">{file.name}</span>
      <span className="block px-2.5 pb-2 text-soft text-xs tabular-nums">
        {fileSize(file.size)}
        <span className="sr-only">, opens in a new tab</span>
      </span>
    </a>
  );
}
