// save_panel.tsx - why, by which act, what it would change; then saved, without moving a due date.
import { Alert, Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { formatDateTime } from "@shared/format.ts";
import { loadCalendar, previewCalendar, saveCalendar, type CalendarPreview, type Grounds, type OfficeCalendar, type Schedule } from "../../api/calendars.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";
import { PreviewResult } from "./preview_result.tsx";
import { fingerprint, placeOf, scheduleOf, type ScheduleDraft, type ScheduleProblem } from "./schedule_draft.ts";

interface Props {
  office: string;
  draft: ScheduleDraft;
  version: number;
  grounds: Grounds;
  problems: ScheduleProblem[];
  onGrounds: (grounds: Grounds) => void;
  onProblems: (problems: ScheduleProblem[]) => void;
  onProblemChosen: (field: string) => void;
  onSaved: (version: number) => void;
  // Somebody was faster: mine goes on that version, or gives way to it.
  onKeepMine: (present: OfficeCalendar) => void;
  onTakeTheirs: (present: OfficeCalendar) => void;
  onDiscard: () => void;
}

const stalePrecondition = 412;
const unacceptable = 422;
const shortestReason = 5;

// What the server says about a schedule stands at its fields; the rest is told as it is.
const fieldsOf = (error: unknown): ScheduleProblem[] =>
  error instanceof Problem && error.status === unacceptable ? error.errors.map((each) => ({ field: each.field.replace(/^schedule\//, ""), message: each.message })) : [];

export function SavePanel(props: Props) {
  const { t } = useLanguage();
  const words = t.calendars.save;
  const { office, draft, grounds, onGrounds } = props;
  const [seen, setSeen] = useState<{ of: string; preview: CalendarPreview } | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [conflict, setConflict] = useState<OfficeCalendar | null>(null);
  const [key, setKey] = useState(newIntentKey);
  const now = fingerprint(draft);
  const current = seen?.of === now;

  const refused = (error: unknown) => {
    const fields = fieldsOf(error);
    if (fields.length > 0) props.onProblems(fields);
  };
  const look = useMutation({
    mutationFn: (schedule: Schedule) => previewCalendar(office, schedule),
    onSuccess: (preview) => setSeen({ of: now, preview }),
    onError: refused,
  });
  const save = useMutation({
    mutationFn: (schedule: Schedule) => saveCalendar(office, props.version, schedule, { reason: grounds.reason.trim(), act: grounds.act.trim() }, key),
    onSuccess: (answer) => props.onSaved(answer.version),
    onError: async (error) => {
      // A cut line keeps the key: it is not known whether it was saved.
      if (!(error instanceof Problem) || error.passing || error.kind === "broken") return;
      setKey(newIntentKey());
      refused(error);
      if (error.status === stalePrecondition) setConflict(await loadCalendar(office).catch(() => null));
    },
  });
  const checked = (then: (schedule: Schedule) => void) => {
    const { schedule, problems } = scheduleOf(draft, t);
    props.onProblems(problems);
    look.reset();
    save.reset();
    if (problems.length === 0) then(schedule);
  };
  const submit = () => {
    const wanted = grounds.reason.trim().length < shortestReason ? t.common.reasonTooShort : grounds.act.trim() === "" ? words.actMissing : null;
    setMissing(wanted);
    if (wanted === null) checked((schedule) => save.mutate(schedule));
  };
  const error = save.error ?? look.error;
  const atFields = fieldsOf(error).length > 0;
  const isConflict = error instanceof Problem && error.status === stalePrecondition;
  const last = conflict?.history.reduce<OfficeCalendar["history"][number] | undefined>((newest, each) => (!newest || each.version > newest.version ? each : newest), undefined);
  return (
    <section className={classes["save"]} aria-labelledby="save-title">
      <h2 id="save-title">{words.title}</h2>
      <Alert color="blue" icon={<Icon name="clock" />} py="xs">
        {words.says}
      </Alert>
      {props.problems.length > 0 && (
        <Alert color="red" role="alert" title={t.error.heading}>
          <ul className={classes["plain"]}>
            {props.problems.map((problem) => (
              <li key={problem.field + problem.message}>
                <button type="button" className={classes["toField"]} onClick={() => props.onProblemChosen(problem.field)}>
                  {[placeOf(problem.field, t), problem.message].filter(Boolean).join(": ")}
                </button>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <div className={classes["grounds"]}>
        <TextInput className={classes["grow"] ?? ""} label={words.reason} value={grounds.reason} maxLength={1000} onChange={(event) => onGrounds({ ...grounds, reason: event.currentTarget.value })} />
        <TextInput className={classes["grow"] ?? ""} label={words.act} value={grounds.act} maxLength={300} onChange={(event) => onGrounds({ ...grounds, act: event.currentTarget.value })} />
      </div>
      {seen && current && <PreviewResult preview={seen.preview} />}
      {seen && !current && <p className={classes["again"]}>{words.lookAgain}</p>}
      {missing && (
        <Alert color="red" role="alert" icon={<Icon name="warning" />}>
          {missing}
        </Alert>
      )}
      {!atFields && !isConflict && <ProblemAlert error={error} />}
      {isConflict && conflict && (
        <Alert color="orange" role="alert" icon={<Icon name="warning" />} title={words.conflict}>
          {last && (
            <p>
              {words.conflictBy(last.by, formatDateTime(last.at))} <strong>{[last.reason, last.act].filter(Boolean).join(" · ")}</strong>
            </p>
          )}
          <p>{words.conflictKept}</p>
          <Group gap="xs">
            <Button size="compact-md" onClick={() => { setConflict(null); setSeen(null); save.reset(); props.onKeepMine(conflict); }}>
              {words.conflictGo}
            </Button>
            <Button size="compact-md" variant="default" onClick={() => props.onTakeTheirs(conflict)}>
              {words.conflictTake}
            </Button>
          </Group>
        </Alert>
      )}
      {isConflict && !conflict && <ProblemAlert error={error} />}
      <Group gap="xs">
        <Button variant={current ? "default" : "filled"} loading={look.isPending} onClick={() => checked((schedule) => look.mutate(schedule))}>
          {words.look}
        </Button>
        {current && (
          <Button loading={save.isPending} onClick={submit}>
            {words.submit}
          </Button>
        )}
        <Button variant="subtle" onClick={props.onDiscard}>
          {t.calendars.discard}
        </Button>
      </Group>
    </section>
  );
}
