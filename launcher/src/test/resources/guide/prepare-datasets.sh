curl -X POST http://localhost:8080/api/dataset/prepare \
  -H "Content-Type: application/json" \
  -d '{
    "taskTypes": ["game", "website"],
    "minConfidence": 0.7,
    "excludeRejected": true
  }'
