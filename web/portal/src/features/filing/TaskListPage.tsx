// TaskListPage.tsx - all parts of the filing and how far each is; the start of each visit.
import { useEffect } from "react";
import { Link } from "wouter";
import { formatDate } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import { BackLink } from "../../components/BackLink.tsx";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { useLanguage } from "../../language/language.tsx";
import type { Strings } from "../../language/vi.ts";
import { useFiling } from "./context.tsx";
import { isReplaced } from "./session.ts";
import type { Task, TaskStatus } from "./tasks.ts";

const statusNames: Record<TaskStatus, keyof Strings["filing"]> = {
  not_started: "statusNotStarted",
  in_progress: "statusInProgress",
  done: "statusDone",
  cannot_start: "statusCannotStart",
  optional: "statusOptional",
};

function useTaskName(): (task: Task) => string {
  const { strings, say } = useLanguage();
  return (task) => {
    switch (task.kind) {
      case "agency":
        return strings.filing.agencyTask;
      case "page":
        return say(task.page.title);
      case "paper":
        return say(task.component.name);
      case "contact":
        return strings.filing.contactTitle;
      case "review":
        return strings.filing.reviewTitle;
    }
  };
}

function TaskItem({ task }: { task: Task }) {
  const { strings } = useLanguage();
  const name = useTaskName()(task);
  const statusId = `status-${task.path.replace(/\W/g, "-")}`;
  const files = task.kind === "paper" && task.files > 0 ? ` (${fill(strings.filing.paperFiles, { count: task.files })})` : "";
  return (
    <li className="task">
      <span className="task-name">
        {task.status === "cannot_start" ? (
          name
        ) : (
          <Link href={task.path} aria-describedby={statusId}>
            {name}
          </Link>
        )}
      </span>
      <span id={statusId} className={`task-status task-status-${task.status}`}>
        {strings.filing[statusNames[task.status]] as string}
        {files}
      </span>
    </li>
  );
}

export function TaskListPage() {
  const { strings, say } = useLanguage();
  const { session, tasks, agencies } = useFiling();
  const words = strings.filing;
  const { draft } = session;

  // Ask once what everything leads to, so that the statuses are true.
  useEffect(() => {
    if (!draft.submission) void session.save(undefined, 0).catch(() => {});
  }, []);

  const counted = tasks.filter((task) => task.kind !== "review" && task.status !== "optional");
  const done = counted.filter((task) => task.status === "done").length;
  const next = tasks.find((task) => task.status === "not_started" || task.status === "in_progress");
  const sections: [string, Task[]][] = [
    [words.sectionAgency, tasks.filter((task) => task.kind === "agency")],
    [words.sectionForm, tasks.filter((task) => task.kind === "page")],
    [words.sectionPapers, tasks.filter((task) => task.kind === "paper")],
    [words.sectionFinish, tasks.filter((task) => task.kind === "contact" || task.kind === "review")],
  ];
  const names = (components: typeof session.components) => components.map((component) => say(component.name)).join("; ");
  const replaced = session.components.filter(isReplaced);
  const shown = session.components.filter((component) => component.kind === "show" && !isReplaced(component));
  return (
    <>
      <BackLink href={`/thu-tuc/${draft.procedure}`} />
      <PageTitle caption={say(draft.procedureName)}>{words.listTitle}</PageTitle>
      <p className="lead">{words.listLead}</p>
      {draft.submission && (
        <Notice kind="warning" title={words.pendingTitle}>
          <p>{words.pendingText}</p>
          <Link href={`/nop/${draft.id}/kiem-tra`} className="button">
            {words.resubmit}
          </Link>
        </Notice>
      )}
      {agencies?.length === 0 && (
        <Notice kind="warning">
          <p>{words.agencyNone}</p>
        </Notice>
      )}
      <p>
        <strong>{fill(words.progress, { done, total: counted.length })}</strong>
      </p>
      <progress className="progress" value={done} max={counted.length} aria-label={fill(words.progress, { done, total: counted.length })} />
      {sections
        .filter(([, items]) => items.length > 0)
        .map(([title, items]) => (
          <section key={title}>
            <h2 className="task-section">{title}</h2>
            <ul className="task-list">
              {items.map((task) => (
                <TaskItem key={task.path} task={task} />
              ))}
            </ul>
            {items[0]?.kind === "paper" && replaced.length > 0 && <p className="soft">{fill(words.paperReplaced, { names: names(replaced) })}</p>}
            {items[0]?.kind === "paper" && shown.length > 0 && <p className="soft">{fill(words.paperShow, { names: names(shown) })}</p>}
          </section>
        ))}
      {next && (
        <p>
          <Link href={next.path} className="button">
            {words.nextTask}
          </Link>
        </p>
      )}
      {draft.expiresAt && <p className="soft">{fill(words.expires, { date: formatDate(draft.expiresAt) })}</p>}
    </>
  );
}
