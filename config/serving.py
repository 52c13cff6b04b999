"""How gunicorn serves: `gunicorn --config python:config.serving config.wsgi`. The proxy stands in front.

A request waits for the database and little else, so many threads cost little: with a proxy that buffers, or without,
twenty sockets that say nothing leave threads for everybody else.
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
