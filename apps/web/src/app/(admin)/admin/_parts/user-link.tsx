import Link from "next/link";

/** Somebody's name, as a way to their account. */
export function UserLink({ id, name }: { id: string; name: string }) {
  return (
    <Link
      href={`/admin/users/${id}`}
      className="inline-block min-h-6 underline underline-offset-4 [overflow-wrap:anywhere]"
    >
      {name}
    </Link>
  );
}
