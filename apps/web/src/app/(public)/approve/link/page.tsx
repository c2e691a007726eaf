import type { Metadata } from "next";
import { LinkedApproval } from "./linked-approval.tsx";

export const metadata: Metadata = {
  title: "Your approval is asked for",
  referrer: "no-referrer",
  robots: { index: false },
};

/** For approvers without an account. The link's token stands behind the #, so only the browser knows it. */
export default function ApproveByLink() {
  return (
    <div className="page max-w-3xl py-8 sm:py-12">
      <h1 className="display mb-8 text-[2rem] sm:text-[2.5rem]">Your approval is asked for</h1>
      <LinkedApproval />
    </div>
  );
}
