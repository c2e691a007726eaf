import { Refusal } from "@humans2ai/core";
import { cookies } from "next/headers";
import { env } from "@/env.ts";
import { browserCookie } from "@/server/cookies.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { ConsentForm } from "./consent-form.tsx";
import { OtherAccount } from "./other-account.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Connect an app" };

/** Where an app's request waits for the owner's yes or no, in the browser that it was begun in. */
export default async function Consent({ params }: { params: Promise<{ id: string }> }) {
  const { role, name } = await requireRole("agent", "human", "admin");
  if (role !== "agent") return <OtherAccount name={name} />;
  const requestId = (await params).id;
  const browserToken = (await cookies()).get(browserCookie(env().PUBLIC_URL))?.value;
  const [request, { user }] = await Promise.all([
    requestOf(requestId, browserToken),
    read("get_account", {}),
  ]);
  if (!request || !browserToken) return <Gone />;
  return (
    <div className="page max-w-2xl py-8 sm:py-12">
      <PageHeader title="Connect an app?" intro="It will act for your account, without a key." />
      <ConsentForm
        requestId={requestId}
        browserToken={browserToken}
        request={request}
        account={{ name: user.displayName, email: user.email }}
      />
    </div>
  );
}

async function requestOf(requestId: string, browserToken: string | undefined) {
  if (!browserToken) return null;
  try {
    return await read("get_app_request", { requestId, browserToken });
  } catch (error) {
    if (error instanceof Refusal && [400, 404].includes(error.http)) return null;
    throw error;
  }
}

function Gone() {
  return (
    <div className="page max-w-2xl py-8 sm:py-12">
      <PageHeader title="Nothing to answer here" />
      <p>
        This request was answered, is over 30 minutes old, or was begun in another browser. If the app still
        waits, go back to it and connect again. Otherwise you can close this page.
      </p>
    </div>
  );
}
