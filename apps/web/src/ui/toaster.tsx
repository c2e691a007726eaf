"use client";

import dynamic from "next/dynamic";

const Sonner = dynamic(() => import("sonner").then((m) => m.Toaster), { ssr: false });

/** Short news after an action. Loaded after the page, as no page needs it to be read. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      toastOptions={{
        style: {
          background: "var(--ink)",
          color: "var(--paper)",
          border: "none",
          fontFamily: "var(--font-sans)",
          fontSize: "0.9375rem",
        },
      }}
    />
  );
}

export async function notify(message: string) {
  const { toast } = await import("sonner");
  toast(message);
}
