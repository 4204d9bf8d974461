// dossier_header.tsx - whose dossier, of what, in which state, due when and why.
import { ActionIcon, Button, Group } from "@mantine/core";
import { Link } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import type { Dossier } from "@shared/schemas.ts";
import { Icon } from "../../components/icon.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ClockPanel } from "./clock_panel.tsx";
import classes from "./dossier.module.css";

interface Props {
  dossier: Dossier;
  back: string;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

export function DossierHeader({ dossier, back, onPrevious, onNext }: Props) {
  const { t, say } = useLanguage();
  const holders = dossier.tasks.map((task) => task.assignee?.name).filter((name) => name !== undefined);
  const facts: [string, string][] = [
    [t.dossier.caseName, say(dossier.case?.name)],
    [t.dossier.filed, `${formatDateTime(dossier.filed_at)} (${t.channel[dossier.channel] ?? dossier.channel})`],
    [t.dossier.received, formatDateTime(dossier.received_at)],
    [t.dossier.finished, formatDateTime(dossier.finished_at)],
    [t.dossier.agency, say(dossier.agency?.name)],
    [t.dossier.receivingAgency, dossier.receiving_agency?.id === dossier.agency?.id ? "" : say(dossier.receiving_agency?.name)],
    [t.dossier.holder, holders.join(", ") || (dossier.holder ?? "")],
  ];
  return (
    <header className={classes["header"]}>
      <div className={classes["path"]}>
        <Link href={back}>
          <Icon name="previous" size={13} /> {back.startsWith("/search") ? t.shell.search : t.dossier.backToInbox}
        </Link>
        <span className="figures">{dossier.code}</span>
        <Group gap={4} ml="auto" wrap="nowrap">
          <ActionIcon variant="default" size="md" disabled={!onPrevious} onClick={onPrevious} aria-label={t.dossier.previous} title={`${t.dossier.previous} (k)`}>
            <Icon name="previous" size={15} />
          </ActionIcon>
          <Button variant="default" size="compact-md" disabled={!onNext} onClick={onNext} rightSection={<Icon name="next" size={15} />} title="j">
            {t.dossier.next}
          </Button>
        </Group>
      </div>
      <div className={classes["headline"]}>
        <div>
          <PageTitle tab={`${dossier.applicant} · ${dossier.code}`}>{dossier.applicant}</PageTitle>
          <div>
            {say(dossier.procedure.name)} <span className="quiet figures">({dossier.procedure.code})</span>
          </div>
        </div>
        <ClockPanel dossier={dossier} />
        <dl className={classes["meta"]}>
          {facts
            .filter(([, value]) => value !== "")
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </div>
    </header>
  );
}
