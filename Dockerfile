# One image for web, worker, beat and every command; docker-compose.yml says which is which.
FROM python:3.13-slim AS packages
COPY requirements.txt /
RUN python -m venv /packages \
    && /packages/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        -r /requirements.txt \
    && /packages/bin/pip uninstall --yes pip

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data softmarks \
    && install --directory --owner softmarks --mode 700 /data
COPY --from=packages /packages /packages
COPY . /softmarks
WORKDIR /softmarks
# Compiled here, for the user of the image cannot write.
RUN python -m compileall -q . /packages/lib
ENV PATH=/packages/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    HOST=0.0.0.0
USER softmarks
VOLUME /data
EXPOSE 8000
# Alone, the image is a whole site on SQLite: docker run --init -p 8000:8000 -v softmarks:/data IMAGE
CMD ["python", "manage.py", "up"]
