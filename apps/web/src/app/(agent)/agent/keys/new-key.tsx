import { Dialog } from "radix-ui";
import { Button } from "@/ui/button.tsx";
import { mcpConfig } from "@/ui/install.ts";
import { Snippet } from "../connect/snippet.tsx";

export function NewKey({ secret, server }: { secret: string; server: string }) {
  return (
    <>
      <Dialog.Description className="mt-3 mb-5 text-soft">
        Copy it now: it is shown this once, and we keep only its fingerprint.
      </Dialog.Description>
      <div role="status" className="grid gap-4">
        <Snippet name="API key" text={secret} />
        <Snippet name="MCP configuration with this key" text={mcpConfig(server, secret)} />
      </div>
      <div className="mt-6 flex justify-end">
        <Dialog.Close asChild>
          <Button>I have copied it</Button>
        </Dialog.Close>
      </div>
    </>
  );
}
