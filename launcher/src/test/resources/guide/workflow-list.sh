curl http://localhost:8080/api/workflow/list
