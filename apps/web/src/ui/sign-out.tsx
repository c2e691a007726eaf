"use client";

import { useState } from "react";
import { Button } from "./button.tsx";

export function SignOut({ className }: { className?: string }) {
  const [pending, setPending] = useState(false);
  async function leave() {
    setPending(true);
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: "/" });
  }
  return (
    <Button variant="secondary" size="sm" className={className ?? ""} pending={pending} onClick={leave}>
      Sign out
    </Button>
  );
}
