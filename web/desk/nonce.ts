// nonce.ts - the nonce of this page: style elements made by scripts are refused without it.
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
}
