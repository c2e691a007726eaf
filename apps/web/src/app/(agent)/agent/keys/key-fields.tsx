import type { Output } from "@humans2ai/core";
import { PERMISSIONS, type Permission, READ_ONLY } from "@humans2ai/core/wire";
import { Checkbox, FieldError, Input, Textarea } from "@/ui/field.tsx";
import { meaning } from "@/ui/permission-words.ts";

export type Key = Output<"list_api_keys">["apiKeys"][number];
type Errors = Record<string, string>;

export function PermissionFields({ given = READ_ONLY, errors }: { given?: Permission[]; errors: Errors }) {
  const { permissions } = errors;
  return (
    <fieldset aria-describedby={permissions ? "permissions-error" : undefined}>
      <legend className="mb-1 font-medium text-[0.9375rem]">Permissions</legend>
      <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {PERMISSIONS.map((permission) => (
          <Checkbox
            key={permission}
            name="permissions"
            value={permission}
            label={<span className="font-mono text-sm">{permission}</span>}
            hint={meaning[permission]}
            defaultChecked={given.includes(permission)}
            aria-invalid={permissions ? true : undefined}
          />
        ))}
      </div>
      <FieldError id="permissions" error={permissions && "Choose at least one."} />
    </fieldset>
  );
}

export const permissionsOf = (form: FormData) => form.getAll("permissions") as Permission[];

const MONEY = { type: "number", min: 0, step: "any", inputMode: "decimal", autoComplete: "off" } as const;

export function NameField({ of: key, errors }: { of?: Key; errors: Errors }) {
  return (
    <Input
      label="Key name"
      hint="So that you know later which agent has it"
      name="name"
      defaultValue={key?.name}
      error={errors.name}
      required
      maxLength={80}
      autoComplete="off"
    />
  );
}

/** Spending policy, addresses and expiry; of a key that exists, as they are. */
export function LimitFields({ of: key, errors }: { of?: Key; errors: Errors }) {
  return (
    <>
      <fieldset className="grid gap-4">
        <legend className="mb-1 font-medium text-[0.9375rem]">Spending, in $A9</legend>
        <p className="text-sm text-soft">
          Empty: no limit but your wallet. The first two are enforced. From the last amount on, the agent is
          told to ask you, and must confirm with the exact sums.
        </p>
        <div className="grid items-end gap-4 sm:grid-cols-3">
          <Input
            {...MONEY}
            label="Most per task"
            name="maxPerTask"
            defaultValue={key?.maxPerTask ?? ""}
            error={errors.maxPerTask}
          />
          <Input
            {...MONEY}
            label="Most in 24 hours"
            name="maxPerDay"
            defaultValue={key?.maxPerDay ?? ""}
            error={errors.maxPerDay}
          />
          <Input
            {...MONEY}
            label="Confirm from"
            name="confirmAbove"
            defaultValue={key?.confirmAbove ?? ""}
            error={errors.confirmAbove}
          />
        </div>
      </fieldset>
      <Textarea
        label="Allowed IPs"
        hint="Addresses or ranges such as 203.0.113.0/24, one per line. Empty: from anywhere."
        name="ips"
        defaultValue={key?.allowedIps.join("\n")}
        error={errors.allowedIps && "One of these is not an IP address or range."}
        rows={2}
      />
      <Input
        label="Expires"
        hint="Empty: never"
        name="expires"
        type="date"
        defaultValue={dayOf(key?.expiresAt)}
        error={errors.expiresAt}
      />
    </>
  );
}

/** The day of a moment by the reader's own calendar, as a date field has it. */
export function dayOf(at: string | null | undefined): string {
  if (!at) return "";
  const local = new Date(new Date(at).getTime() - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

/** What the name and the limits say, an empty one as null. */
export function limitsOf(form: FormData) {
  const field = (name: string) => String(form.get(name) ?? "").trim();
  const amount = (name: string) => (field(name) === "" ? null : Number(field(name)));
  const day = field("expires");
  return {
    name: field("name"),
    allowedIps: field("ips")
      .split(/[\s,]+/)
      .filter(Boolean),
    maxPerTask: amount("maxPerTask"),
    maxPerDay: amount("maxPerDay"),
    confirmAbove: amount("confirmAbove"),
    // A key that expires on a day works until that day ends, by the reader's clock.
    expiresAt: day ? new Date(`${day}T23:59:59`).toISOString() : null,
  };
}
