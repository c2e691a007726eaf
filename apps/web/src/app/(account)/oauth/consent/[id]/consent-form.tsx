"use client";

import type { Output } from "@humans2ai/core";
import type { AppPermission } from "@humans2ai/core/wire";
import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Card } from "@/ui/card.tsx";
import { Checkbox } from "@/ui/field.tsx";
import { meaning } from "@/ui/permission-words.ts";
import { useTool } from "@/ui/use-tool.ts";

interface Props {
  requestId: string;
  browserToken: string;
  request: Output<"get_app_request">;
  account: { name: string; email: string };
}

export function ConsentForm({ requestId, browserToken, request, account }: Props) {
  const { run, pending, error, formRef } = useTool("connect_app");
  const [none, setNone] = useState(false);

  async function answer(permissions: AppPermission[]) {
    const result = await run({ requestId, browserToken, permissions });
    // Not a form's redirect: the page's policy lets forms go nowhere else.
    if (result) window.location.assign(result.redirectTo);
  }
  function connect(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll("permissions") as AppPermission[];
    setNone(chosen.length === 0);
    if (chosen.length > 0) void answer(chosen);
  }

  return (
    <form ref={formRef} method="post" onSubmit={connect} className="flex flex-col gap-6">
      <Alert>{error?.message ?? (none ? "Choose at least one permission, or refuse." : null)}</Alert>
      <Card>
        <Facts request={request} account={account} />
        {request.local && (
          <p className="mt-4 text-sm">
            Any program on this computer could ask like this. Go on only if you started it yourself, just now.
          </p>
        )}
      </Card>
      <fieldset>
        <legend className="mb-1 font-medium">It may</legend>
        {request.permissions.map((permission) => (
          <Checkbox
            key={permission}
            name="permissions"
            value={permission}
            label={meaning[permission]}
            hint={<Hint of={permission} />}
            defaultChecked
          />
        ))}
      </fieldset>
      <p className="text-sm text-soft">
        It can never make keys, change your password or sign in. The connection ends after 30 days without
        use, after 180 in any case, and at any time on your account page.
      </p>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" size="lg" pending={pending}>
          Connect
        </Button>
        <Button type="button" size="lg" variant="secondary" disabled={pending} onClick={() => answer([])}>
          Refuse
        </Button>
      </div>
    </form>
  );
}

const Hint = ({ of }: { of: AppPermission }) => (
  <>
    {of === "tasks:write" && "Each time it wants to move money you are asked first, whatever the sum. "}
    <span className="font-mono">{of}</span>
  </>
);

/** What is known, and what the app only says of itself. */
function Facts({ request, account }: Pick<Props, "request" | "account">) {
  const { appName, appHost, answersTo, local } = request;
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_1fr]">
      <Fact name="It calls itself">{appName}</Fact>
      <Fact name="It comes from">{appHost ?? "Unknown: nobody has checked who made it"}</Fact>
      <Fact name="It is answered at">{local ? `${answersTo}, on this computer` : answersTo}</Fact>
      <Fact name="It will act for">
        {account.name} ({account.email})
      </Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="contents">
    <dt className="text-soft">{name}</dt>
    <dd className="-mt-2 font-medium [overflow-wrap:anywhere] sm:mt-0">{children}</dd>
  </div>
);
