curl -X POST http://localhost:8080/api/workflow/start \
  -H "Content-Type: application/json" \
  -d '{
    "config": {
      "collectLogs": true,
      "prepareDatasets": true,
      "runSimulations": true,
      "enableFineTuning": false,
      "gradualDeployment": true,
      "monitorMetrics": true,
      "taskTypes": ["game", "website", "graphics", "audio"],
      "deploymentStages": ["graphics", "audio", "website", "game"]
    }
  }'
