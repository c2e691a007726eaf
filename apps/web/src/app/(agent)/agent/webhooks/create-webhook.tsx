"use client";

import { Plus } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { SecretDialog } from "@/ui/secret-dialog.tsx";
import { NewSecret } from "./new-secret.tsx";
import { WebhookForm } from "./webhook-form.tsx";

export const CreateWebhook = () => (
  <SecretDialog
    trigger={
      <Button>
        <Plus aria-hidden /> Create webhook
      </Button>
    }
    title="Create a webhook"
    ask={(onMade) => <WebhookForm onCreated={onMade} />}
    shownTitle="Your signing secret"
    shown={(secret) => <NewSecret secret={secret} />}
  />
);
