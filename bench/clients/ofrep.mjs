// OpenFeature's server SDK with the npm package "@openfeature/ofrep-provider" against the gateway.
import assert from "node:assert/strict";
import { OpenFeature } from "@openfeature/server-sdk";
import { OFREPProvider } from "@openfeature/ofrep-provider";

const gateway = process.env.ACEY_GATEWAY ?? "http://localhost:8080";
await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: gateway }));
const client = OpenFeature.getClient();

const game = await client.getStringDetails("model.game", "none", { targetingKey: "ann" });
assert.equal(game.errorCode, undefined, game.errorMessage);
assert.match(game.value, /^demo-/);
assert.ok(["baseline", "candidate"].includes(game.variant));
console.log(`ok      model.game is ${game.value} (${game.variant}, ${game.reason})`);

const unknown = await client.getStringDetails("model.nothing", "none", { targetingKey: "ann" });
assert.equal(unknown.value, "none");
assert.equal(unknown.errorCode, "FLAG_NOT_FOUND");
console.log("ok      an unknown flag is FLAG_NOT_FOUND and its default");

const keyless = await client.getStringDetails("model.game", "none", {});
assert.equal(keyless.errorCode ?? "", keyless.value === "none" ? "TARGETING_KEY_MISSING" : "");
console.log(`ok      without a targeting key: ${keyless.errorCode ?? keyless.value}`);
await OpenFeature.close();
