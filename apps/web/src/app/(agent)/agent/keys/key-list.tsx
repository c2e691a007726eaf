import { moneyText } from "@/ui/money.tsx";
import { Badge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { KeyLimits, KeyPermissions } from "./edit-key.tsx";
import type { Key } from "./key-fields.tsx";
import { RevokeKey } from "./revoke-key.tsx";

const standing = (key: Key, now: number) => {
  if (key.revokedAt) return { tone: "closed", label: "Revoked" } as const;
  if (key.expiresAt && new Date(key.expiresAt).getTime() <= now) {
    return { tone: "closed", label: "Expired" } as const;
  }
  if (key.daysLeft !== null && key.daysLeft < 7) return { tone: "waiting", label: "Expires soon" } as const;
  return { tone: "good", label: "Active" } as const;
};

/** The key's spending policy in words; null when it has none. */
function policy({ maxPerTask, maxPerDay, confirmAbove }: Key): string | null {
  const parts = [
    maxPerTask !== null && `at most ${moneyText(maxPerTask)} per task`,
    maxPerDay !== null && `at most ${moneyText(maxPerDay)} in 24 hours`,
    confirmAbove !== null && `asks from ${moneyText(confirmAbove)} on`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : null;
}

export function KeyList({ keys, now }: { keys: Key[]; now: number }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
      {keys.map((key) => {
        const state = standing(key, now);
        const limits = policy(key);
        const live = state.tone !== "closed";
        return (
          <li key={key.id} className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 p-5 sm:px-6">
            <div className="min-w-0 flex-1 basis-72">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <h2 id={`${key.id}-name`} className="font-semibold [overflow-wrap:anywhere]">
                  {key.name}
                </h2>
                <Badge {...state} />
              </div>
              <p className="mt-1 font-mono text-sm text-soft">{key.prefix}</p>
              <ul aria-label="Permissions" className="mt-3 flex flex-wrap gap-1.5">
                {key.permissions.map((permission) => (
                  <li key={permission} className="rounded-full bg-sunk px-2.5 py-0.5 font-mono text-xs">
                    {permission}
                  </li>
                ))}
              </ul>
              {limits && <p className="mt-3 text-sm">{limits}</p>}
              {key.allowedIps.length > 0 && (
                <p className="mt-3 text-sm text-soft">
                  only from{" "}
                  <span className="font-mono [overflow-wrap:anywhere]">{key.allowedIps.join(", ")}</span>
                </p>
              )}
            </div>
            <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-1 text-sm">
              <Fact name="Made" at={key.createdAt} />
              <Fact name="Last used" at={key.lastUsedAt} none="never" />
              {key.lastUsedFrom && (
                <div className="contents">
                  <dt className="text-soft">From</dt>
                  <dd className="font-mono [overflow-wrap:anywhere]">{key.lastUsedFrom}</dd>
                </div>
              )}
              {key.revokedAt ? (
                <Fact name="Revoked" at={key.revokedAt} />
              ) : (
                <Fact name="Expires" at={key.expiresAt} none="never" />
              )}
            </dl>
            <div className="flex flex-wrap justify-end gap-2 sm:min-w-28 sm:flex-col">
              {live && <KeyPermissions of={key} />}
              {live && <KeyLimits of={key} />}
              {!key.revokedAt && <RevokeKey keyId={key.id} name={key.name} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Fact({ name, at, none = "" }: { name: string; at: string | null; none?: string }) {
  return (
    <div className="contents">
      <dt className="text-soft">{name}</dt>
      <dd>{at ? <When at={at} /> : none}</dd>
    </div>
  );
}
