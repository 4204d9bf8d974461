// action_done.tsx - says what was recorded, and has the next dossier one key away.
import { Button, Group } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { CommandResult, Dossier } from "@shared/schemas.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { registry, type OfferedAction } from "./actions/registry.ts";
import actionClasses from "./actions/actions.module.css";
import { openDocument, type DocumentName } from "./documents.ts";

// The paper that goes to the citizen after an action.
const papers: Partial<Record<OfferedAction["name"], DocumentName>> = {
  receive: "slip",
  refuse: "refusal",
  request_supplement: "supplement",
  stop: "stop",
  sign_apology: "apology",
};

interface Props {
  dossier: Dossier;
  action: OfferedAction;
  result: CommandResult;
  next: string | null;
  onNext: () => void;
  onInbox: () => void;
  onClose: () => void;
}

export function ActionDone({ dossier, action, result, next, onNext, onInbox, onClose }: Props) {
  const { t } = useLanguage();
  const moveOn = useRef<HTMLButtonElement>(null);
  const message = useRef<HTMLParagraphElement>(null);
  const movesOn = registry[action.name].movesOn;
  useEffect(() => {
    (moveOn.current ?? message.current)?.focus();
  }, [action.name]);
  const paper = papers[action.name];
  const receipt = action.name === "record_payment" || action.name === "record_refund" ? result.receipt : undefined;
  return (
    <div className={actionClasses["done"]}>
      <Icon name="check" />
      <p ref={message} role="status" tabIndex={-1}>
        <strong>{t.actions.done[action.name]}</strong> {receipt && t.actions.payment.receipt(receipt)}
      </p>
      <Group gap="xs">
        {receipt && (
          <Button size="compact-md" variant="default" leftSection={<Icon name="print" size={15} />} onClick={() => openDocument(dossier.id, `payment-${receipt}`)}>
            {t.fee.printReceipt(receipt)}
          </Button>
        )}
        {paper && (
          <Button size="compact-md" variant="default" leftSection={<Icon name="print" size={15} />} onClick={() => openDocument(dossier.id, paper)}>
            {t.actions.documents[paper]}
          </Button>
        )}
        {movesOn && (
          <Button ref={moveOn} size="compact-md" rightSection={<Icon name="next" size={15} />} onClick={next ? onNext : onInbox}>
            {next ? t.actions.nextDossier : t.dossier.backToInbox}
          </Button>
        )}
        <Button size="compact-md" variant="subtle" onClick={onClose}>
          {movesOn ? t.actions.stay : t.common.close}
        </Button>
      </Group>
    </div>
  );
}
