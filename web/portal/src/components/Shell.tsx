// Shell.tsx - header, notices about the connection, main part and footer.
import { useEffect, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { getSession } from "../api.ts";
import { isKept } from "../device/storage.ts";
import { useLanguage } from "../language/language.tsx";
import { useReachable } from "../reachability.ts";
import { setSession, useSession } from "../session.ts";

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" fill="#8f1a1d" />
      <path d="M9 26V13a7 7 0 0 1 14 0v13" fill="none" stroke="#f2c14e" strokeWidth="3" />
      <circle cx="19" cy="19" r="1.6" fill="#f2c14e" />
    </svg>
  );
}

// Demonstration data must be told apart from real dossiers on every screen.
function DemoNotice() {
  const { strings } = useLanguage();
  return useSession()?.demo === true ? <p className="demo">{strings.shell.demo}</p> : null;
}

// Signing in where one may, one's own dossiers where one has.
function AccountLink({ place }: { place: string }) {
  const { strings } = useLanguage();
  const session = useSession();
  useEffect(() => {
    getSession().then(setSession, () => {});
  }, []);
  if (!session?.citizen && !session?.providers?.citizens.length) return null;
  const [href, name] = session.citizen ? ["/ho-so-cua-toi", strings.shell.mine] : ["/dang-nhap", strings.shell.signIn];
  return (
    <Link href={href} aria-current={place === href ? "page" : undefined}>
      {name}
    </Link>
  );
}

function ConnectionNotice() {
  const { strings } = useLanguage();
  const reachable = useReachable();
  const [wasAway, setWasAway] = useState(false);
  useEffect(() => {
    if (!reachable) {
      setWasAway(true);
      return undefined;
    }
    const timer = setTimeout(() => setWasAway(false), 4000);
    return () => clearTimeout(timer);
  }, [reachable]);
  return (
    <div role="status" className="connection">
      {!reachable && <p className="connection-away">{strings.shell.offline}</p>}
      {reachable && wasAway && <p className="connection-back">{strings.shell.backOnline}</p>}
    </div>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const { language, strings, change } = useLanguage();
  const [place] = useLocation();
  const other = language === "vi" ? "en" : "vi";
  return (
    <>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          // The address belongs to the router.
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {strings.shell.skip}
      </a>
      <header className="page-header">
        <div className="page-header-row">
          <Link href="/" className="brand">
            <Mark />
            <span>
              <span className="brand-name">{strings.shell.product}</span>
              <span className="brand-line">{strings.shell.tagline}</span>
            </span>
          </Link>
          <nav aria-label={strings.shell.mainMenu} className="page-menu">
            <Link href="/theo-doi" aria-current={place === "/theo-doi" ? "page" : undefined}>
              {strings.shell.track}
            </Link>
            <AccountLink place={place} />
            <button type="button" className="language-switch" lang={other} onClick={() => change(other)}>
              {strings.shell.otherLanguage}
            </button>
          </nav>
        </div>
        <DemoNotice />
      </header>
      <ConnectionNotice />
      <main id="main" className="page-main" tabIndex={-1}>
        {children}
      </main>
      <footer className="page-footer">
        <div className="page-footer-row">
          {!isKept() && <p>{strings.shell.storageOff}</p>}
          <p>{strings.shell.footerHelp}</p>
          <p className="page-footer-links">
            <Link href="/verify">{strings.shell.footerVerify}</Link>
            <a href="/desk">{strings.shell.footerOfficer}</a>
          </p>
        </div>
      </footer>
    </>
  );
}
