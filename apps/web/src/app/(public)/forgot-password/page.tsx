import type { Metadata } from "next";
import Link from "next/link";
import { ForgotForm } from "./forgot-form.tsx";

export const metadata: Metadata = { title: "Forgot your password" };

export default function ForgotPassword() {
  return (
    <div className="page max-w-md py-12 sm:py-20">
      <h1 className="display text-4xl">Forgot your password?</h1>
      <p className="mt-2 mb-8 text-soft">We mail you a link with which you choose a new one.</p>
      <ForgotForm />
      <p className="mt-6 text-soft">
        It came back to you?{" "}
        <Link className="font-medium text-accent underline underline-offset-4" href="/login">
          Sign in
        </Link>
      </p>
    </div>
  );
}
