"use client";

import { useEffect, useState } from "react";
import { exactTime } from "./when.tsx";

const two = (n: number) => String(n).padStart(2, "0");

function left(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const [d, h, m] = [Math.floor(s / 86_400), Math.floor(s / 3600) % 24, Math.floor(s / 60) % 60];
  if (d > 0) return `${d} d ${h} h ${two(m)} min`;
  if (h > 0) return `${h} h ${two(m)} min`;
  return `${m} min ${two(s % 60)} s`;
}

/** The time that is left until a moment; ticks while it is looked at. */
export function Countdown({ to, className }: { to: string; className?: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      dateTime={to}
      title={exactTime(to)}
      suppressHydrationWarning
      className={`whitespace-nowrap tabular-nums ${className ?? ""}`}
    >
      {left(new Date(to).getTime() - now)}
    </time>
  );
}
