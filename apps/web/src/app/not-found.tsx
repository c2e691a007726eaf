import { Compass } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "@/ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="page flex flex-col items-start gap-4 py-20">
      <Compass aria-hidden className="size-10 text-accent" strokeWidth={1.5} />
      <h1 className="display text-4xl">Nothing is here</h1>
      <p className="max-w-lg text-lg text-soft">
        The address may be mistyped, or the task is no longer open to you: once somebody is chosen, a task is
        seen by its two sides only.
      </p>
      <Button asChild>
        <Link href="/tasks">See open tasks</Link>
      </Button>
    </div>
  );
}
