import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** An error that no single field is to blame for. Focusable, so that the keyboard lands on it. */
export function Alert({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="flex items-start gap-2.5 rounded-control bg-bad-wash px-4 py-3 font-medium text-bad"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div>{children}</div>
    </div>
  );
}
