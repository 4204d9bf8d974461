// intake_summary.tsx - what it comes to: case, due date, fee, what is still open, and the one button.
import { Alert, Button, Checkbox, SegmentedControl, Select } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { Link } from "wouter";
import { formatDue, formatMoney } from "@shared/format.ts";
import type { DossierRow, Evaluation } from "@shared/schemas.ts";
import type { Explained } from "../../api/transports.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import type { IntakeDraft, ReturnMethod } from "./filing.ts";
import classes from "./intake.module.css";

interface Props {
  evaluation: Evaluation | undefined;
  draft: IntakeDraft;
  missing: number;
  duplicates: DossierRow[];
  submitting: boolean;
  // Who decides and where the result can be had, once the place is known; and this counter.
  routed: Explained | undefined;
  here: string;
  onReturnMethod: (method: ReturnMethod) => void;
  onReturnAt: (agency: string) => void;
  onDuplicateSeen: (seen: boolean) => void;
  onFirstProblem: () => void;
  onSubmit: () => void;
  children: ReactNode;
}

export function IntakeSummary(props: Props) {
  const { t, say, language } = useLanguage();
  const { evaluation, draft, missing, duplicates, routed, here } = props;
  const returnLabel = useId();
  const errors = (evaluation?.problems ?? []).filter((problem) => problem.severity !== "warning").length;
  return (
    <aside className={classes["summary"]} aria-label={t.intake.summary}>
      <h2>{t.intake.summary}</h2>
      <dl>
        {evaluation?.case && (
          <div>
            <dt>{t.intake.caseName}</dt>
            <dd>{say(evaluation.case.name)}</dd>
          </div>
        )}
        {evaluation?.due && (
          <div>
            <dt>{t.intake.due}</dt>
            <dd>
              <strong className="figures">{formatDue(evaluation.due.due_at, language)}</strong>
              <div className="quiet">{say(evaluation.due.limit)}</div>
            </dd>
          </div>
        )}
        {evaluation?.fee && (
          <div>
            <dt>{t.intake.fee}</dt>
            <dd>
              <strong className="figures">{evaluation.fee.total > 0 ? formatMoney(evaluation.fee.total) : t.fee.free}</strong>
              {evaluation.fee.lines.map((line) => (
                <div key={line.code} className="quiet">
                  {say(line.name)}: {formatMoney(line.amount)} {say(line.reason) && `(${say(line.reason)})`}
                </div>
              ))}
              {evaluation.fee.example_value && evaluation.fee.total > 0 && (
                <div className="quiet">
                  <Icon name="warning" size={13} /> {t.common.exampleValue}
                </div>
              )}
            </dd>
          </div>
        )}
      </dl>
      {evaluation && (
        <div className={classes["state"]} data-open={errors > 0 || undefined} role="status">
          <Icon name={errors > 0 ? "circle" : "check"} size={15} /> {t.intake.problems(errors)}
          {errors > 0 && (
            <Button variant="subtle" size="compact-xs" onClick={props.onFirstProblem}>
              {t.intake.firstProblem}
            </Button>
          )}
        </div>
      )}
      {missing > 0 && (
        <div className={classes["state"]} data-open>
          <Icon name="circle" size={15} /> {t.intake.missingComponents(missing)}
        </div>
      )}
      {duplicates.length > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t.intake.duplicates} my="xs">
          {duplicates.map((row) => (
            <div key={row.id}>
              <Link href={`/dossiers/${encodeURIComponent(row.id)}`} target="_blank">
                {row.code}
              </Link>{" "}
              {row.applicant} · {say(row.status.label)}
            </div>
          ))}
          <Checkbox mt="xs" checked={draft.duplicateSeen} label={t.intake.duplicateConfirm} onChange={(event) => props.onDuplicateSeen(event.currentTarget.checked)} />
        </Alert>
      )}
      <div>
        <div id={returnLabel} className={classes["label"]}>
          {t.intake.returnMethod}
        </div>
        <SegmentedControl
          fullWidth
          size="xs"
          transitionDuration={0}
          aria-labelledby={returnLabel}
          value={draft.returnMethod}
          onChange={(method) => props.onReturnMethod(method as ReturnMethod)}
          data={[
            { value: "counter", label: t.channel["counter"] },
            { value: "online", label: t.channel["online"] },
            { value: "post", label: t.channel["post"] },
          ]}
        />
      </div>
      {draft.returnMethod === "counter" && (routed?.return_places.length ?? 0) > 1 && (
        <Select
          mt="xs"
          size="xs"
          label={t.transports.returnAt}
          description={t.transports.returnAtHint}
          searchable
          allowDeselect={false}
          value={draft.returnAt || here}
          onChange={(chosen) => props.onReturnAt(chosen === here ? "" : (chosen ?? ""))}
          data={(routed?.return_places ?? []).map((each) => ({ value: each.id, label: say(each.name) }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
      )}
      {routed && routed.received_here === false && (
        <Alert color="red" icon={<Icon name="warning" />} title={t.transports.notHere} my="xs">
          {say(routed.received_here_reason)}
        </Alert>
      )}
      {routed && routed.received_here !== false && routed.centre.id !== here && (
        <div className={classes["state"]}>
          <Icon name="send" size={15} /> {t.transports.elsewhere(say(routed.agency.name))}
        </div>
      )}
      {props.children}
      <Button fullWidth size="md" mt="sm" loading={props.submitting} onClick={props.onSubmit}>
        {t.intake.submit}
      </Button>
      <div className={`quiet ${classes["hint"] ?? ""}`}>{t.actions.submitHint}</div>
    </aside>
  );
}
