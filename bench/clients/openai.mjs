// The npm package "openai" against the gateway: chat, streaming, tool call, error.
import assert from "node:assert/strict";
import OpenAI from "openai";

const gateway = process.env.ACEY_GATEWAY ?? "http://localhost:8080";
const client = new OpenAI({ baseURL: `${gateway}/v1`, apiKey: "unused", maxRetries: 0 });
const messages = [{ role: "user", content: "The river is a queen of hearts. What do you say?" }];

async function check(what, run) {
  await run();
  console.log(`ok      ${what}`);
}

await check("chat", async () => {
  const { data, response } = await client.chat.completions
    .create({ model: "acey/game", messages, user: "ann" })
    .withResponse();
  assert.equal(data.object, "chat.completion");
  assert.ok(data.choices[0].message.content.length > 0);
  assert.ok(data.usage.total_tokens > 0);
  assert.ok(response.headers.get("x-acey-log-id"));
  assert.equal(response.headers.get("x-acey-variant"), "baseline");
});

await check("streaming, with usage at its end", async () => {
  const stream = await client.chat.completions.create({
    model: "acey/game",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let usage = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.ok(text.length > 0);
  assert.ok(usage.completion_tokens > 0);
});

await check("tool call", async () => {
  const completion = await client.chat.completions.create({
    model: "acey/game",
    messages,
    tools: [
      {
        type: "function",
        function: {
          name: "show_card",
          parameters: {
            type: "object",
            properties: { card: { type: "string" } },
            required: ["card"],
          },
        },
      },
    ],
    tool_choice: { type: "function", function: { name: "show_card" } },
  });
  const call = completion.choices[0].message.tool_calls[0];
  assert.equal(call.function.name, "show_card");
  assert.equal(typeof JSON.parse(call.function.arguments).card, "string");
});

await check("JSON mode", async () => {
  const completion = await client.chat.completions.create({
    model: "acey/game",
    messages,
    response_format: { type: "json_object" },
  });
  assert.equal(typeof JSON.parse(completion.choices[0].message.content), "object");
});

await check("an error in OpenAI's shape", async () => {
  await assert.rejects(client.chat.completions.create({ model: "acey/game", messages: [] }), (e) => {
    assert.ok(e instanceof OpenAI.BadRequestError);
    assert.equal(e.status, 400);
    assert.ok(e.message.includes("messages"));
    return true;
  });
});

await check("a model that is not there", async () => {
  await assert.rejects(client.chat.completions.create({ model: "acey/nothing", messages }), (e) => {
    assert.ok(e instanceof OpenAI.NotFoundError);
    return true;
  });
});

await check("the list of models", async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    ids.push(model.id);
  }
  assert.ok(ids.includes("acey/game"));
});
