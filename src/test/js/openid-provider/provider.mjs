// An OpenID provider for tests. Any password signs a person in. The person ada-one-two is in the groups one and two.
// Usage: node provider.mjs PORT ADDRESS_OF_THE_CONSOLE CERTIFICATE KEY
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { Provider } from 'oidc-provider';

const [port, consoleAddress, cert, key] = process.argv.slice(2);
const provider = new Provider(`https://localhost:${port}`, {
  clients: [{
    client_id: 'console',
    client_secret: 'secret',
    redirect_uris: [`${consoleAddress}/sign-in`],
    post_logout_redirect_uris: [`${consoleAddress}/sign-in/signed-out.html`],
  }],
  claims: { openid: ['sub'], email: ['email'], groups: ['groups'] },
  conformIdTokenClaims: false,
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, email: `${accountId}@example.com`, groups: ['everyone', ...accountId.split('-').slice(1)] }),
  }),
});
createServer({ cert: readFileSync(cert), key: readFileSync(key) }, provider.callback()).listen(Number(port), '127.0.0.1');
