/** What a command could not do, for a person: AWS's own words where they say enough, and what to do where they do not. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return adviceOn(error) ?? (error.message || codeOf(error) || error.name);
}

function adviceOn(error: Error): string | undefined {
  switch (error.name) {
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return `no AWS credentials that can be used: ${oneLine(error)}. Sign in (aws sso login, aws configure) or choose a --profile`;
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return 'the AWS credentials have expired: sign in again (aws sso login), or choose another --profile';
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
    case 'InvalidAccessKeyId':
    case 'InvalidSignatureException':
    case 'SignatureDoesNotMatch':
      return `AWS does not accept the credentials: ${oneLine(error)}. Check --profile and --region`;
    case 'AccessDenied':
    case 'AccessDeniedException':
      return `AWS does not allow it: ${oneLine(error)}. What each command needs stands in docs/cli.md`;
  }
  if (/^region (is missing|not accepted)/i.test(error.message)) return 'no AWS region is chosen that can be used: give --region, set AWS_REGION, or write one into the profile';
  const code = codeOf(error);
  if (code !== undefined && UNREACHABLE.has(code)) return `AWS cannot be reached (${code}): check --region and the network`;
  return undefined;
}

const UNREACHABLE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE']);

/** An address with several of them fails with an error of several, whose own message is empty. */
function codeOf(error: Error): string | undefined {
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: readonly Error[] };
  return typeof code === 'string' ? code : errors?.map(codeOf).find(one => one !== undefined);
}

function oneLine({ message, name }: Error): string {
  return (message || name).replace(/\s+/g, ' ').replace(/[.\s]+$/, '');
}
