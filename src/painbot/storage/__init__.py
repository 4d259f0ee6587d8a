"""Tables, repositories and migrations: what is kept, on SQLite or PostgreSQL."""
