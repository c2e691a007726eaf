import { CopyButton } from "@/ui/copy-button.tsx";

/** A block of code to copy. */
export function Code({ text, language, title }: { text: string; language: string; title?: string }) {
  return (
    <figure className="my-5 min-w-0 overflow-hidden rounded-card border border-line bg-sheet">
      <figcaption className="flex items-center justify-between gap-4 border-line border-b py-1.5 pr-1.5 pl-4">
        <span className="font-mono text-sm text-soft">{title ?? (language || "text")}</span>
        <CopyButton text={text} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="overflow-x-auto p-4 font-mono text-sm leading-relaxed" tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
