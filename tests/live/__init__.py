"""Real processes: a web server, a worker, a clock, PostgreSQL, Redis and an SMTP server."""
