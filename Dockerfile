# Two stages: packages are built in the first, the second has neither pip's cache nor a compiler.
# Every step is a script in deploy/ that .ci/run runs as well.
FROM python:3.13-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/memorial
COPY . .
RUN sh deploy/build.sh /srv/built

FROM python:3.13-slim-bookworm
# A number and not a name, so that an orchestrator can see that it is not root. The folders are
# made here because an empty volume takes its owner from the folder that it covers.
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin memorial \
    && install -d -o 10001 -g 10001 -m 0700 \
        /var/lib/memorial /var/lib/memorial/public /var/lib/memorial/copies /var/lib/memorial-confidential
COPY --from=build /srv/built /srv/built
COPY --from=build /srv/memorial /srv/memorial
ENV PATH=/srv/built/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/built/static \
    VAR_DIR=/var/lib/memorial \
    BIND=0.0.0.0:8000
WORKDIR /srv/memorial
USER 10001:10001
# The only place that is written to; the root may be read-only (--read-only --tmpfs /tmp).
VOLUME /var/lib/memorial
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["python", "deploy/healthcheck.py"]
ENTRYPOINT ["sh", "deploy/entrypoint.sh"]
CMD ["serve"]
