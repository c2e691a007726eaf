import { ListSkeleton } from "@/ui/skeleton.tsx";

export default function Loading() {
  return <ListSkeleton title="Review queue" cards={2} />;
}
