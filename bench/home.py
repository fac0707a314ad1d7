"""The cached portal home against nginx that serves the same bytes from a file."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx

from bench.figure import Figure
from bench.wrk import get
from drill.house import House, Server

CONNECTIONS = 64
_CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; user root;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; keepalive_requests 1000000; default_type text/html; open_file_cache max=10;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/site; }}
}}
"""


def figures(*, quick: bool) -> Iterator[Figure]:
    rounds, seconds = (1, 1) if quick else (3, 3)
    with tempfile.TemporaryDirectory(prefix="cyberweek-bench-") as name:
        house = House(Path(name))
        house.load()
        ours, theirs = [], []
        with Server(house) as server:
            page = httpx.get(f"{server.base}/", headers={"accept-encoding": "identity"}).content
            with _nginx(Path(name), page) as url:
                for _ in range(rounds):
                    ours.append(get(f"{server.base}/", connections=CONNECTIONS, seconds=seconds).rate)
                    theirs.append(get(url, connections=CONNECTIONS, seconds=seconds).rate)
    mine, peer = median(ours), median(theirs)
    note = f"{mine:,.0f}/s of {peer:,.0f}/s, {len(page) / 1024:.0f} KB each"
    yield Figure("cached portal home / nginx, the same bytes", mine / peer, 0.25, note)


@contextmanager
def _nginx(folder: Path, page: bytes) -> Iterator[str]:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_bytes(page)
    folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "nginx.conf").write_text(_CONFIGURATION.format(folder=folder, port=port))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-e", folder / "error.log", "-c", folder / "nginx.conf"])
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait(url: str) -> None:
    for _ in range(500):
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.01)
        else:
            return
    raise SystemExit("nginx does not come up")
