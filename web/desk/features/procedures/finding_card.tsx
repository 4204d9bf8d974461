// finding_card.tsx - one fault of the catalogue: where, what is published, why, and what it would become.
import { Button, Group } from "@mantine/core";
import { Link } from "wouter";
import type { Finding, FindingState } from "../../api/catalogue.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { mendingInWords, placeInWords } from "./mending.ts";
import { Mark, type Tone } from "./mark.tsx";
import classes from "./procedures.module.css";

interface Props {
  finding: Finding;
  // On the page of the entry itself it needs no link there.
  linked: boolean;
  deciding: boolean;
  error: unknown;
  onDecide: (accept: boolean) => void;
  onRetry: () => void;
}

const severityTones: Record<Finding["severity"], Tone> = { error: "grave", warning: "look", note: "quiet" };
const stateTones: Record<FindingState, Tone> = { open: "news", accepted: "good", declined: "quiet" };

export function FindingCard({ finding, linked, deciding, error, onDecide, onRetry }: Props) {
  const { t, say, language } = useLanguage();
  const words = t.catalogue;
  const change = mendingInWords(finding, words, language);
  const kind = words.kinds[finding.kind] ?? finding.kind;
  const source = finding.source as { file?: string; row?: number } | undefined;
  return (
    <article className={classes["finding"]} tabIndex={-1} data-finding={finding.key} data-state={finding.state} aria-label={`${finding.code}: ${kind}`}>
      <div className={classes["head"]}>
        <strong>{kind}</strong>
        {linked && finding.code ? (
          <Link href={`/catalogue/${encodeURIComponent(finding.code)}`} aria-label={words.seeEntry(finding.code)}>
            <span className="figures">{finding.code}</span>
          </Link>
        ) : (
          <span className="figures">{finding.code}</span>
        )}
        <Mark tone={severityTones[finding.severity]}>
          {words.severities[finding.severity]}
        </Mark>
        <Mark tone={stateTones[finding.state]}>
          {words.states[finding.state]}
        </Mark>
      </div>
      <p>{say(finding.why)}</p>
      <dl className={classes["facts"]}>
        {finding.where !== "" && (
          <div>
            <dt>{words.where}</dt>
            <dd>{placeInWords(finding.where, words)}</dd>
          </div>
        )}
        <div>
          <dt>{words.published}</dt>
          <dd className={classes["published"]}>{finding.published || words.nothingPublished}</dd>
        </div>
        <div>
          <dt>{words.proposal}</dt>
          <dd>{say(finding.proposal) || words.atSource}</dd>
        </div>
      </dl>
      {change ? (
        <dl className={classes["beforeAfter"]}>
          <div>
            <dt>{words.before}</dt>
            <dd>{change.before}</dd>
          </div>
          <div>
            <dt>{words.after}</dt>
            <dd>{change.after}</dd>
          </div>
        </dl>
      ) : (
        <p className="quiet">{words.atSource}</p>
      )}
      {source?.file && <p className="quiet">{words.source(source.file, String(source.row ?? ""))}</p>}
      <ProblemAlert error={error} onRetry={onRetry} />
      <Group gap="xs">
        {change && (
          <Button size="compact-md" disabled={deciding || finding.state === "accepted"} aria-label={words.acceptOf(finding.code, kind)} onClick={() => onDecide(true)}>
            {words.accept}
          </Button>
        )}
        <Button size="compact-md" variant="default" disabled={deciding || finding.state === "declined"} aria-label={words.declineOf(finding.code, kind)} onClick={() => onDecide(false)}>
          {words.decline}
        </Button>
      </Group>
    </article>
  );
}
