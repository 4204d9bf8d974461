// PageTitle.tsx - the one main heading of a page.
//
// Names the tab, and takes the focus when a person has come from another page, so that a screen reader
// begins to read where the eye does.
import { useEffect, useRef, type ReactNode } from "react";
import { useLanguage } from "../language/language.tsx";

let firstPage = true;

export function PageTitle({ children, caption }: { children: string; caption?: ReactNode }) {
  const { strings } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = children + strings.shell.titleSeparator + strings.shell.product;
  }, [children, strings]);
  useEffect(() => {
    if (firstPage) {
      firstPage = false;
      return;
    }
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <div className="page-title">
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {caption && <p className="page-caption">{caption}</p>}
    </div>
  );
}
