// record_dialog.tsx - one record with its history; revoked or ended early from here.
import { Button, Group, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { formatDateTime } from "@shared/format.ts";
import { revokeAuthority, useAuthority, type AuthorityDetails } from "../../api/authority.ts";
import { useSession } from "../../api/queries.ts";
import { announceDone } from "../../components/announce.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ForesightNote } from "../coverage/foresight_note.tsx";
import { hasPlace } from "../officers/roles.ts";
import { useStepUp } from "../session/step_up.tsx";
import { ActFields } from "./act_fields.tsx";
import { giverOf, periodText, realEnd, receiverOf, rolesText, scopeText } from "./authority_words.ts";
import { changesOfEnding, momentOf, noAct } from "./draft.ts";
import { MomentInput } from "./moment_input.tsx";

function Revoke({ record, onDone }: { record: AuthorityDetails; onDone: () => void }) {
  const { t } = useLanguage();
  const words = t.authority;
  const cache = useQueryClient();
  const me = useSession().data?.officer;
  const [act, setAct] = useState(noAct);
  const [when, setWhen] = useState({ day: "", time: "08:00" });
  const [key, setKey] = useState(newIntentKey);
  const { guarded, dialog } = useStepUp();
  const at = momentOf(when.day, when.time);
  const work = useMutation({
    mutationFn: () => guarded(() => revokeAuthority(record.id, { ...(at === null ? {} : { at }), decision: act }, key)),
    onSuccess: () => {
      announceDone(words.revokeDone);
      void cache.invalidateQueries({ queryKey: ["authority"] });
      onDone();
    },
  });
  const leave = record.kind === "absence";
  const marks = work.error instanceof Problem ? work.error.errors : [];
  const marked = (part: string) => marks.find((one) => one.field === part)?.message ?? null;
  return (
    <section aria-label={leave ? words.endEarly : words.revokeTitle}>
      <p>{words.revokeLead}</p>
      <MomentInput label={words.at} placeholder={words.atNow} problem={marked("at") ?? marked("from")} day={when.day} time={when.time} onChange={(day, time) => { setWhen({ day, time }); setKey(newIntentKey()); }} />
      <ActFields act={act} optional={leave} problem={marked("act") ?? marked("decision")} onChange={(changed) => { setAct(changed); setKey(newIntentKey()); }} />
      {hasPlace(me, "coverage") && <ForesightNote changes={changesOfEnding(record, at)} />}
      <ProblemAlert error={work.error} />
      <Group justify="flex-end" mt="sm">
        <Button color="red" loading={work.isPending} onClick={() => work.mutate()}>
          {leave ? words.endEarly : words.revoke}
        </Button>
      </Group>
      {dialog}
    </section>
  );
}

export function RecordDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, say } = useLanguage();
  const words = t.authority;
  const record = useAuthority(id);
  const [revoking, setRevoking] = useState(false);
  const one = record.data;
  return (
    <Modal opened onClose={onClose} size="lg" title={one ? words.kinds[one.kind] : words.title} closeButtonProps={{ "aria-label": t.common.close }}>
      {record.isPending && <Loading />}
      <ProblemAlert error={record.error} onRetry={() => void record.refetch()} />
      {one && (
        <>
          <dl className="facts">
            <dt>{words.columns.who}</dt>
            <dd>
              <strong>{[giverOf(one, say), receiverOf(one, words, say)].filter((name) => name !== "").join(" → ")}</strong>
            </dd>
            <dt>{words.role}</dt>
            <dd>
              {rolesText(one, say)}
              {one.further && ` (${words.further})`}
            </dd>
            <dt>{words.agency}</dt>
            <dd>{say(one.agency?.name)}</dd>
            <dt>{words.scope}</dt>
            <dd>{scopeText(one, words)}</dd>
            <dt>{words.columns.period}</dt>
            <dd className="figures">
              {periodText(one, words)} {realEnd(one, words) && <span className="quiet">({realEnd(one, words)})</span>}
            </dd>
            {one.act.number !== "" && (
              <>
                <dt>{words.columns.act}</dt>
                <dd>{[one.act.number, one.act.issuer, one.act.title].filter((part) => part !== "").join(", ")}</dd>
              </>
            )}
            {one.reason !== "" && (
              <>
                <dt>{words.reason}</dt>
                <dd>{one.reason}</dd>
              </>
            )}
          </dl>
          {one.rests_on !== null && <p className="quiet">{words.restsOn}</p>}
          {one.resting_on_it.length > 0 && <p>{words.restingOnIt(one.resting_on_it.length)}</p>}
          <h3>{words.history}</h3>
          <ul>
            {one.history.map((each) => (
              <li key={each.at + each.what}>
                <span className="figures">{formatDateTime(each.at)}</span> {each.what === "recorded" ? words.recorded(each.by) : words.revokedBy(each.by)} {each.act.number} {each.reason}
              </li>
            ))}
          </ul>
          {one.may_revoke && !revoking && (
            <Button variant="light" color="red" onClick={() => setRevoking(true)}>
              {one.kind === "absence" ? words.endEarly : words.revoke}
            </Button>
          )}
          {revoking && <Revoke record={one} onDone={onClose} />}
        </>
      )}
    </Modal>
  );
}
