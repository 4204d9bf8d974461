// DueBox.tsx - until when, how much is left, what holds the clock, and why it is this date.
import { formatDate, formatDay, formatDue, formatWorkingMinutes, relativeDue } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import type { Tracking } from "@shared/schemas.ts";
import { useLanguage } from "../../language/language.tsx";
import { Derivation } from "./Derivation.tsx";

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Paused({ tracking }: { tracking: Tracking }) {
  const { language, strings, say } = useLanguage();
  const words = strings.tracking;
  const pause = tracking.clock.paused_for;
  const causes: Record<string, string> = words.pauseCauses;
  return (
    <>
      <p>
        <span aria-hidden="true">❚❚ </span>
        {!pause || pause.cause === "supplement" ? words.paused : fill(words.pausedFor, { cause: causes[pause.cause] ?? say(pause.label) })}
      </p>
      {pause && pause.cause !== "supplement" && (
        <p className="soft">
          {fill(words.pausedSince, { date: formatDate(pause.since) })}
          {pause.expected_until && ` ${fill(words.pausedUntil, { date: formatDay(pause.expected_until, language) })}`}
          {pause.basis && ` ${fill(words.basis, { act: pause.basis })}`}
          {pause.note && ` ${pause.note}`}
        </p>
      )}
    </>
  );
}

export function DueBox({ tracking, now }: { tracking: Tracking; now: string }) {
  const { language, strings, say } = useLanguage();
  const words = strings.tracking;
  const { clock, apology } = tracking;
  const legal = tracking.due_at ?? tracking.expected_due_at;
  if (!legal || tracking.finished_at) return null;
  const state = clock?.due_state ?? "none";
  const paused = clock?.state === "paused";
  const late = state === "overdue";
  // After a late apology the person waits for the date that was named, not for the one that has passed.
  const appointed = clock?.appointed_at && clock.appointed_at !== legal && Date.parse(clock.appointed_at) > Date.parse(now) ? clock.appointed_at : null;
  const due = appointed ?? legal;
  // While the clock stands nobody knows the day.
  const stands = paused && !tracking.due_at;
  const silence = clock?.silence;
  return (
    <section className={`due due-${paused ? "paused" : state}`} aria-labelledby="due-title">
      <h2 id="due-title">{stands ? words.due : appointed || apology ? words.dueNew : tracking.due_at ? words.due : words.expectedDue}</h2>
      <p className="due-value">{stands ? words.dueStands : formatDue(due, language)}</p>
      {paused ? (
        <Paused tracking={tracking} />
      ) : late ? (
        <p className="due-late">
          <strong>
            <span aria-hidden="true">! </span>
            {capitalised(relativeDue(legal, now, language))}.
          </strong>{" "}
          {apology ? fill(words.overdueApologised, { date: formatDay(legal, language) }) : words.overdue}
        </p>
      ) : (
        clock?.state === "running" &&
        typeof clock.remaining_minutes === "number" && (
          <p>
            {fill(words.remaining, { time: formatWorkingMinutes(clock.remaining_minutes, language) })} ({relativeDue(due, now, language)})
          </p>
        )
      )}
      {silence?.at && (
        <p>
          {fill(silence.waiting ? words.silenceWaits : words.silenceTook, { date: formatDue(silence.at, language) })} {say(silence.text)}
          {silence.basis && <span className="soft"> {fill(words.basis, { act: silence.basis })}</span>}
        </p>
      )}
      {(clock?.explanation ?? []).length > 0 && (
        <details className="details">
          <summary>{stands ? words.whyCount : words.why}</summary>
          <Derivation clock={clock} />
        </details>
      )}
    </section>
  );
}
