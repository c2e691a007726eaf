import { CopyButton } from "@/ui/copy-button.tsx";

/** Text to paste elsewhere, with its copy button. Scrolls sideways by itself, reachable by keyboard. */
export function Snippet({ name, text }: { name: string; text: string }) {
  return (
    <div className="overflow-hidden rounded-card border border-line bg-sheet">
      <div className="flex flex-wrap items-center justify-between gap-2 border-line border-b py-1.5 pr-1.5 pl-4">
        <span className="font-medium text-sm">{name}</span>
        <CopyButton text={text} />
      </div>
      <section
        aria-label={name}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="overflow-x-auto"
      >
        <pre className="w-fit p-4 font-mono text-[0.8125rem] leading-relaxed">{text}</pre>
      </section>
    </div>
  );
}
