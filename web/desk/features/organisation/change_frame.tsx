// change_frame.tsx - a change of the organisation: said, looked at, registered as it was looked at.
import { Button, Group, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { register, type Looked } from "../../api/organisation.ts";
import { announceDone } from "../../components/announce.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useStepUp } from "../session/step_up.tsx";
import { PreviewTable } from "./preview_table.tsx";

interface Props {
  title: string;
  lead: string;
  // Everything that was said, as text: another word, another look.
  said: string;
  // What is still missing before it can be looked at; null: nothing.
  missing: string | null;
  look: () => Promise<Looked>;
  reason: string;
  onClose: () => void;
  children: ReactNode;
}

export function ChangeFrame({ title, lead, said, missing, look, reason, onClose, children }: Props) {
  const { t } = useLanguage();
  const words = t.organisation;
  const cache = useQueryClient();
  const key = useMemo(newIntentKey, [said]);
  const plan = useMutation({ mutationFn: async () => ({ said, ...(await look()) }) });
  const looked = plan.data?.said === said ? plan.data : null;
  const { guarded, dialog } = useStepUp();
  const apply = useMutation({
    mutationFn: () => guarded(() => register(looked?.batch, looked?.preview.digest ?? "", reason, key)),
    onSuccess: () => {
      announceDone(words.registered);
      void cache.invalidateQueries({ queryKey: ["organisation"] });
      onClose();
    },
  });
  const refused = (looked?.preview.counts.refused ?? 0) > 0;
  const hint = missing ?? (looked === null ? words.lookFirst : null);
  return (
    <Modal opened onClose={onClose} title={title} size="xl" closeOnClickOutside={false} closeButtonProps={{ "aria-label": t.common.close }}>
      <p>{lead}</p>
      {children}
      <ProblemAlert error={plan.error ?? apply.error} />
      {looked && <PreviewTable preview={looked.preview} />}
      <Group mt="md" justify="flex-end">
        {hint !== null && <span className="quiet" role="status">{hint}</span>}
        <Button variant="default" onClick={onClose}>{t.common.cancel}</Button>
        <Button variant="default" disabled={missing !== null} loading={plan.isPending} onClick={() => plan.mutate()}>{words.look}</Button>
        <Button disabled={looked === null || refused} loading={apply.isPending} onClick={() => apply.mutate()}>{words.register}</Button>
      </Group>
      {dialog}
    </Modal>
  );
}
