// An OpenID Connect provider with ClaveÚnica's claims. Usage: node provider.mjs <modules> <redirect-uri>...
// Prints its address when it is up. Any login form entry becomes the RUN of who enters: "44444444-4 Ana|Rosa Perez|Soto".
import { createRequire } from "node:module";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, ...redirectUris] = process.argv.slice(2);
const require = createRequire(path.join(modules, "node_modules", "x.js"));
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const claimsOf = (login) => {
  const [run, names = "", surnames = ""] = login.split(/ (.+)/).slice(0, 2).flatMap((part, i) => (i ? part.split(" ") : [part]));
  const [number, digit] = run.split("-");
  return {
    sub: `sub-${Math.random()}`,
    RolUnico: { numero: Number(number), DV: digit, tipo: "RUN" },
    name: { nombres: names.split("|"), apellidos: surnames.split("|") },
  };
};

const server = createServer((request, response) => callback(request, response));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(address, {
  clients: [{ client_id: "cabildo", client_secret: "secreto", redirect_uris: redirectUris, token_endpoint_auth_method: "client_secret_post" }],
  scopes: ["openid", "run", "name"],
  claims: { openid: ["sub"], run: ["RolUnico"], name: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ ...claimsOf(id), sub: id }) }),
});
const callback = provider.callback();
console.log(address);
