import type { Metadata } from "next";
import { VerifyForm } from "./verify-form.tsx";

export const metadata: Metadata = { title: "Confirm your address" };

export default function VerifyEmail() {
  return (
    <div className="page max-w-md py-12 sm:py-20">
      <h1 className="display text-4xl">Confirm your address</h1>
      <p className="mt-2 mb-8 text-soft">You made an account with this email address.</p>
      <VerifyForm />
    </div>
  );
}
