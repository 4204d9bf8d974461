// hours_editor.tsx - weekly hours, one line of text for each day: quick to type, easy to check.
import { Button, Checkbox, Group, TextInput } from "@mantine/core";
import { formatDate } from "@shared/format.ts";
import { weekdays, type Schedule, type Weekday } from "../../api/calendars.ts";
import { DayInput } from "../../components/day_input.tsx";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";
import { HoursView } from "./hours_view.tsx";
import { boxOf, draftOf, newKey, problemAt, type ScheduleDraft, type ScheduleProblem, type TypedHours } from "./schedule_draft.ts";

type Kind = "processing" | "reception";
const kinds: Kind[] = ["processing", "reception"];
const workdays: Weekday[] = ["tue", "wed", "thu", "fri"];

interface OneProps {
  hours: TypedHours;
  index: number;
  problems: ScheduleProblem[];
  onChange: (hours: TypedHours) => void;
  onRemove: () => void;
}

function OneWeek({ hours, index, problems, onChange, onRemove }: OneProps) {
  const { t } = useLanguage();
  const words = t.calendars;
  const at = (field: string) => `hours/${index}/${field}`;
  const type = (kind: Kind, day: Weekday, typed: string) => onChange({ ...hours, [kind]: { ...hours[kind], [day]: typed } });
  const copyDown = () => {
    const down = (kind: Kind) => ({ ...hours[kind], ...Object.fromEntries(workdays.map((day) => [day, hours[kind].mon])) });
    onChange({ ...hours, processing: down("processing"), reception: down("reception") });
  };
  return (
    <section className={classes["editor"]} aria-label={words.hoursFrom(formatDate(hours.valid_from))}>
      <Group gap="sm" align="flex-start">
        <DayInput id={boxOf(at("valid_from"))} label={words.validFrom} value={hours.valid_from} problem={problemAt(problems, at("valid_from"))} onChange={(valid_from) => onChange({ ...hours, valid_from })} />
        <TextInput
          className={classes["grow"] ?? ""}
          id={boxOf(at("source"))}
          label={words.source}
          value={hours.source}
          maxLength={300}
          error={problemAt(problems, at("source"))}
          onChange={(event) => onChange({ ...hours, source: event.currentTarget.value })}
        />
        <Checkbox className={classes["confirmed"] ?? ""} label={words.isProvisional} checked={hours.provisional} onChange={(event) => onChange({ ...hours, provisional: event.currentTarget.checked })} />
      </Group>
      <p className="quiet">
        {index === 0 && `${words.firstHint} `}
        {words.intervalsHint}
      </p>
      <div className={classes["week"]}>
        <span />
        {kinds.map((kind) => (
          <span key={kind} className={classes["weekHead"]}>
            {words[kind]} <span className="quiet">({words[`${kind}Hint`]})</span>
          </span>
        ))}
        {weekdays.map((day, place) => (
          <div key={day} className={classes["weekRow"]}>
            <span className={classes["weekDay"]}>{words.weekdays[place]}</span>
            {kinds.map((kind) => (
              <div key={kind} className={classes["weekCell"]} data-label={words[kind]}>
                <TextInput
                  id={boxOf(at(`${kind}/${day}`))}
                  aria-label={`${words[kind]}, ${words.weekdays[place] ?? ""}`}
                  value={hours[kind][day]}
                  placeholder={words.closed}
                  autoComplete="off"
                  maxLength={120}
                  error={problemAt(problems, at(`${kind}/${day}`))}
                  onChange={(event) => type(kind, day, event.currentTarget.value)}
                />
              </div>
            ))}
          </div>
        ))}
      </div>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={copyDown}>
          {words.copyDown}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onChange({ ...hours, reception: { ...hours.processing } })}>
          {words.copyAcross}
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" leftSection={<Icon name="cross" size={13} />} onClick={onRemove}>
          {words.removeHours(formatDate(hours.valid_from) || "…")}
        </Button>
      </Group>
    </section>
  );
}

interface Props {
  draft: ScheduleDraft;
  effective: Schedule;
  inheritsFrom: string;
  problems: ScheduleProblem[];
  onChange: (draft: ScheduleDraft) => void;
}

export function HoursEditor({ draft, effective, inheritsFrom, problems, onChange }: Props) {
  const { t } = useLanguage();
  const words = t.calendars;
  const change = (hours: TypedHours[]) => onChange({ ...draft, hours });
  if (draft.hours.length === 0) {
    return (
      <>
        <p className={classes["inherited"]}>{words.inheritsFrom(inheritsFrom)}</p>
        {effective.hours.map((hours) => (
          <HoursView key={hours.valid_from} hours={hours} />
        ))}
        <Button variant="default" leftSection={<Icon name="plus" size={15} />} onClick={() => change(draftOf(effective).hours)}>
          {words.ownHours}
        </Button>
      </>
    );
  }
  return (
    <>
      {draft.hours.map((hours, index) => (
        <OneWeek
          key={hours.key}
          hours={hours}
          index={index}
          problems={problems}
          onChange={(changed) => change(draft.hours.map((each) => (each.key === hours.key ? changed : each)))}
          onRemove={() => change(draft.hours.filter((each) => each.key !== hours.key))}
        />
      ))}
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={15} />}
          onClick={() => {
            const last = draft.hours[draft.hours.length - 1];
            if (last) change([...draft.hours, { ...last, key: newKey(), valid_from: "", source: "" }]);
          }}
        >
          {words.addHours}
        </Button>
        <Button variant="subtle" onClick={() => change([])}>
          {words.dropHours}
        </Button>
      </Group>
    </>
  );
}
