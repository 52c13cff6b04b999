"""gunicorn's configuration: `gunicorn --config python:config.serving config.wsgi`, behind the proxy.

A request mostly waits for the database, so many threads cost little. Twenty sockets that send nothing still leave threads
for everybody else.
"""

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = 3
threads = 10
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a heartbeat's file, in memory
accesslog = "-"
logger_class = "config.access_log.AccessLogger"
control_socket_disable = True
