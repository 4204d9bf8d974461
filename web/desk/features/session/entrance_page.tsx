// entrance_page.tsx - the frame of the pages before one is signed in.
import { SegmentedControl, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Language } from "@shared/language.ts";
import { Icon } from "../../components/icon.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./session.module.css";

interface Props {
  title: string;
  lead?: string;
  demo: boolean;
  wide?: boolean;
  children: ReactNode;
}

export function EntrancePage({ title, lead, demo, wide = false, children }: Props) {
  const { t, language, setLanguage } = useLanguage();
  return (
    <div className={classes["entrance"]}>
      {demo && (
        <div className={classes["demo"]} role="note">
          <Icon name="warning" size={15} /> {t.shell.demo}
        </div>
      )}
      <main className={`${classes["card"] ?? ""} ${wide ? (classes["wide"] ?? "") : ""}`}>
        <div className={classes["brand"]}>
          <span className={classes["door"]} aria-hidden="true">
            <svg viewBox="0 0 32 32" width="30" height="30" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
              <path d="M10 26V8h12v18M6 26h20M18.500 17.500v.500" />
            </svg>
          </span>
          <div>
            <strong>{t.product}</strong>
            <div className="quiet">{t.desk}</div>
          </div>
          <SegmentedControl
            size="xs"
            ml="auto"
            value={language}
            aria-label={t.shell.language}
            onChange={(value) => setLanguage(value as Language)}
            data={[
              { value: "vi", label: "VI" },
              { value: "en", label: "EN" },
            ]}
          />
        </div>
        <PageTitle>{title}</PageTitle>
        {lead && <Text size="sm" className="quiet" mt={4}>{lead}</Text>}
        {children}
      </main>
    </div>
  );
}
