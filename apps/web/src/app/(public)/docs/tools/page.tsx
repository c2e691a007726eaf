import { redirect } from "next/navigation";

/** The list of tools is in the side list and in the search; the contract's first one is as good a start as any. */
export default function ToolsPage() {
  redirect("/docs/tools/create_task");
}
