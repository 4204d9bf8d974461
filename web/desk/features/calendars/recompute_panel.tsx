// recompute_panel.tsx - the second, separate step: due dates follow the saved calendar, when told to.
import { Alert, Button, Group, Progress, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { previewCalendar, type Grounds } from "../../api/calendars.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";
import { countText, PreviewResult } from "./preview_result.tsx";
import { Recomputation, type RecomputeState } from "./recompute.ts";

interface Props {
  office: string;
  // Of the calendar that was saved: the usual reason for what follows.
  grounds: Grounds;
  // The first due date has moved.
  onMoved: () => void;
}

const shortest = 5;

export function RecomputePanel({ office, grounds, onMoved }: Props) {
  const { t, say, language } = useLanguage();
  const words = t.calendars.recompute;
  const cache = useQueryClient();
  const [typed, setTyped] = useState(grounds);
  const [sure, setSure] = useState(false);
  const [missing, setMissing] = useState(false);
  const [state, setState] = useState<RecomputeState | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const work = useRef<Recomputation | null>(null);
  useEffect(() => setTyped(grounds), [grounds.reason, grounds.act]);
  const look = useMutation({ mutationFn: () => previewCalendar(office, null) });
  const count = (value: number) => countText(value, language);
  const running = state?.phase === "running";

  // Leaving stops nothing that is done, but the rest would wait.
  useEffect(() => {
    if (!running) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [running]);
  useEffect(() => () => work.current?.stop(), []);

  const goOn = async () => {
    setProblem(null);
    onMoved();
    try {
      await work.current?.run();
    } catch (thrown) {
      setProblem(thrown);
    }
    void cache.invalidateQueries({ queryKey: ["inbox"] });
    void cache.invalidateQueries({ queryKey: ["dossier"] });
  };
  const start = () => {
    const told = { reason: typed.reason.trim(), act: typed.act.trim() };
    const incomplete = told.reason.length < shortest || told.act === "";
    setMissing(incomplete);
    if (incomplete) return;
    setSure(false);
    work.current = new Recomputation(office, told, look.data?.moved ?? 0, setState);
    void goOn();
  };
  const preview = look.data;
  const all = state ? state.moved + state.remaining : 0;
  return (
    <section className={classes["save"]} aria-labelledby="recompute-title">
      <h2 id="recompute-title">{words.title}</h2>
      <p>{words.lead}</p>
      {!state && (
        <Group>
          <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
            {words.look}
          </Button>
        </Group>
      )}
      <ProblemAlert error={look.error} onRetry={() => look.mutate()} />
      {!state && preview && <PreviewResult preview={preview} />}
      {!state && preview && preview.moved > 0 && (
        <>
          <div className={classes["grounds"]}>
            <TextInput className={classes["grow"] ?? ""} label={t.common.reason} value={typed.reason} maxLength={1000} onChange={(event) => setTyped({ ...typed, reason: event.currentTarget.value })} />
            <TextInput className={classes["grow"] ?? ""} label={t.calendars.save.act} value={typed.act} maxLength={300} onChange={(event) => setTyped({ ...typed, act: event.currentTarget.value })} />
          </div>
          {missing && (
            <Alert role="alert" color="red">
              {words.needReason}
            </Alert>
          )}
          {!sure && (
            <Group>
              <Button color="red" variant="light" onClick={() => setSure(true)}>
                {words.start(count(preview.moved))}
              </Button>
            </Group>
          )}
          {sure && (
            <Alert color="red" role="alert">
              <p>{words.sure(count(preview.moved))}</p>
              <Group gap="xs">
                <Button color="red" onClick={start} data-autofocus>
                  {words.confirm}
                </Button>
                <Button variant="default" onClick={() => setSure(false)}>
                  {t.common.cancel}
                </Button>
              </Group>
            </Alert>
          )}
        </>
      )}
      {state && (
        <div className={classes["running"]}>
          <Progress value={all === 0 ? 100 : (state.moved / all) * 100} size="lg" transitionDuration={0} aria-label={words.title} />
          <p role="status">
            {state.phase === "running" && words.progress(count(state.moved), count(all))}
            {state.phase === "stopped" && `${words.progress(count(state.moved), count(all))} ${words.stopped(count(state.remaining))}`}
            {state.phase === "done" && <strong>{words.done(count(state.moved))}</strong>}
          </p>
          <ProblemAlert error={problem} />
          {state.failed.length > 0 && (
            <Alert color="orange" title={words.failed(state.failed.length)}>
              <ul className={classes["plain"]}>
                {state.failed.map((each) => (
                  <li key={each.code}>
                    <span className="figures">{each.code}</span>: {say(each.reason)}
                  </li>
                ))}
              </ul>
            </Alert>
          )}
          <Group gap="xs">
            {state.phase === "running" && (
              <Button variant="default" onClick={() => work.current?.stop()}>
                {words.stop}
              </Button>
            )}
            {state.phase === "stopped" && <Button onClick={() => void goOn()}>{words.goOn}</Button>}
            {state.phase === "done" && (
              <Button variant="default" onClick={() => { setState(null); look.reset(); }}>
                {t.common.close}
              </Button>
            )}
          </Group>
        </div>
      )}
    </section>
  );
}
