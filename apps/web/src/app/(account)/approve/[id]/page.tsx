import { readOr404 } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Approval } from "./approval.tsx";
import { Confirmation } from "./confirmation.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Your answer is asked for", referrer: "no-referrer" };

interface Props {
  params: Promise<{ id: string }>;
}

/** Whoever it does not concern is told that there is nothing here, as for an id that was never given. */
export default async function Approve({ params }: Props) {
  await requireRole("agent", "human", "admin");
  const { id } = await params;
  if (id.startsWith("appr_")) {
    return <Approval approval={await readOr404("check_approval", { approvalId: id })} />;
  }
  return <Confirmation confirmation={await readOr404("get_confirmation", { confirmationId: id })} />;
}
