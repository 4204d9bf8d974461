// conflict_dialog.tsx - somebody else was faster: says what changed and keeps what was typed.
import { Alert, Button, Group, List, Modal, Table } from "@mantine/core";
import type { Dossier } from "@shared/schemas.ts";
import { actionNamed, type ActionName } from "../../../api/commands.ts";
import { useLanguage } from "../../../i18n/language.tsx";
import { conflictBetween } from "./conflict.ts";

interface Props {
  before: Dossier;
  after: Dossier;
  action: ActionName;
  onGo: () => void;
}

export function ConflictDialog({ before, after, action, onGo }: Props) {
  const { t, say, language } = useLanguage();
  const { changes, happened } = conflictBetween(before, after, t, language);
  const offered = after.actions.filter((each) => actionNamed(each.action) === action);
  const still = offered.some((each) => each.allowed);
  return (
    <Modal opened onClose={onGo} title={t.actions.conflict.title} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
      <p>{t.actions.conflict.lead}</p>
      {changes.length === 0 && happened.length === 0 && <p>{t.actions.conflict.nothing}</p>}
      {changes.length > 0 && (
        <Table withTableBorder mb="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              <Table.Th scope="col">{t.dossier.before}</Table.Th>
              <Table.Th scope="col">{t.dossier.after}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map((change) => (
              <Table.Tr key={change.label}>
                <Table.Th scope="row">{change.label}</Table.Th>
                <Table.Td>{change.before}</Table.Td>
                <Table.Td>
                  <strong>{change.after}</strong>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {happened.length > 0 && (
        <List size="sm" mb="sm">
          {happened.map((entry) => (
            <List.Item key={entry}>{entry}</List.Item>
          ))}
        </List>
      )}
      {!still && (
        <Alert color="red" mb="sm">
          {t.actions.conflict.notAllowed} {t.actions.names[action]}. {say(offered[0]?.reason)}
        </Alert>
      )}
      <p>{t.actions.conflict.kept}</p>
      <Group justify="flex-end">
        <Button onClick={onGo} data-autofocus>
          {t.actions.conflict.go}
        </Button>
      </Group>
    </Modal>
  );
}
