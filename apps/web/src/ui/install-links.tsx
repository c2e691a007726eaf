import { Button } from "./button.tsx";
import { installLinks } from "./install.ts";

/** Buttons that open a client on the reader's machine, which asks before it installs. */
export function InstallLinks({ server }: { server: string }) {
  return (
    <ul aria-label="Install in one click" className="flex flex-wrap gap-3">
      {installLinks(server).map(({ client, href }) => (
        <li key={client}>
          <Button asChild variant="secondary">
            <a href={href}>Add to {client}</a>
          </Button>
        </li>
      ))}
    </ul>
  );
}
