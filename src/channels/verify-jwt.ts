import { createRemoteJWKSet, decodeProtectedHeader, importPKCS8, jwtVerify, SignJWT, type JWTPayload } from 'jose';

/** Whose tokens are taken. */
export interface TokenRules {
  readonly issuers: readonly string[];
  readonly audience: string;
  /** Where the issuer publishes its keys: a JWK set, or an OpenID document that names one. */
  readonly keysUrl: string;
  /** What the key itself must be endorsed for, where keys carry endorsements. */
  readonly endorsement?: string;
  /** What the claims must hold besides. */
  readonly check?: (claims: JWTPayload) => boolean;
}

export interface TokenVerifier {
  /** The claims of the bearer token in an `Authorization` header; undefined when it is not to be trusted. */
  verify(authorization: string | undefined): Promise<JWTPayload | undefined>;
}

const TOLERANCE_SECONDS = 300;
const LIFETIME_SECONDS = 3_600;

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** Verifies tokens against keys that are fetched when first needed and again when an unknown one is named. */
export function createTokenVerifier({ issuers, audience, keysUrl, endorsement, check }: TokenRules): TokenVerifier {
  let keySet: Promise<KeySet> | undefined;
  const keys = async (): Promise<KeySet> => {
    keySet ??= openKeySet(keysUrl).catch((error: unknown) => {
      keySet = undefined;
      throw error;
    });
    return keySet;
  };
  const verifyToken = async (token: string): Promise<JWTPayload | undefined> => {
    const set = await keys();
    const { payload } = await jwtVerify(token, set, {
      issuer: [...issuers],
      audience,
      algorithms: ['RS256'],
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ['exp'],
    });
    const endorsed = endorsement === undefined || isEndorsed(set, token, endorsement);
    return endorsed && (check?.(payload) ?? true) ? payload : undefined;
  };
  return {
    async verify(authorization) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
      return token === undefined ? undefined : verifyToken(token).catch(() => undefined);
    },
  };
}

async function openKeySet(url: string): Promise<KeySet> {
  if (!url.includes('openid')) return createRemoteJWKSet(new URL(url));
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
  const { jwks_uri: keysUrl } = (await response.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(keysUrl));
}

/** Bot Framework's keys say for which channels they may sign. */
function isEndorsed(set: KeySet, token: string, endorsement: string): boolean {
  const { kid } = decodeProtectedHeader(token);
  const key = set.jwks()?.keys.find((candidate) => candidate.kid === kid) as { endorsements?: unknown } | undefined;
  return Array.isArray(key?.endorsements) && key.endorsements.includes(endorsement);
}

/** A signed assertion of a service account, to be exchanged for an access token. */
export async function signAssertion(
  account: { readonly email: string; readonly privateKey: string; readonly tokenUri: string },
  scope: string,
): Promise<string> {
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(account.email)
    .setAudience(account.tokenUri)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + LIFETIME_SECONDS)
    .sign(await importPKCS8(account.privateKey, 'RS256'));
}
