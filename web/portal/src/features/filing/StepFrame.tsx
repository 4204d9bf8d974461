// StepFrame.tsx - the frame of one screen of a filing: back on top, the title, the form, one button.
import { useState, type ReactNode } from "react";
import { useSearch } from "wouter";
import { fill } from "@shared/language.ts";
import { BackLink } from "../../components/BackLink.tsx";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { useLanguage } from "../../language/language.tsx";
import { useFiling } from "./context.tsx";
import { SaveNote } from "./SaveNote.tsx";
import { pathAfter, pathBefore } from "./tasks.ts";

// Where this screen was come to from: a change out of the review leads straight back there.
export function useWayOn(path: string): { back: string; onward: () => string; changing: boolean } {
  const { tasks, home } = useFiling();
  const changing = new URLSearchParams(useSearch()).get("sua") === "1";
  const review = `${home}/kiem-tra`;
  return changing
    ? { back: review, onward: () => review, changing }
    : { back: pathBefore(tasks, path, home), onward: () => pathAfter(tasks, path), changing };
}

export interface StepFrameProps {
  path: string;
  title: string;
  intro?: string;
  // Above the title: an error summary.
  before?: ReactNode;
  children: ReactNode;
  button?: string;
  onContinue: () => Promise<void> | void;
}

export function StepFrame({ path, title, intro, before, children, button, onContinue }: StepFrameProps) {
  const { strings } = useLanguage();
  const { session, tasks } = useFiling();
  const { back } = useWayOn(path);
  const [busy, setBusy] = useState(false);
  const steps = tasks.filter((task) => task.kind !== "review");
  const number = steps.findIndex((task) => task.path === path) + 1;
  const caption = number > 0 ? fill(strings.filing.pageOf, { number, total: steps.length }) : undefined;
  return (
    <>
      <BackLink href={back} />
      {before}
      <PageTitle caption={caption}>{title}</PageTitle>
      {session.unchecked && (
        <Notice kind="info">
          <p>{strings.filing.uncheckedOffline}</p>
        </Notice>
      )}
      {intro && <p className="lead">{intro}</p>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (busy) return;
          setBusy(true);
          void Promise.resolve(onContinue()).finally(() => setBusy(false));
        }}
      >
        {children}
        <div className="step-foot">
          <button type="submit" className="button" aria-disabled={busy}>
            {button ?? strings.shell.continue}
          </button>
          <SaveNote />
        </div>
      </form>
    </>
  );
}
