import { read } from "@/server/read.ts";

export const dynamic = "force-dynamic";

export default async function Home() {
  const { tasks } = await read("list_tasks", { status: "open" });
  return <main>{tasks.map((t) => t.title).join(", ")}</main>;
}
