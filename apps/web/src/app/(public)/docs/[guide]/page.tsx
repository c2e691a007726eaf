import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { findGuide } from "@/docs/guides.ts";
import { Prose } from "@/docs/prose.tsx";

interface Props {
  params: Promise<{ guide: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const guide = findGuide((await params).guide);
  return guide ? { title: guide.title, description: guide.about } : {};
}

export default async function GuidePage({ params }: Props) {
  const guide = findGuide((await params).guide);
  if (!guide) notFound();
  return <Prose text={guide.text} />;
}
