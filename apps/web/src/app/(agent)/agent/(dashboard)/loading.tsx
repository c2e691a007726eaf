import { ListSkeleton } from "@/ui/skeleton.tsx";

export default function Loading() {
  return <ListSkeleton title="Dashboard" cards={3} />;
}
