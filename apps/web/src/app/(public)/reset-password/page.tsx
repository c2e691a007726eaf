import type { Metadata } from "next";
import { ResetForm } from "./reset-form.tsx";

export const metadata: Metadata = { title: "Choose a new password" };

export default function ResetPassword() {
  return (
    <div className="page max-w-md py-12 sm:py-20">
      <h1 className="display text-4xl">Choose a new password</h1>
      <p className="mt-2 mb-8 text-soft">Whoever is signed in to your account now will be signed out.</p>
      <ResetForm />
    </div>
  );
}
