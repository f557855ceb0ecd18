curl -X POST http://localhost:8080/api/log \
  -H "Content-Type: application/json" \
  -d '{"taskType":"game","llmPrompt":"Test","aceyOutput":{"speech":"Test output","intents":[]}}'
