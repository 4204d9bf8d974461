// initial_password.tsx - shows a new password once, to be handed over in person.
import { Button, Code, CopyButton, Group, Modal } from "@mantine/core";
import { useLanguage } from "../../i18n/language.tsx";

export interface NewPassword {
  name: string;
  username: string;
  password: string;
}

export function InitialPassword({ password, onClose }: { password: NewPassword; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Modal opened onClose={onClose} title={t.officers.passwordTitle} closeOnClickOutside={false} closeButtonProps={{ "aria-label": t.common.close }}>
      <p>
        <strong>{password.name}</strong> ({password.username})
      </p>
      <Group>
        <Code fz="lg" p="xs" aria-label={t.officers.passwordTitle}>
          {password.password}
        </Code>
        <CopyButton value={password.password}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t.officers.copied : t.officers.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
      <p>{t.officers.passwordOnce}</p>
      <Button onClick={onClose}>{t.officers.noted}</Button>
    </Modal>
  );
}
