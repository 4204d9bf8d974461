// BackLink.tsx - above the heading: one page back, to a place that we name rather than the history.
import { Link } from "wouter";
import { useLanguage } from "../language/language.tsx";

export function BackLink({ href, children }: { href: string; children?: string }) {
  const { strings } = useLanguage();
  return (
    <Link href={href} className="back-link">
      {children ?? strings.shell.back}
    </Link>
  );
}
