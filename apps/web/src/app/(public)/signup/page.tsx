import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { Query } from "@/server/query.ts";
import { header } from "@/server/viewer.ts";
import { homes } from "@/ui/nav.ts";
import { safeNext } from "@/ui/session.ts";
import { SignUpForm } from "./sign-up-form.tsx";

export const metadata: Metadata = { title: "Sign up" };

export default async function Signup({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const next = safeNext(query.next);
  const { role } = await header();
  if (role !== "visitor") redirect(next === "/login" ? homes[role] : next);
  return (
    <div className="page max-w-xl py-12 sm:py-16">
      <h1 className="display text-4xl">Make an account</h1>
      <p className="mt-2 mb-8 text-soft">Free for both sides. It takes a minute.</p>
      <SignUpForm next={next} first={query.as === "agent" ? "agent" : "human"} />
      <p className="mt-6 text-soft">
        Been here before?{" "}
        <Link
          className="font-medium text-accent underline underline-offset-4"
          href={next === "/login" ? "/login" : `/login?next=${encodeURIComponent(next)}`}
        >
          Use your account
        </Link>
      </p>
    </div>
  );
}
