import { ExternalLink } from "lucide-react";

/** A link that a person or an agent wrote: http(s) only, no referrer, no endorsement; else plain text. */
export function SafeLink({ href }: { href: string }) {
  if (!/^https?:\/\//i.test(href)) return <span className="break-all">{href}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      className="inline-flex min-h-11 items-center gap-1.5 break-all text-accent underline underline-offset-4"
    >
      {href}
      <ExternalLink aria-hidden className="size-4 shrink-0" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}
