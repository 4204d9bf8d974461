// provider_links.tsx - signing in by an identity provider instead of a password, where one is set up.
import { Alert, Button, Divider } from "@mantine/core";
import { textOf } from "@shared/language.ts";
import type { Session } from "@shared/schemas.ts";
import { Icon } from "../../components/icon.tsx";
import { useLanguage } from "../../i18n/language.tsx";

const reasons = ["again", "declined", "unreachable", "level", "identity", "account"] as const;

export function ProviderLinks({ session }: { session: Session }) {
  const { t, language } = useLanguage();
  const providers = session.providers?.officers ?? [];
  const failed = new URLSearchParams(window.location.search).get("sign-in");
  const reason = reasons.find((one) => one === failed) ?? "failed";
  const words = t.session.providers;
  if (providers.length === 0) return null;
  return (
    <>
      <Divider my="lg" label={words.or} />
      {failed && (
        <Alert role="alert" color="red" mb="sm" icon={<Icon name="warning" />}>
          {words[reason]}
        </Alert>
      )}
      {providers.map((one) => (
        <Button key={one.id} component="a" href={`/api/v1/sign-in/${encodeURIComponent(one.id)}?for=officers&return_to=%2Fdesk`} variant="default" size="md" fullWidth mt="xs">
          {textOf(one.name, language)}
        </Button>
      ))}
    </>
  );
}
