// decision_dialogs.tsx - a proposal is put in force, or declined with a reason, by its second person.
import { Button, Group, Modal, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { Problem } from "@shared/api/problem.ts";
import { formatDate } from "@shared/format.ts";
import { approveProposal, declineProposal, type Proposal } from "../../api/procedures.ts";
import { todayIn } from "../../components/days.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ForesightNote } from "../coverage/foresight_note.tsx";
import { countText } from "./counting.ts";
import { beginnings } from "./proposed_items.ts";

interface Props {
  proposal: Proposal;
  onDecided: (decided: Proposal) => void;
  onClose: () => void;
}

// One decision, under one key until the server has answered it or it is worded anew.
function useDecision(send: (reason: string, key: string) => Promise<Proposal>, onDecided: (decided: Proposal) => void) {
  const [reason, setReason] = useState("");
  const [key, setKey] = useState(newIntentKey);
  const work = useMutation({
    mutationFn: () => send(reason.trim(), key),
    onSuccess: onDecided,
    onError: (error) => {
      if (error instanceof Problem && !error.passing) setKey(newIntentKey());
    },
  });
  const type = (text: string) => {
    setReason(text);
    setKey(newIntentKey());
  };
  return { reason, type, work };
}

export function ApproveDialog({ proposal, onDecided, onClose }: Props) {
  const { t, language } = useLanguage();
  const words = t.proposals;
  const { reason, type, work } = useDecision((note, key) => approveProposal(proposal.id, note, key), onDecided);
  const items = proposal.items ?? [];
  const count = (value: number) => countText(value, language);
  const ending = items.filter((item) => item.kind === "withdrawal").length;
  return (
    <Modal opened onClose={onClose} title={words.approveTitle} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
      <p>{words.approveLead(count(proposal.count))}</p>
      <ul>
        {beginnings(items, todayIn(Date.now())).map((each) => (
          <li key={each.from ?? ""}>{each.from === null ? words.nowFrom(count(each.count)) : words.laterFrom(count(each.count), formatDate(each.from))}</li>
        ))}
        {ending > 0 && <li>{words.withdrawnFrom(count(ending))}</li>}
      </ul>
      <p>{words.approveKept}</p>
      <ForesightNote changes={[{ kind: "proposal", id: proposal.id }]} />
      <Textarea label={`${words.approveNote} (${t.common.optional})`} maxLength={2000} value={reason} onChange={(event) => type(event.currentTarget.value)} />
      <ProblemAlert error={work.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t.common.cancel}
        </Button>
        <Button loading={work.isPending} onClick={() => work.mutate()}>
          {words.approve}
        </Button>
      </Group>
    </Modal>
  );
}

export function DeclineDialog({ proposal, onDecided, onClose }: Props) {
  const { t } = useLanguage();
  const words = t.proposals;
  const { reason, type, work } = useDecision((text, key) => declineProposal(proposal.id, text, key), onDecided);
  const [missing, setMissing] = useState(false);
  const send = () => {
    const empty = reason.trim() === "";
    setMissing(empty);
    if (!empty) work.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={words.declineTitle} closeButtonProps={{ "aria-label": t.common.close }}>
      <p>{words.declineLead}</p>
      <Textarea label={words.reason} required maxLength={2000} value={reason} error={missing && words.reasonMissing} onChange={(event) => type(event.currentTarget.value)} />
      <ProblemAlert error={work.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t.common.cancel}
        </Button>
        <Button color="red" loading={work.isPending} onClick={send}>
          {words.decline}
        </Button>
      </Group>
    </Modal>
  );
}
