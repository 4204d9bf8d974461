// help_dialog.tsx - the list of shortcuts and the switch that turns them off.
import { Modal, Switch, Table } from "@mantine/core";
import { useLanguage } from "../i18n/language.tsx";
import { useShortcutSetting } from "./shortcuts.tsx";

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const { enabled, setEnabled } = useShortcutSetting();
  return (
    <Modal opened={opened} onClose={onClose} title={t.shortcuts.title} closeButtonProps={{ "aria-label": t.common.close }}>
      <Switch
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
        label={t.shortcuts.enable}
        description={t.shortcuts.enableHint}
        mb="md"
      />
      <Table verticalSpacing={5}>
        <Table.Tbody>
          {t.shortcuts.list.map(([key, meaning]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" w={110}>
                <kbd className="key">{key}</kbd>
              </Table.Th>
              <Table.Td>{meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
