import Link from "next/link";

/** Above every page of somebody whose address is not confirmed. Nothing waits for it, so it only asks. */
export function ConfirmEmail() {
  return (
    <aside aria-label="Your email address" className="border-line border-b bg-sunk">
      <p className="page py-2 text-sm">
        Confirm your email address with the link in our mail.{" "}
        <Link className="font-medium text-accent underline underline-offset-4" href="/account">
          No mail?
        </Link>
      </p>
    </aside>
  );
}
