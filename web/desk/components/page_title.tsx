// page_title.tsx - the h1 of a page, which is also the title of the browser's tab.
import { Title } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { useLanguage } from "../i18n/language.tsx";

export function PageTitle({ children, tab }: { children: ReactNode; tab?: string }) {
  const { t } = useLanguage();
  const text = tab ?? (typeof children === "string" ? children : "");
  useEffect(() => {
    document.title = text === "" ? t.product : `${text} – ${t.product}`;
  }, [text, t]);
  return <Title order={1}>{children}</Title>;
}
