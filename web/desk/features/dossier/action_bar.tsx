// action_bar.tsx - what this officer may do now; what not, and why, is one click away.
import { Button, Menu } from "@mantine/core";
import type { Dossier } from "@shared/schemas.ts";
import { BasisMark } from "../authority/basis_mark.tsx";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { keyOf, offeredActions, registry, type OfferedAction } from "./actions/registry.ts";
import classes from "./dossier.module.css";
import { availableDocuments, openDocument } from "./documents.ts";

interface Props {
  dossier: Dossier;
  open: string | null;
  onOpen: (action: OfferedAction) => void;
}

export function ActionBar({ dossier, open, onOpen }: Props) {
  const { t, say } = useLanguage();
  const offered = offeredActions(dossier);
  const allowed = offered.filter((action) => action.allowed);
  // What can be done after all through another task needs no excuse.
  const refused = offered.filter(
    (action) => !action.allowed && say(action.reason) !== "" && !allowed.some((other) => other.name === action.name),
  );
  const documents = availableDocuments(dossier);
  const main = allowed.find((action) => registry[action.name].place === "main");
  const inBar = allowed.filter((action) => registry[action.name].place !== "menu");
  const inMenu = allowed.filter((action) => registry[action.name].place === "menu");
  // The same action for two tasks needs the task's name.
  const label = (action: OfferedAction) => {
    const twice = allowed.filter((other) => other.name === action.name).length > 1;
    const task = twice ? dossier.tasks.find((each) => each.id === action.task) : undefined;
    return task ? `${t.actions.names[action.name]}: ${say(task.title)}` : t.actions.names[action.name];
  };
  return (
    <div className={classes["bar"]} role="toolbar" aria-label={t.actions.bar}>
      {main && <BasisMark basis={main.basis} />}
      {inBar.length === 0 && <span className="quiet">{t.actions.nothing}</span>}
      {inBar.map((action) => (
        <Button
          key={keyOf(action)}
          variant={action === main ? "filled" : "default"}
          size="compact-md"
          aria-pressed={open === keyOf(action)}
          onClick={() => onOpen(action)}
        >
          {label(action)}
        </Button>
      ))}
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button size="compact-md" variant="default" rightSection={<Icon name="down" size={13} />}>
            {t.actions.names["print"]}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {documents.map((document) => (
            <Menu.Item key={document} leftSection={<Icon name="print" size={15} />} onClick={() => openDocument(dossier.id, document)}>
              {t.actions.documents[document]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {(inMenu.length > 0 || refused.length > 0) && (
        <Menu position="bottom-end" width={360}>
          <Menu.Target>
            <Button size="compact-md" variant="default" rightSection={<Icon name="down" size={13} />}>
              {t.actions.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {inMenu.map((action) => (
              <Menu.Item key={keyOf(action)} onClick={() => onOpen(action)}>
                {label(action)}
              </Menu.Item>
            ))}
            {refused.length > 0 && <Menu.Label>{t.actions.notNow}</Menu.Label>}
            {refused.map((action) => (
              <Menu.Item key={keyOf(action)} aria-disabled="true" closeMenuOnClick={false} className={classes["refused"] ?? ""}>
                <span>{t.actions.names[action.name]}</span>
                <span className={classes["refusedWhy"]}>{say(action.reason)}</span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
