// inbox_row.tsx - one task: how urgent, whose dossier, what it waits for, who has it.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { formatDate, formatDue } from "@shared/format.ts";
import type { Officer } from "@shared/schemas.ts";
import { DueMark } from "../../components/due_mark.tsx";
import { BasisMark } from "../authority/basis_mark.tsx";
import { StatusBadge } from "../../components/status_badge.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./inbox.module.css";
import { dossierAddress, isClaimable, type InboxItem } from "./inbox_task.ts";

interface Props {
  item: InboxItem;
  me: Officer | undefined;
  now: number;
  claiming: boolean;
  onOpen: () => void;
  onNear: () => void;
  onClaim: () => void;
}

export function InboxRow({ item, me, now, claiming, onOpen, onNear, onClaim }: Props) {
  const { t, say, language } = useLanguage();
  const task = item.task;
  const holder = task?.assignee?.name ?? item.holder;
  const mine = task?.assignee ? task.assignee.id === me?.id : holder !== null && holder === me?.name;
  const stepIsUrgent = task && task.due_state !== item.due_state && (task.due_state === "overdue" || task.due_state === "soon");
  return (
    <tr
      data-row
      data-state={item.due_state}
      className={classes["row"]}
      onMouseEnter={onNear}
      onFocus={onNear}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("a,button")) onOpen();
      }}
    >
      <td className={classes["due"]}>
        <DueMark facts={item} now={now} />
        <div className="quiet figures">{item.due_at ? formatDue(item.due_at, language) : t.inbox.filed(formatDate(item.filed_at))}</div>
      </td>
      <td className={classes["dossier"]}>
        <Link href={dossierAddress(item)} className={classes["applicant"] ?? ""} data-row-link onClick={(event) => { event.preventDefault(); onOpen(); }}>
          {item.applicant}
        </Link>
        <div className={classes["procedure"]} title={say(item.procedure.name)}>{say(item.procedure.name)}</div>
        <div className="quiet figures">
          {item.code} · {t.channel[item.channel] ?? item.channel}
        </div>
      </td>
      <td className={classes["step"]}>
        <div>{say(task?.title ?? item.step)}</div>
        <StatusBadge status={item.status} /> <BasisMark basis={"basis" in item ? item.basis : null} />
        {stepIsUrgent && (
          <div>
            <DueMark facts={task} now={now} />
          </div>
        )}
      </td>
      <td className={classes["holder"]}>
        {holder ? (
          <>
            <span className={mine ? classes["mine"] : undefined}>{mine ? t.inbox.me : holder}</span>
            {item.duty && <div className="quiet">{t.coverage.dutyMark}</div>}
          </>
        ) : (
          <>
            {isClaimable(item) && <span className="quiet">{t.inbox.nobody}</span>}
            {isClaimable(item) && (
              <Button size="compact-sm" variant="light" loading={claiming} onClick={onClaim} aria-label={t.inbox.claimOf(item.code)}>
                {t.inbox.claim}
              </Button>
            )}
          </>
        )}
      </td>
    </tr>
  );
}
