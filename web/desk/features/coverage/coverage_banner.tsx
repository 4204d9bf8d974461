// coverage_banner.tsx - on every page of whoever answers for it: nobody is there for some step.
import { Link, useLocation } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import type { Officer } from "@shared/schemas.ts";
import { useAlarms } from "../../api/coverage.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace } from "../officers/roles.ts";
import classes from "./coverage.module.css";

export function CoverageBanner({ officer }: { officer: Officer | undefined }) {
  const { t, language } = useLanguage();
  const words = t.coverage;
  const [here] = useLocation();
  const alarms = useAlarms(hasPlace(officer, "coverage")).data;
  if (!alarms || alarms.steps + alarms.soon + alarms.dossiers === 0) return null;
  const mark = <Icon name="warning" size={15} />;
  const number = (n: number) => n.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");
  return (
    <div className={`no-print ${classes["banner"]}`} role="note">
      {alarms.dossiers > 0 && <span>{mark}{words.bannerDossiers(number(alarms.dossiers))}</span>}
      {alarms.steps > 0 && <span>{alarms.dossiers === 0 && mark}{words.banner(number(alarms.steps), number(alarms.agencies))}</span>}
      {alarms.soon > 0 && alarms.next_at && <span>{alarms.dossiers + alarms.steps === 0 && mark}{words.bannerSoon(number(alarms.soon), formatDateTime(alarms.next_at))}</span>}
      {!here.startsWith("/coverage") && <Link href="/coverage">{words.bannerOpen}</Link>}
    </div>
  );
}
