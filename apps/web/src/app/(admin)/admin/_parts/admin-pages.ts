/** The pages of the admins, in the order of their navigation: one line is one page. */
export const adminPages = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/risk", label: "Review queue" },
  { href: "/admin/disputes", label: "Disputes" },
  { href: "/admin/reports", label: "Reports" },
  { href: "/admin/users", label: "Users" },
  { href: "/admin/audit", label: "Audit" },
  { href: "/admin/health", label: "Health" },
];
