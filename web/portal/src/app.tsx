// app.tsx - the frame around every page, and which page stands at which address.
import { Route, Switch } from "wouter";
import { lazyPage } from "./components/LazyPage.tsx";
import { Shell } from "./components/Shell.tsx";
import { NotFoundPage } from "./features/start/NotFoundPage.tsx";
import { StartPage } from "./features/start/StartPage.tsx";

const ProcedurePage = lazyPage(() => import("./features/procedure/ProcedurePage.tsx"));
const FilingPages = lazyPage(() => import("./features/filing/FilingPages.tsx"));
const ConfirmationPage = lazyPage(() => import("./features/confirmation/ConfirmationPage.tsx"));
const VerifyPage = lazyPage(() => import("./features/verify/VerifyPage.tsx"));
const SignInPage = lazyPage(() => import("./features/account/SignInPage.tsx"));
const MyDossiersPage = lazyPage(() => import("./features/account/MyDossiersPage.tsx"));
const TrackingPage = lazyPage(() => import("./features/tracking/TrackingPage.tsx"));

export function App() {
  return (
    <Shell>
      <Switch>
        <Route path="/">
          <StartPage />
        </Route>
        <Route path="/thu-tuc/:code">{(place) => <ProcedurePage key={place.code} code={place.code} />}</Route>
        <Route path="/nop/:draft/*?">{(place) => <FilingPages key={place.draft} draftId={place.draft} place={place["*"] ?? ""} />}</Route>
        <Route path="/xong/:code">{(place) => <ConfirmationPage key={place.code} code={place.code} />}</Route>
        <Route path="/theo-doi">
          <TrackingPage />
        </Route>
        <Route path="/dang-nhap">
          <SignInPage />
        </Route>
        <Route path="/ho-so-cua-toi">
          <MyDossiersPage />
        </Route>
        {["/verify", "/kiem-chung"].map((path) => (
          <Route key={path} path={path}>
            <VerifyPage />
          </Route>
        ))}
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Shell>
  );
}
