// sessions_card.tsx - where one is signed in, and ending what is not one's own.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OwnSession } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { announceDone } from "../../components/announce.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useMoment } from "./day_text.ts";
import classes from "./security.module.css";

export function SessionsCard() {
  const { t } = useLanguage();
  const words = t.security;
  const moment = useMoment();
  const cache = useQueryClient();
  const sessions = useQuery({ queryKey: ["own-sessions"], queryFn: () => client.get<{ items: OwnSession[] }>("/api/v1/sessions") });
  const refresh = () => void cache.invalidateQueries({ queryKey: ["own-sessions"] });
  const end = useMutation({ mutationFn: (id: string) => client.remove("/api/v1/sessions/{id}", { path: { id } }), onSettled: refresh });
  const endOthers = useMutation({
    mutationFn: () => client.remove("/api/v1/sessions"),
    onSuccess: () => announceDone(words.endedOthers),
    onSettled: refresh,
  });
  const items = sessions.data?.items ?? [];
  return (
    <section className={classes["card"]} aria-labelledby="sessions-heading">
      <h2 id="sessions-heading">{words.sessions}</h2>
      <p className="quiet">{words.sessionsWhat}</p>
      {sessions.isPending && <Loading />}
      <ProblemAlert error={sessions.error ?? end.error ?? endOthers.error} />
      <ul className={classes["list"]}>
        {items.map((one) => (
          <li key={one.id}>
            <div>
              <strong>{one.device || words.unknownDevice}</strong>{" "}
              {one.current && <span>({words.thisSession})</span>}
              <div className="quiet">
                {words.address}: {one.address} · {words.since} {moment(one.since)} · {words.seen}: {moment(one.seen_at)}
              </div>
            </div>
            {!one.current && (
              <Button size="compact-sm" variant="default" aria-label={words.endOf(one.device || words.unknownDevice)} onClick={() => end.mutate(one.id)}>
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {items.length > 1 && (
        <Button variant="light" color="red" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {words.endOthers}
        </Button>
      )}
    </section>
  );
}
