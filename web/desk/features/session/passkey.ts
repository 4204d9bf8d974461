// passkey.ts - asks the browser for a passkey; bytes go over the line in base64url.
import type { PasskeyCreation, PasskeyRequest } from "@shared/schemas.ts";

export interface SignedPasskey {
  id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
}
export interface CreatedPasskey {
  client_data: string;
  attestation_object: string;
}

export function toBase64url(bytes: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at += 1) bytes[at] = plain.charCodeAt(at);
  return bytes;
}

// Browsers offer passkeys at a safe address only.
export const passkeysWork = (): boolean => typeof window !== "undefined" && window.isSecureContext && "PublicKeyCredential" in window;

const credentials = (list: { id: string }[]): PublicKeyCredentialDescriptor[] =>
  list.map(({ id }) => ({ type: "public-key", id: fromBase64url(id) }));

// Null where the person, or the browser, gave up: that is no fault.
async function ask(question: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await question()) as PublicKeyCredential | null;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

export async function signWithPasskey(request: PasskeyRequest): Promise<SignedPasskey | null> {
  const given = await ask(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: fromBase64url(request.challenge),
        rpId: request.rpId,
        allowCredentials: credentials(request.allowCredentials),
        userVerification: "required",
        timeout: request.timeout,
      },
    }),
  );
  if (given === null) return null;
  const response = given.response as AuthenticatorAssertionResponse;
  return {
    id: toBase64url(given.rawId),
    client_data: toBase64url(response.clientDataJSON),
    authenticator_data: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
  };
}

export async function createPasskey(request: PasskeyCreation): Promise<CreatedPasskey | null> {
  const made = await ask(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: fromBase64url(request.challenge),
        rp: request.rp,
        user: { ...request.user, id: fromBase64url(request.user.id) },
        pubKeyCredParams: request.pubKeyCredParams.map(({ alg }) => ({ type: "public-key", alg })),
        excludeCredentials: credentials(request.excludeCredentials),
        authenticatorSelection: { userVerification: "required", residentKey: "discouraged" },
        attestation: "none",
        timeout: request.timeout,
      },
    }),
  );
  if (made === null) return null;
  const response = made.response as AuthenticatorAttestationResponse;
  return { client_data: toBase64url(response.clientDataJSON), attestation_object: toBase64url(response.attestationObject) };
}
