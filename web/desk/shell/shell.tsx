// shell.tsx - what stands around every page: who I am, where I can go, what the data are.
import { ActionIcon, AppShell, Badge, Menu, SegmentedControl, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import type { Language } from "@shared/language.ts";
import type { Session } from "@shared/schemas.ts";
import { useSetAside } from "../api/deliveries.ts";
import { Icon, type IconName } from "../components/icon.tsx";
import { CoverageBanner } from "../features/coverage/coverage_banner.tsx";
import { hasPlace, type Place } from "../features/officers/roles.ts";
import { useLanguage } from "../i18n/language.tsx";
import { HelpDialog } from "./help_dialog.tsx";
import classes from "./shell.module.css";
import { useShortcuts } from "./shortcuts.tsx";

interface Props {
  session: Session;
  onSignOut: () => void;
  onSecurity: () => void;
  children: ReactNode;
}

export function Shell({ session, onSignOut, onSecurity, children }: Props) {
  const { t, say, language, setLanguage } = useLanguage();
  const [location, navigate] = useLocation();
  const [menuOpened, menu] = useDisclosure(false);
  const [helpOpened, setHelpOpened] = useState(false);
  const main = useRef<HTMLElement>(null);
  const officer = session.officer;

  useShortcuts({
    "/": () => navigate("/search"),
    n: hasPlace(officer, "intake") ? () => navigate("/intake") : undefined,
    "?": () => setHelpOpened(true),
  }, true);

  // A new page begins at its top, and screen readers hear of it.
  const section = location.split("/")[1] ?? "";
  const first = useRef(true);
  useEffect(() => {
    menu.close();
    if (first.current) first.current = false;
    else {
      window.scrollTo(0, 0);
      if (document.activeElement === document.body || !main.current?.contains(document.activeElement)) main.current?.focus();
    }
  }, [section]);

  const icons: [Place, IconName][] = [
    ["inbox", "inbox"],
    ["intake", "intake"],
    ["search", "search"],
    ["cashier", "cashier"],
    ["report", "report"],
    ["follow-up", "book"],
    ["transports", "compare"],
    ["persons", "officers"],
    ["calendars", "calendar"],
    ["deliveries", "send"],
    ["procedures", "law"],
    ["proposals", "publish"],
    ["catalogue", "list"],
    ["reconciliation", "compare"],
    ["organisation", "tree"],
    ["authority", "pen"],
    ["coverage", "check"],
    ["officers", "officers"],
  ];
  const aside = useSetAside(hasPlace(officer, "deliveries")).data ?? 0;
  const places = icons
    .filter(([place]) => hasPlace(officer, place))
    .map(([place, icon]) => ({ path: `/${place}`, label: t.shell[place], icon }));
  const isHere = (path: string) => location.startsWith(path) || (path === "/inbox" && (location === "/" || location.startsWith("/dossiers")));

  const agency = say(officer?.agency_name) || t.shell.noAgency;
  return (
    <AppShell
      header={{ height: session.demo ? 82 : 50 }}
      navbar={{ width: 176, breakpoint: "md", collapsed: { mobile: !menuOpened } }}
      padding={0}
      transitionDuration={0}
    >
      <AppShell.Header className="no-print">
        <a className="skip-link" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>
          {t.shell.skip}
        </a>
        {session.demo && (
          <div className={classes["demo"]} role="note">
            <Icon name="warning" size={15} /> <span>{t.shell.demo}</span>
          </div>
        )}
        <div className={classes["top"]}>
          <ActionIcon variant="subtle" color="dark" size={36} hiddenFrom="md" onClick={menu.toggle} aria-label={t.shell.menu} aria-expanded={menuOpened}>
            <Icon name="menu" />
          </ActionIcon>
          <Link href="/inbox" className={classes["brand"] ?? ""}>
            <span className={classes["door"]} aria-hidden="true">
              <svg viewBox="0 0 32 32" width="24" height="24" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
                <path d="M10 26V8h12v18M6 26h20M18.500 17.500v.500" />
              </svg>
            </span>
            {t.product}
          </Link>
          <span className={classes["agency"]} title={agency}>{agency}</span>
          <SegmentedControl
            size="xs"
            value={language}
            onChange={(value) => setLanguage(value as Language)}
            aria-label={t.shell.language}
            transitionDuration={0}
            data={[
              { value: "vi", label: "VI" },
              { value: "en", label: "EN" },
            ]}
          />
          <ActionIcon variant="subtle" color="dark" size={36} onClick={() => setHelpOpened(true)} aria-label={t.shell.shortcuts} visibleFrom="xs">
            <Icon name="keyboard" />
          </ActionIcon>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <UnstyledButton className={classes["person"] ?? ""}>
                <span className={classes["initial"]} data-initial={(officer?.name ?? "?").trim().split(" ").pop()?.charAt(0)} aria-hidden="true" />
                <span className="sr-only">{t.shell.account}: </span>
                <span className={classes["name"]}>{officer?.name}</span>
                <Icon name="down" size={14} />
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{officer?.title || officer?.username}<br />{agency}</Menu.Label>
              <Menu.Item onClick={() => setHelpOpened(true)}>{t.shell.shortcuts}</Menu.Item>
              <Menu.Item onClick={onSecurity}>{t.shell.changePassword}</Menu.Item>
              <Menu.Item onClick={onSignOut}>{t.shell.signOut}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </AppShell.Header>
      <AppShell.Navbar className={`no-print ${classes["navbar"] ?? ""}`} aria-label={t.shell.navigation}>
        {places.map(({ path, label, icon }) => (
          <Link key={path} href={path} className={classes["place"] ?? ""} aria-current={isHere(path) ? "page" : undefined} onClick={menu.close}>
            <Icon name={icon} />
            {label}
            {path === "/deliveries" && aside > 0 && (
              <Badge size="sm" circle={aside < 10} color="red" aria-label={t.deliveries.setAsideMark(String(aside))}>
                {aside}
              </Badge>
            )}
          </Link>
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1}>
        <CoverageBanner officer={officer} />
        {children}
      </AppShell.Main>
      <HelpDialog opened={helpOpened} onClose={() => setHelpOpened(false)} />
    </AppShell>
  );
}
