curl http://localhost:3001/health
