import { Dialog } from "radix-ui";
import { Button } from "@/ui/button.tsx";
import { Snippet } from "../connect/snippet.tsx";

export function NewSecret({ secret }: { secret: string }) {
  return (
    <>
      <Dialog.Description className="mt-3 mb-5 text-soft">
        Copy it now: it is shown this once. With it your endpoint tells our requests from everybody else’s.
      </Dialog.Description>
      <div role="status">
        <Snippet name="Signing secret" text={secret} />
      </div>
      <div className="mt-6 flex justify-end">
        <Dialog.Close asChild>
          <Button>I have copied it</Button>
        </Dialog.Close>
      </div>
    </>
  );
}
