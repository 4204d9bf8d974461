// discrepancy_dialog.tsx - a parcel is taken over and something is not in it: what, and what is known.
import { Alert, Button, Checkbox, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { takeOver, type Outcome, type TransportItem } from "../../api/transports.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";

interface Props {
  item: TransportItem;
  onDone: (outcomes: Outcome[]) => void;
  onClose: () => void;
}

export function DiscrepancyDialog({ item, onDone, onClose }: Props) {
  const { t } = useLanguage();
  const words = t.transports;
  const [missing, setMissing] = useState<string[]>([]);
  const [story, setStory] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [key, setKey] = useState(newIntentKey);
  const work = useMutation({
    mutationFn: () => takeOver({ items: [{ dossier: item.dossier.id, transport: item.transport.number, missing, note: story.trim() }] }, key),
    onSuccess: (answer) => onDone(answer.items),
  });
  const send = () => {
    const told = missing.length === 0 ? words.missingNone : story.trim() === "" ? words.storyMissing : null;
    setProblem(told);
    if (!told) work.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={words.discrepancyTitle} closeButtonProps={{ "aria-label": t.common.close }}>
      <p className="quiet figures">{item.dossier.code}</p>
      <p>{words.discrepancyLead}</p>
      <Checkbox.Group
        label={words.missing}
        value={missing}
        onChange={(value) => {
          setMissing(value);
          setKey(newIntentKey());
        }}
      >
        <Stack gap={6} my={6}>
          {item.transport.pieces.map((piece) => (
            <Checkbox key={piece.component} value={piece.component} label={words.piece(piece.name, piece.count)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Textarea
        label={words.story}
        required
        maxLength={1000}
        value={story}
        onChange={(event) => {
          setStory(event.currentTarget.value);
          setKey(newIntentKey());
        }}
      />
      {problem && (
        <Alert role="alert" color="red" mt="sm">
          {problem}
        </Alert>
      )}
      <ProblemAlert error={work.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t.common.cancel}
        </Button>
        <Button loading={work.isPending} onClick={send}>
          {words.save}
        </Button>
      </Group>
    </Modal>
  );
}
