"""The handbook's recipe of a web server before the desk: the real nginx passes on what it must."""

import http.client
import ssl
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from processor.desk import network
from processor.foundation import loopback
from tests.conftest import program
from tests.office import ROOT
from tests.site.test_hosting import free_port, placed, wait_for
from tests.smtp_server import certificate
from tests.story import Story

HOST = "meja.kantor.go.id"
CONFIGURED = """pid nginx.pid;
events {}
http {
    client_body_temp_path 1; proxy_temp_path 2; fastcgi_temp_path 3; uwsgi_temp_path 4; scgi_temp_path 5;
    include meja.conf;
}
"""


CADDYFILE = ROOT / "deploy" / "caddy" / "meja.caddy"
CADDY = """{
    admin off
    auto_https disable_redirects
    default_bind 127.0.0.1
    default_sni meja.kantor.go.id
}
"""


@pytest.mark.slow
@pytest.mark.parametrize("by_file", [False, True])
def test_nginx_ends_tls_for_the_desk_and_names_its_host(tmp_path: Path, *, by_file: bool) -> None:
    nginx, port, key = program("/usr/sbin/nginx", "nginx"), free_port(), certificate(tmp_path)
    at = tmp_path / "meja.sock"
    story, listener = Story(tmp_path), loopback.bind_file(at, "") if by_file else loopback.bind(0, "payung meja")
    desk = network.desk(lambda: story.office, f"https://{HOST}")
    places = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/ssl/meja/fullchain.pem": str(key),
        "/etc/ssl/meja/privkey.pem": str(key),
        "/var/log/nginx": str(tmp_path),
        "127.0.0.1:8010": f"unix:{at}" if by_file else f"127.0.0.1:{listener.getsockname()[1]}",
    }
    (tmp_path / "meja.conf").write_text(
        placed((ROOT / "deploy" / "nginx" / "meja.conf").read_text("utf-8"), places), "utf-8"
    )
    (tmp_path / "nginx.conf").write_text(CONFIGURED, "utf-8")
    command = [nginx, "-p", str(tmp_path), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off; master_process off;"]
    with network.serve(desk, listener, None), subprocess.Popen(command) as running:
        try:
            wait_for(port)
            assert ask(port, key, HOST).status == 200
            assert ask(port, key, "evil.example").status == 404
        finally:
            running.terminate()
    assert (tmp_path / "meja-galat.log").read_text("utf-8") == ""


@pytest.mark.slow
@pytest.mark.parametrize("by_file", [False, True])
def test_caddy_ends_tls_for_the_desk_and_names_its_host(tmp_path: Path, *, by_file: bool) -> None:
    caddy, port, key = program("caddy", "caddy"), free_port(), certificate(tmp_path)
    at = tmp_path / "meja.sock"
    story, listener = Story(tmp_path), loopback.bind_file(at, "") if by_file else loopback.bind(0, "payung meja")
    desk = network.desk(lambda: story.office, f"https://{HOST}")
    places = {
        f"{HOST} {{": f"https://{HOST}:{port} {{",
        "/etc/ssl/meja/fullchain.pem": str(key),
        "/etc/ssl/meja/privkey.pem": str(key),
        "127.0.0.1:8010": f"unix/{at}" if by_file else f"127.0.0.1:{listener.getsockname()[1]}",
    }
    (tmp_path / "Caddyfile").write_text(CADDY + placed(CADDYFILE.read_text("utf-8"), places), "utf-8")
    command = [caddy, "run", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    own, log = {"HOME": str(tmp_path), "PATH": ""}, tmp_path / "caddy.log"
    with (
        log.open("wb") as said,
        network.serve(desk, listener, None),
        subprocess.Popen(command, env=own, stderr=said) as running,
    ):
        try:
            wait_for(port)
            assert ask(port, key, HOST).headers["Cache-Control"] == "no-store"
            assert "Cache-Control" not in ask(port, key, "evil.example").headers
        finally:
            running.terminate()
    assert "server running" in log.read_text("utf-8")
    assert "masuk" not in log.read_text("utf-8")


def ask(port: int, key: Path, host: str) -> http.client.HTTPResponse:
    trusted = ssl.create_default_context(cafile=key)
    with closing(http.client.HTTPSConnection("127.0.0.1", port, context=trusted, timeout=60)) as connection:
        connection.request("GET", "/masuk", headers={"Host": host})
        return connection.getresponse()
