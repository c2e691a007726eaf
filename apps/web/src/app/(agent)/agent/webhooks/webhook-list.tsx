import Link from "next/link";
import { Button } from "@/ui/button.tsx";
import { Badge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { EventTypes } from "./event-types.tsx";
import { standing, type Webhook } from "./standing.ts";

export const WebhookList = ({ webhooks }: { webhooks: Webhook[] }) => (
  <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
    {webhooks.map((webhook) => (
      <li key={webhook.id} className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 p-5 sm:px-6">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 id={`${webhook.id}-url`} className="font-mono font-semibold text-sm [overflow-wrap:anywhere]">
              {webhook.url}
            </h2>
            <Badge {...standing(webhook)} />
          </div>
          {webhook.description && (
            <p className="mt-1 text-soft [overflow-wrap:anywhere]">{webhook.description}</p>
          )}
          <EventTypes events={webhook.events} />
        </div>
        <p className="text-sm">
          <span className="text-soft">Made</span> <When at={webhook.createdAt} />
        </p>
        <Button asChild variant="secondary" size="sm">
          <Link href={`/agent/webhooks/${webhook.id}`} aria-describedby={`${webhook.id}-url`}>
            Deliveries and settings
          </Link>
        </Button>
      </li>
    ))}
  </ul>
);
