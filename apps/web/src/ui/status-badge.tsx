import { type Status, statuses } from "@humans2ai/core/wire";
import {
  Archive,
  CircleAlert,
  CircleCheck,
  CircleDot,
  Hourglass,
  type LucideIcon,
  UserRoundCheck,
} from "lucide-react";
import { cn } from "./cn.ts";

export type Tone = (typeof statuses)[Status]["tone"];

export const tones: Record<Tone, { icon: LucideIcon; look: string }> = {
  waiting: { icon: Hourglass, look: "bg-waiting-wash text-waiting" },
  live: { icon: CircleDot, look: "bg-live-wash text-live" },
  busy: { icon: UserRoundCheck, look: "bg-accent-wash text-accent" },
  good: { icon: CircleCheck, look: "bg-good-wash text-good" },
  bad: { icon: CircleAlert, look: "bg-bad-wash text-bad" },
  closed: { icon: Archive, look: "bg-sunk text-soft" },
};

export function Badge({ tone, label, className }: { tone: Tone; label: string; className?: string }) {
  const { icon: Icon, look } = tones[tone];
  return (
    <span
      className={cn(
        "inline-flex w-fit items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-1 font-semibold text-xs",
        look,
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {label}
    </span>
  );
}

export function StatusBadge({ status, className = "" }: { status: Status; className?: string }) {
  const { tone, label } = statuses[status];
  return <Badge tone={tone} label={label} className={className} />;
}
