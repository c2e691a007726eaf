"use client";

import { Plus } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { SecretDialog } from "@/ui/secret-dialog.tsx";
import { KeyForm } from "./key-form.tsx";
import { NewKey } from "./new-key.tsx";

export const CreateKey = ({ server }: { server: string }) => (
  <SecretDialog
    trigger={
      <Button>
        <Plus aria-hidden /> Create key
      </Button>
    }
    title="Create a key"
    ask={(onMade) => <KeyForm onCreated={onMade} />}
    shownTitle="Your new key"
    shown={(secret) => <NewKey secret={secret} server={server} />}
  />
);
