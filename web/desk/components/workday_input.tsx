// workday_input.tsx - a day typed or picked from a calendar on which the office's days off are closed.
import "@mantine/dates/styles.css";
import "dayjs/locale/vi";
import { ActionIcon, Popover, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useEffect, useState } from "react";
import { formatDay } from "@shared/format.ts";
import { readTypedDate, showTypedDate } from "@shared/form/dates.ts";
import { useCalendarYear, type CalendarDay } from "../api/calendars.ts";
import { useLanguage } from "../i18n/language.tsx";
import { isDay } from "./day_input.tsx";
import { Icon } from "./icon.tsx";
import classes from "./workday.module.css";

interface Props {
  label: string;
  description?: string;
  office: string;
  // ISO day, or "" for none.
  value: string;
  onChange: (day: string) => void;
  // The first day that can be picked.
  min: string;
}

export function WorkdayInput({ label, description, office, value, onChange, min }: Props) {
  const { t, say, language } = useLanguage();
  const [typed, setTyped] = useState(showTypedDate(value));
  const [opened, setOpened] = useState(false);
  const [shown, setShown] = useState(isDay(value) ? value : min);
  const year = useCalendarYear(office, Number(shown.slice(0, 4)));
  const ofValue = useCalendarYear(office, Number((isDay(value) ? value : min).slice(0, 4)));
  useEffect(() => setTyped(showTypedDate(value)), [value]);

  const dayOf = (days: CalendarDay[] | undefined, on: string) => days?.find((day) => day.on === on);
  const isOff = (on: string) => dayOf(year.data?.days, on)?.works === false;
  const chosen = dayOf(ofValue.data?.days, value);
  const commit = () => {
    const day = readTypedDate(typed) ?? "";
    if (day !== value) onChange(day);
  };
  const wrong = value !== "" && !isDay(value);
  const off = chosen?.works === false ? `${t.apology.dateOff(formatDay(value, language))} (${say(chosen.why) || t.dayPicker.off})` : null;
  return (
    <div className={classes["field"]}>
      <TextInput
        label={label}
        description={description}
        w={230}
        maw="100%"
        value={typed}
        placeholder="dd/mm/yyyy"
        inputMode="numeric"
        autoComplete="off"
        error={wrong ? t.common.dateInvalid : off}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          // A whole day is taken at once: what it changes on the page must not move under a press.
          const day = readTypedDate(event.currentTarget.value) ?? "";
          if (isDay(day) && day !== value) onChange(day);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
        }}
        rightSection={
          <Popover opened={opened} onChange={setOpened} position="bottom-end" withinPortal trapFocus returnFocus shadow="md">
            <Popover.Target>
              <ActionIcon variant="subtle" size={28} aria-label={t.dayPicker.open(label)} aria-expanded={opened} onClick={() => setOpened(!opened)}>
                <Icon name="calendar" size={16} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown
              aria-label={label}
              onKeyDown={(event) => {
                // Closes the calendar, not the form that it stands in.
                if (event.key === "Escape") event.preventDefault();
              }}
            >
              <DatePicker
                value={isDay(value) ? value : null}
                date={shown}
                onDateChange={setShown}
                onChange={(day) => {
                  setOpened(false);
                  onChange(day ?? "");
                }}
                minDate={min}
                excludeDate={isOff}
                locale={language}
                firstDayOfWeek={1}
                weekendDays={[]}
                ariaLabels={{ previousMonth: t.dayPicker.previousMonth, nextMonth: t.dayPicker.nextMonth }}
                getDayAriaLabel={(day) => [String(Number(day.slice(8))), formatDay(day, language), isOff(day) ? say(dayOf(year.data?.days, day)?.why) || t.dayPicker.off : ""].filter(Boolean).join(", ")}
                getDayProps={(day) => ({ title: say(dayOf(year.data?.days, day)?.why) || undefined })}
              />
              {year.isError && <div className="quiet">{t.dayPicker.unknown}</div>}
            </Popover.Dropdown>
          </Popover>
        }
      />
      {isDay(value) && chosen?.works !== false && <div className={classes["words"]}>{formatDay(value, language)}</div>}
    </div>
  );
}
