curl http://localhost:8080/api/logs/stats
