// app.tsx - who may see what: setup, sign-in, first password, then the desk itself.
import { MantineProvider, Modal } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Redirect, Route, Router, Switch, useLocation } from "wouter";
import type { FactorMethod, Session } from "@shared/schemas.ts";
import { client, onSessionEnded, onSessionResumed } from "./api/client.ts";
import { loadSession, useSession } from "./api/queries.ts";
import { Loading } from "./components/loading.tsx";
import { PageBoundary } from "./components/page_boundary.tsx";
import { ProblemAlert } from "./components/problem_alert.tsx";
import { forgetCalendars } from "./features/calendars/kept_calendars.ts";
import { forgetIntake } from "./features/intake/kept_intake.ts";
import { ChangePasswordForm } from "./features/session/change_password_form.tsx";
import { EntrancePage } from "./features/session/entrance_page.tsx";
import { useIdleLock } from "./features/session/idle_lock.ts";
import { LockScreen, UnlockForm } from "./features/session/lock_screen.tsx";
import { ProviderLinks } from "./features/session/provider_links.tsx";
import { SetupForm } from "./features/session/setup_form.tsx";
import { SignInFlow } from "./features/session/sign_in_flow.tsx";
import { LanguageProvider, useLanguage } from "./i18n/language.tsx";
import { pageNonce } from "./nonce.ts";
import { Shell } from "./shell/shell.tsx";
import { ShortcutProvider } from "./shell/shortcuts.tsx";
import { theme } from "./theme.ts";

const InboxPage = lazy(() => import("./features/inbox/inbox_page.tsx"));
const DossierPage = lazy(() => import("./features/dossier/dossier_page.tsx"));
const IntakePage = lazy(() => import("./features/intake/intake_page.tsx"));
const SearchPage = lazy(() => import("./features/search/search_page.tsx"));
const CashierPage = lazy(() => import("./features/cashier/cashier_page.tsx"));
const ReportPage = lazy(() => import("./features/report/report_page.tsx"));
const FollowUpPage = lazy(() => import("./features/follow_up/follow_up_page.tsx"));
const TransportsPage = lazy(() => import("./features/transports/transports_page.tsx"));
const PersonsPage = lazy(() => import("./features/persons/persons_page.tsx"));
const CalendarsPage = lazy(() => import("./features/calendars/calendars_page.tsx"));
const DeliveriesPage = lazy(() => import("./features/deliveries/deliveries_page.tsx"));
const ProceduresPage = lazy(() => import("./features/procedures/procedures_page.tsx"));
const ProcedurePage = lazy(() => import("./features/procedures/procedure_page.tsx"));
const ProposalsPage = lazy(() => import("./features/procedures/proposals_page.tsx"));
const ProposalPage = lazy(() => import("./features/procedures/proposal_page.tsx"));
const CataloguePage = lazy(() => import("./features/procedures/catalogue_page.tsx"));
const EntryPage = lazy(() => import("./features/procedures/entry_page.tsx"));
const ReconciliationPage = lazy(() => import("./features/procedures/reconciliation_page.tsx"));
const OrganisationPage = lazy(() => import("./features/organisation/organisation_page.tsx"));
const AuthorityPage = lazy(() => import("./features/authority/authority_page.tsx"));
const CoveragePage = lazy(() => import("./features/coverage/coverage_page.tsx"));
const SecurityPage = lazy(() => import("./features/security/security_page.tsx"));
const SetUpFactor = lazy(() => import("./features/security/set_up_factor.tsx"));
const OfficersPage = lazy(() => import("./features/officers/officers_page.tsx"));

const queries = new QueryClient({
  // The client repeats by itself what is worth repeating.
  defaultOptions: { queries: { retry: false, staleTime: 5_000 }, mutations: { retry: false } },
});

function Pages() {
  return (
    <PageBoundary>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/inbox"><InboxPage /></Route>
          <Route path="/dossiers/:id">{({ id }) => <DossierPage key={id} id={decodeURIComponent(id)} />}</Route>
          <Route path="/intake"><IntakePage /></Route>
          <Route path="/search"><SearchPage /></Route>
          <Route path="/cashier"><CashierPage /></Route>
          <Route path="/report"><ReportPage /></Route>
          <Route path="/follow-up"><FollowUpPage /></Route>
          <Route path="/transports"><TransportsPage /></Route>
          <Route path="/persons"><PersonsPage /></Route>
          <Route path="/calendars"><CalendarsPage /></Route>
          <Route path="/deliveries"><DeliveriesPage /></Route>
          <Route path="/procedures"><ProceduresPage /></Route>
          <Route path="/procedures/:code">{({ code }) => <ProcedurePage key={code} code={decodeURIComponent(code)} />}</Route>
          <Route path="/proposals"><ProposalsPage /></Route>
          <Route path="/proposals/:id">{({ id }) => <ProposalPage key={id} id={decodeURIComponent(id)} />}</Route>
          <Route path="/catalogue"><CataloguePage /></Route>
          <Route path="/catalogue/:code">{({ code }) => <EntryPage key={code} code={decodeURIComponent(code)} />}</Route>
          <Route path="/reconciliation"><ReconciliationPage /></Route>
          <Route path="/organisation"><OrganisationPage /></Route>
          <Route path="/organisation/:code">{({ code }) => <OrganisationPage code={decodeURIComponent(code)} />}</Route>
          <Route path="/authority"><AuthorityPage /></Route>
          <Route path="/coverage"><CoveragePage /></Route>
          <Route path="/officers"><OfficersPage /></Route>
          <Route path="/security"><SecurityPage /></Route>
          <Route><Redirect to="/inbox" replace /></Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}

function SignedIn({ session }: { session: Session }) {
  const { t } = useLanguage();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const [ended, setEnded] = useState(false);
  // How it can be unlocked; null: it is not locked.
  const [locked, setLocked] = useState<FactorMethod[] | null>(null);
  // The page stays as it is below the dialog, so that nothing typed is lost.
  useEffect(
    () =>
      onSessionEnded((problem) => {
        if (problem.slug === "session-locked") void showLock();
        else setEnded(true);
      }),
    [],
  );
  useEffect(
    () =>
      onSessionResumed(() => {
        setEnded(false);
        setLocked(null);
      }),
    [],
  );

  // What the session says of itself gives the token with which it is unlocked, too.
  const showLock = async () => {
    setLocked((before) => before ?? []);
    const now = await loadSession().catch(() => null);
    if (now?.locked) setLocked(now.second_factor ?? []);
    else if (now && !now.signed_in) {
      setLocked(null);
      setEnded(true);
    }
  };
  const lock = useCallback(() => {
    setLocked((before) => {
      if (before === null) {
        void client
          .post("/api/v1/session/lock")
          .catch(() => undefined)
          .then(showLock);
      }
      return before ?? [];
    });
  }, []);
  useIdleLock(ended ? undefined : session.lock_seconds, lock);

  const signOut = async () => {
    await client.remove("/api/v1/session").catch(() => undefined);
    cache.clear();
    forgetIntake();
    forgetCalendars();
    navigate("/");
    cache.setQueryData(["session"], await loadSession().catch(() => ({ signed_in: false })));
  };
  const signedInAgain = async () => {
    const again = await loadSession();
    if (again.officer?.id !== session.officer?.id) {
      location.reload();
      return;
    }
    cache.setQueryData(["session"], again);
    setEnded(false);
    setLocked(null);
    void cache.invalidateQueries();
  };
  return (
    <>
      <Shell session={session} onSignOut={() => void signOut()} onSecurity={() => navigate("/security")}>
        <Pages />
      </Shell>
      <Modal opened={ended} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t.session.title}>
        <SignInFlow note={t.session.ended} onSignedIn={() => void signedInAgain()} />
      </Modal>
      {locked !== null && !ended && (
        <LockScreen officer={session.officer} methods={locked} onUnlocked={() => void signedInAgain()} onSignOut={() => void signOut()} />
      )}
    </>
  );
}

function Gate() {
  const { t } = useLanguage();
  const session = useSession();
  const [location] = useLocation();
  const [lead, setLead] = useState<string | null>(null);
  const leave = async () => {
    await client.remove("/api/v1/session").catch(() => undefined);
    await session.refetch();
  };

  if (location === "/setup") {
    return (
      <EntrancePage title={t.session.setup.title} demo={session.data?.demo ?? false}>
        <SetupForm onDone={() => setLead(t.session.setup.done)} />
      </EntrancePage>
    );
  }
  if (session.isPending) return <Loading />;
  if (session.isError) {
    return (
      <EntrancePage title={t.session.title} demo={false}>
        <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />
      </EntrancePage>
    );
  }
  if (session.data.locked) {
    return (
      <EntrancePage title={t.lock.title} demo={session.data.demo ?? false}>
        <UnlockForm officer={session.data.officer} methods={session.data.second_factor ?? []} onUnlocked={() => void session.refetch()} onSignOut={() => void leave()} />
      </EntrancePage>
    );
  }
  if (session.data.strength === "pending") {
    return (
      <EntrancePage title={t.factor.title} demo={session.data.demo ?? false}>
        <SignInFlow waiting={session.data} onSignedIn={() => void session.refetch()} />
      </EntrancePage>
    );
  }
  if (!session.data.signed_in) {
    return (
      <EntrancePage title={t.session.title} lead={t.session.lead} demo={session.data.demo ?? false}>
        <SignInFlow note={lead} onSignedIn={() => void session.refetch()} />
        <ProviderLinks session={session.data} />
      </EntrancePage>
    );
  }
  if (session.data.must_change_password) {
    return (
      <EntrancePage title={t.session.change.title} lead={t.session.change.must} demo={session.data.demo ?? false}>
        <ChangePasswordForm onChanged={() => void session.refetch()} />
      </EntrancePage>
    );
  }
  if (session.data.must_set_second_factor) {
    return (
      <EntrancePage title={t.mustSetUp.title} lead={t.mustSetUp.lead} demo={session.data.demo ?? false} wide>
        <Suspense fallback={<Loading />}>
          <SetUpFactor onDone={() => void session.refetch()} />
        </Suspense>
      </EntrancePage>
    );
  }
  return <SignedIn session={session.data} />;
}

export function App() {
  return (
    <MantineProvider theme={theme} forceColorScheme="light" getStyleNonce={pageNonce}>
      <LanguageProvider>
        <ShortcutProvider>
          <QueryClientProvider client={queries}>
            <Notifications position="bottom-left" autoClose={6000} />
            <Router base="/desk">
              <Gate />
            </Router>
          </QueryClientProvider>
        </ShortcutProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
