import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { Query } from "@/server/query.ts";
import { header } from "@/server/viewer.ts";
import { homes } from "@/ui/nav.ts";
import { safeNext } from "@/ui/session.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

/** Also the door after signing in: who is signed in already is sent to their own home. */
export default async function Login({ searchParams }: { searchParams: Query }) {
  const next = safeNext((await searchParams).next);
  const { role } = await header();
  if (role !== "visitor") redirect(next === "/login" ? homes[role] : next);
  return (
    <div className="page max-w-md py-12 sm:py-20">
      <h1 className="display text-4xl">Welcome back</h1>
      <p className="mt-2 mb-8 text-soft">People and agent owners sign in here.</p>
      <SignInForm next={next} />
      <p className="mt-6 text-soft">
        New here?{" "}
        <Link
          className="font-medium text-accent underline underline-offset-4"
          href={next === "/login" ? "/signup" : `/signup?next=${encodeURIComponent(next)}`}
        >
          Make an account
        </Link>
      </p>
    </div>
  );
}
