// recovery_codes.tsx - shows new recovery codes once.
import { Button, Group, Modal } from "@mantine/core";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./security.module.css";

export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useLanguage();
  const words = t.security;
  return (
    <Modal opened onClose={onClose} title={words.recoveryTitle} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false} zIndex={400}>
      <p>{words.recoveryOnce}</p>
      <ol className={classes["codes"]} aria-label={words.recoveryTitle}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Group mt="md">
        <Button variant="default" onClick={() => window.print()}>
          {words.print}
        </Button>
        <Button onClick={onClose}>{words.noted}</Button>
      </Group>
    </Modal>
  );
}
