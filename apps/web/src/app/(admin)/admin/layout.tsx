import type { ReactNode } from "react";
import { requireRole } from "@/server/viewer.ts";
import { NavLink } from "@/ui/nav-link.tsx";
import { adminPages } from "./_parts/admin-pages.ts";

export const dynamic = "force-dynamic";

/** The navigation of the admins. A layout is no guard: each page asks for the role itself. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireRole("admin");
  return (
    <>
      <nav aria-label="Admin" className="border-line border-b bg-sheet">
        <div className="page py-1">
          <div className="-mx-3 flex flex-wrap gap-x-1">
            {adminPages.map((page) => (
              <NavLink key={page.href} {...page} exact={page.href === "/admin"} />
            ))}
          </div>
        </div>
      </nav>
      {children}
    </>
  );
}
