// LazyPage.tsx - a page whose code comes when it is first opened; says so when it cannot come.
import { useEffect, useState, type ComponentType } from "react";
import { useLanguage } from "../language/language.tsx";
import { Loading } from "./Loading.tsx";
import { Notice } from "./Notice.tsx";

export function lazyPage<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function LazyPage(props: Props) {
    const { strings } = useLanguage();
    const [, setReady] = useState(loaded !== null);
    const [failed, setFailed] = useState(false);
    const fetchPage = () => {
      setFailed(false);
      load().then(
        (module) => {
          loaded = module.default;
          setReady(true);
        },
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (!loaded) fetchPage();
    }, []);
    if (loaded) {
      const Page = loaded;
      return <Page {...props} />;
    }
    if (!failed) return <Loading />;
    return (
      <Notice kind="error" title={strings.shell.chunkFailedTitle}>
        <p>{strings.shell.chunkFailedDetail}</p>
        {/* A browser keeps a failed module failed: only a new page asks again. */}
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {strings.shell.retry}
        </button>
      </Notice>
    );
  };
}
