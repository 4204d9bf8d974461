// basis_mark.tsx - "KT. Chủ tịch": in whose place, or in whose name, something is done.
import { Badge } from "@mantine/core";
import type { AuthorityBasis } from "../../api/authority.ts";
import { useLanguage } from "../../i18n/language.tsx";

export function BasisMark({ basis }: { basis: unknown }) {
  const { t } = useLanguage();
  const words = t.authority;
  if (basis === null || basis === undefined) return null;
  const one = basis as AuthorityBasis;
  const mark = words.basis[one.kind] ?? one.kind;
  return (
    <Badge variant="light" color="violet" radius="sm" tt="none" fw={500} title={one.act.number === "" ? undefined : words.byAct(one.act.number)}>
      {words.basisOf(mark, one.on_behalf_of)}
    </Badge>
  );
}
