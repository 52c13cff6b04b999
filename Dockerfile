# The styles, then the service. Nothing of the first stage but static/dist reaches the second.
FROM node:22-bookworm-slim AS styles
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY static static
RUN npm run build

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
RUN useradd --system --create-home --uid 10001 waymark
WORKDIR /srv/waymark
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes -r requirements/run.txt
COPY manage.py ./
COPY config config
COPY core core
COPY accounts accounts
COPY audit audit
COPY alerts alerts
COPY offenders offenders
COPY volunteers volunteers
COPY circles circles
COPY concerns concerns
COPY templates templates
COPY static static
COPY --from=styles /build/static/dist static/dist
RUN mkdir -p .waymark/static /srv/statics && chown -R waymark .waymark /srv/statics
USER waymark
# Values only for reading the settings while the files are gathered; none is kept in the image.
RUN DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost SITE_ADDRESS=https://waymark.invalid \
    ON_CALL_TELEPHONE=999 SECRET_KEY=only-while-the-image-is-built-0123456789-abcdefghijk KEYRING=b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    INDEX_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= EMAIL_HOST=localhost EMAIL_FROM=nobody@waymark.invalid \
    python manage.py collectstatic --no-input
EXPOSE 8000
CMD ["gunicorn", "--config", "python:config.serving", "config.wsgi"]
