"use client";

import type { Output } from "@humans2ai/core";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { meaning } from "@/ui/permission-words.ts";
import { useTool } from "@/ui/use-tool.ts";
import { When } from "@/ui/when.tsx";

type App = Output<"list_apps">["apps"][number];

export function AppList({ apps }: { apps: App[] }) {
  if (apps.length === 0) return <p className="text-soft">No app is connected to this account.</p>;
  return (
    <ul className="divide-y divide-line">
      {apps.map((app) => (
        <li key={app.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
          <div className="min-w-0 flex-1 basis-64">
            <h3 id={`${app.id}-name`} className="font-medium [overflow-wrap:anywhere]">
              {app.appName}
            </h3>
            <p className="text-sm text-soft [overflow-wrap:anywhere]">
              {app.appHost && <>from {app.appHost} · </>}connected <When at={app.createdAt} />
              {app.lastUsedAt && (
                <>
                  , last used <When at={app.lastUsedAt} /> from {app.lastUsedFrom}
                </>
              )}
            </p>
            <ul aria-label="Permissions" className="mt-2 list-inside list-disc text-sm">
              {app.permissions.map((permission) => (
                <li key={permission}>{meaning[permission]}</li>
              ))}
            </ul>
          </div>
          <Disconnect app={app} />
        </li>
      ))}
    </ul>
  );
}

function Disconnect({ app: { id, appName } }: { app: App }) {
  const { run, error } = useTool("disconnect_app");
  const disconnect = async () => (await run({ connectionId: id }, "The app is disconnected.")) !== null;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger" size="sm" aria-describedby={`${id}-name`}>
          Disconnect
        </Button>
      }
      title={`Disconnect “${appName}”?`}
      confirm="Disconnect"
      danger
      error={error?.message}
      onConfirm={disconnect}
    >
      <p>It is locked out at once. What it did stays, webhooks that it made too; it can ask you again.</p>
    </ConfirmDialog>
  );
}
