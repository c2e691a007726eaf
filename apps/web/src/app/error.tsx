"use client";

import { Button } from "@/ui/button.tsx";

export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="page flex flex-col items-start gap-4 py-20">
      <h1 className="display text-4xl">This page did not load</h1>
      <p className="max-w-lg text-lg text-soft">
        Something went wrong on our side. Nothing was changed and no money moved.
        {error.digest && ` If it stays so, quote ${error.digest}.`}
      </p>
      <Button onClick={reset}>Load it again</Button>
    </div>
  );
}
