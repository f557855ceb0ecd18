curl http://localhost:8080/api/dataset/list
