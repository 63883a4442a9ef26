// A real OpenID Connect provider (oidc-provider) for the tests. Prints its issuer, then serves.
import { createServer } from "node:http";
import Provider, { interactionPolicy } from "oidc-provider";

const SECRET = "provider-secret-of-the-tests-only";
const STAFF = {
  aino: { email: "aino@example.org", email_verified: true },
  stig: { email: "stig@example.org", email_verified: true },
  paula: { email: "paula@example.org", email_verified: false },
  stranger: { email: "stranger@example.org", email_verified: true },
  sam: { email: "sam@example.org", email_verified: true },
};

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
const back = "/sign-in/organisation/back";

const policy = interactionPolicy.base();
policy.get("consent").checks.remove("native_client_prompt"); // native only for its free port

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "jobsearch",
      client_secret: SECRET,
      application_type: "native",
      redirect_uris: [`http://127.0.0.1${back}`, `http://localhost${back}`],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  cookies: { keys: ["of the tests"] },
  claims: { openid: ["sub", "amr", "acr"], email: ["email", "email_verified"] },
  acrValues: ["urn:strong"],
  features: { devInteractions: { enabled: false } },
  interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, IdToken: 60 },
  findAccount: (_ctx, sub) =>
    STAFF[sub] && { accountId: sub, claims: () => ({ sub, ...STAFF[sub] }) },
  loadExistingGrant: async (ctx) => {
    const { client, session, provider: own } = ctx.oidc;
    const grant = new own.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

const page = (uid) => `<!doctype html><html lang="en"><title>Work account</title><h1>Work account</h1>
<form method="post" action="/interaction/${uid}"><label>Name <input name="login" id="login"></label>
<label><input type="checkbox" name="mfa" value="1"> with a second factor</label><button>Sign in</button></form>`;

const read = async (request) => {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body);
};

const serve = provider.callback();
server.on("request", async (request, response) => {
  const uid = request.url.match(/^\/interaction\/([\w-]+)$/)?.[1];
  if (!uid) return serve(request, response);
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    return response.end(page(uid));
  }
  const form = await read(request);
  if (form.get("login") === "nobody") {
    const result = { error: "access_denied", error_description: "went away" };
    return provider.interactionFinished(request, response, result);
  }
  const strong = form.has("mfa");
  const login = { accountId: form.get("login"), amr: strong ? ["pwd", "otp", "mfa"] : ["pwd"] };
  if (strong) login.acr = "urn:strong";
  return provider.interactionFinished(request, response, { login });
});
process.stdin.on("end", () => process.exit(0)).resume(); // whoever started it has gone
process.stdout.write(`${issuer}\n`);
