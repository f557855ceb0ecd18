curl -X POST http://localhost:8080/api/dryrun \
  -H "Content-Type: application/json" \
  -d '{
    "aceyOutput": {
      "speech": "Test message",
      "intents": [...]
    }
  }'
