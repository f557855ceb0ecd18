curl http://localhost:8080/api/workflow/status/workflow-1234567890
