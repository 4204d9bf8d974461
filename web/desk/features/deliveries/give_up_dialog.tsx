// give_up_dialog.tsx - a delivery is given up with a reason, which is journalled.
import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { giveUp, type Delivery } from "../../api/deliveries.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";

interface Props {
  delivery: Delivery;
  onDone: (changed: number) => void;
  onClose: () => void;
}

export function GiveUpDialog({ delivery, onDone, onClose }: Props) {
  const { t } = useLanguage();
  const words = t.deliveries;
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  // Of this reason: typed anew it is another intent.
  const [key, setKey] = useState(newIntentKey);
  const work = useMutation({
    mutationFn: () => giveUp([delivery.id], reason.trim(), key),
    onSuccess: (answer) => onDone(answer.changed),
  });
  const send = () => {
    const empty = reason.trim() === "";
    setMissing(empty);
    if (!empty) work.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={words.giveUpTitle} closeButtonProps={{ "aria-label": t.common.close }}>
      <p className="quiet">
        {delivery.code} {delivery.to}
      </p>
      <p>{words.giveUpLead}</p>
      <TextInput
        label={words.reason}
        required
        maxLength={300}
        value={reason}
        error={missing && words.reasonMissing}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setKey(newIntentKey());
        }}
      />
      <ProblemAlert error={work.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t.common.cancel}
        </Button>
        <Button color="red" loading={work.isPending} onClick={send}>
          {words.giveUp}
        </Button>
      </Group>
    </Modal>
  );
}
