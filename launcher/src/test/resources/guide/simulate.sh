curl -X POST http://localhost:8080/api/simulate \
  -H "Content-Type: application/json" \
  -d '{
    "logs": [...], // Array of test logs
    "config": {
      "dryRun": true,
      "autoRules": true
    }
  }'
