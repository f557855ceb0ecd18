curl http://localhost:8080/api/logs?limit=10
