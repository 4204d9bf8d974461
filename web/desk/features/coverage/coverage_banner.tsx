// coverage_banner.tsx - on every page of whoever answers for it: nobody is there for some step.
import { Link } from "wouter";
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
  const alarms = useAlarms(hasPlace(officer, "coverage")).data;
  if (!alarms || alarms.steps + alarms.soon + alarms.dossiers === 0) return null;
  const number = (n: number) => n.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");
  return (
    <div className={`no-print ${classes["banner"]}`} role="note">
      <Icon name="warning" size={15} />
      {alarms.dossiers > 0 && <span>{words.bannerDossiers(number(alarms.dossiers))}</span>}
      {alarms.steps > 0 && <span>{words.banner(number(alarms.steps), number(alarms.agencies))}</span>}
      {alarms.soon > 0 && alarms.next_at && <span>{words.bannerSoon(number(alarms.soon), formatDateTime(alarms.next_at))}</span>}
      <Link href="/coverage">{words.bannerOpen}</Link>
    </div>
  );
}
