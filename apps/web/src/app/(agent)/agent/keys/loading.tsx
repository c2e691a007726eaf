import { ListSkeleton } from "@/ui/skeleton.tsx";

export default function Loading() {
  return <ListSkeleton title="API keys" cards={3} />;
}
