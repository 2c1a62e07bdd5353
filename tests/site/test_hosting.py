"""The recipes for the host, as the handbook prints them: one policy everywhere, which nginx and a browser obey."""

import hashlib
import http.client
import re
import secrets
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from processor.cli import web_server
from processor.foundation import settings
from processor.site import endpoint
from tests import applicant_site
from tests.applicant_site import recipe
from tests.conftest import program
from tests.effort import STRIDE
from tests.office import ROOT, keys
from tests.smtp_server import certificate

VISITOR: Final = "127.0.0.2"
STATUSES: Final = "/balasan/status-1-000.bin"
REPLY: Final = f"/balasan/{'5e' * 16}.age"
WRAP: Final = """pid nginx.pid;
events {}
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path 1; proxy_temp_path 2; fastcgi_temp_path 3; uwsgi_temp_path 4; scgi_temp_path 5;
    include situs.conf;
}
"""


def by_nginx() -> dict[str, str]:
    """What nginx adds to every answer."""
    return dict(re.findall(r'^    add_header (\S+) "(.+)" always;$', recipe("nginx"), re.MULTILINE))


def by_paths() -> dict[str, dict[str, str]]:
    """The headers of each path in ``_headers``."""
    rules: dict[str, dict[str, str]] = {}
    for line in recipe("headers").splitlines():
        if line.startswith("/"):
            rules[line] = {}
        elif line:
            name, _, value = line.strip().partition(": ")
            rules[next(reversed(rules))][name] = value
    return rules


def directives(policy: str) -> dict[str, str]:
    return {name: value for name, _, value in (part.strip().partition(" ") for part in policy.split(";"))}


def test_every_recipe_sends_one_policy() -> None:
    apache = re.findall(r'^Header always set (\S+) "(.+)"$', recipe("apacheconf"), re.MULTILINE)
    assert len(by_nginx()) == 7
    assert dict(apache) == by_paths()["/*"] == by_nginx()


def test_the_recipes_of_other_hosts_keep_the_same_files_out_of_caches_and_search() -> None:
    apache = recipe("apacheconf")
    for header in ("Cache-Control", "X-Robots-Tag"):
        pattern = re.findall(rf"m#(.+)#\">\n    Header always set {header} ", apache)[0]
        kept = {path for path, headers in by_paths().items() if header in headers}
        tried = {"/balasan/*": REPLY, "/verifikasi/sidik.txt": "", "/*": "/lacak/index.html"}
        assert kept == {path for path, file in tried.items() if re.search(pattern, file or path)}


@dataclass(frozen=True)
class Host:
    """nginx as the recipe sets it up, with the real site and the real endpoint behind it."""

    folder: Path
    plain: int
    port: int

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}/"

    def ask(
        self, path: str, body: bytes | None = None, piece: str = "", accept: str = ""
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer to a visitor with an address of their own."""
        trusted = ssl.create_default_context(cafile=self.folder / "127.0.0.1.pem")
        one = http.client.HTTPSConnection("127.0.0.1", self.port, context=trusted, source_address=(VISITOR, 0))
        headers = {} if body is None else {"Content-Type": "application/octet-stream"}
        headers |= {"Payung-Potongan": piece} if piece else {}
        headers |= {"Accept-Encoding": accept} if accept else {}
        one.request("GET" if body is None else "POST", path, body, headers)
        answer = one.getresponse()
        content = answer.read()
        one.close()
        return answer, content

    def logs(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is published, with something sealed in it."""
    found = applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)
    for name in (REPLY, STATUSES, "/verifikasi/sidik.txt"):
        path = found.site / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"tersegel" * 100)
    return found.site


@contextmanager
def hosted(folder: Path, site: Path, receiver: str) -> Iterator[Host]:
    """nginx with the recipe while the block runs; its places are changed, and nothing else."""
    nginx = program("/usr/sbin/nginx", "nginx")
    host = Host(folder, free_port(), free_port())
    key = str(certificate(folder))
    places = {
        "listen 80;": f"listen 127.0.0.1:{host.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{host.port} ssl http2;",
        "/etc/ssl/situs/fullchain.pem": key,
        "/etc/ssl/situs/privkey.pem": key,
        "/var/log/nginx": str(folder),
        "/srv/situs": str(site),
        "http://127.0.0.1:8001": receiver,
    }
    (folder / "situs.conf").write_text(placed(recipe("nginx"), places), "utf-8")
    (folder / "nginx.conf").write_text(WRAP, "utf-8")
    command = [nginx, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off; master_process off;"]
    judged = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr
    assert "[warn]" not in judged.stderr
    with subprocess.Popen(command) as running:
        try:
            wait_for(host.port)
            yield host
        finally:
            running.terminate()


def free_port() -> int:
    """A port that is free now and stays so: the system gives none below 32768 to whoever asks for any."""
    for port in range(20_000 + secrets.randbelow(10_000), 32_768):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


def _address(nobody: socket.socket) -> str:
    """An address at which nobody listens, held as long as the socket is."""
    nobody.bind(("127.0.0.1", 0))
    return f"http://127.0.0.1:{nobody.getsockname()[1]}"


def placed(text: str, places: Mapping[str, str]) -> str:
    for old, new in places.items():
        assert old in text
        text = text.replace(old, new)
    return text


def wait_for(port: int) -> None:
    begun = time.monotonic()
    while time.monotonic() < begun + 60:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail("nginx does not answer")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("nginx")
    with (
        web_server.serving(site, 0, folder / "kiriman") as behind,
        hosted(folder, site, behind.rstrip("/")) as running,
    ):
        yield running


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "status", "cache", "robots"),
    [
        ("/", 200, "no-cache", None),
        ("/ajukan/", 200, "no-cache", None),
        ("/assets/payung.css", 200, "no-cache", None),
        ("/tidak-ada", 404, "no-cache", None),
        ("/.payung-situs", 404, "no-cache", None),
        ("/kabar", 301, "no-cache", None),
        (STATUSES, 200, "no-store", "noindex"),
        (REPLY, 200, "no-store", "noindex"),
        (REPLY.replace("5e", "5f"), 404, "no-store", "noindex"),
        ("/balasan/", 404, "no-store", "noindex"),
        ("/verifikasi/sidik.txt", 200, "no-cache", "noindex"),
        ("/sehat", 200, "no-store", None),
        ("/kirim", 405, "no-store", None),
    ],
)
def test_nginx_sends_the_policy_with_every_answer(
    path: str, status: int, cache: str, robots: str | None, host: Host
) -> None:
    answer, _ = host.ask(path)
    assert answer.status == status
    assert {name: answer.getheader(name) for name in by_nginx()} == by_nginx()
    assert answer.getheader("Cache-Control") == cache
    assert answer.getheader("X-Robots-Tag") == robots


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "encoding"),
    [("/", "gzip"), ("/assets/payung.css", "gzip"), ("/assets/brankas.js", "gzip"), (STATUSES, None), (REPLY, None)],
)
def test_nginx_sends_text_compressed_and_what_is_sealed_as_it_is(path: str, encoding: str | None, host: Host) -> None:
    answer, _ = host.ask(path, accept="gzip, br")
    assert (answer.status, answer.getheader("Content-Encoding")) == (200, encoding)


@pytest.mark.slow
def test_a_missing_page_is_answered_with_the_sites_own(host: Host, site: Path) -> None:
    assert host.ask("/balasan/")[1] == (site / "404.html").read_bytes()


@pytest.mark.slow
def test_an_address_without_https_leads_to_the_one_with_it(host: Host) -> None:
    one = http.client.HTTPConnection("127.0.0.1", host.plain)
    one.request("GET", "/lacak/")
    assert one.getresponse().getheader("Location") == settings.load(ROOT / settings.FILE_NAME).situs.alamat + "lacak/"
    one.close()


@pytest.mark.slow
def test_a_sealed_package_passes_to_the_endpoint_up_to_the_size_that_it_takes(host: Host) -> None:
    package = keys(host.folder).seal(b"permohonan").ljust(endpoint.LARGEST, b"\0")
    assert host.ask("/kirim", package)[0].status == 201
    assert [path.read_bytes() for path in (host.folder / "kiriman").glob("*.age")] == [package]
    assert host.ask("/kirim", package + b"\0")[0].status == 413


@pytest.mark.slow
def test_a_sealed_package_passes_in_pieces_as_well(host: Host) -> None:
    assert host.ask("/sehat")[0].getheader("Payung-Potongan")
    package = keys(host.folder).seal(b"lain").ljust(9000, b"\0")
    digest = hashlib.sha256(package).hexdigest()
    places = [(0, 0), (0, 5000), (5000, 9000)]
    pieces = [host.ask("/kirim", package[begin:end], f"{digest} {begin} 9000") for begin, end in places]
    assert [answer.status for answer, _ in pieces] == [202, 202, 201]
    assert (host.folder / "kiriman" / f"{digest}.age").read_bytes() == package


@pytest.mark.slow
def test_no_log_holds_an_address_or_what_was_fetched_with_a_code(tmp_path: Path, site: Path) -> None:
    with socket.socket() as nobody, hosted(tmp_path, site, _address(nobody)) as host:
        statuses = [host.ask(path)[0].status for path in ("/faq/?kode=X", "/tidak-ada", "/balasan/", REPLY, "/sehat")]
        assert [*statuses, host.ask("/kirim", b"tersegel")[0].status] == [200, 404, 404, 200, 502, 502]
        assert "GET /faq/" in host.logs()
        assert not re.search(rf"{VISITOR}|kode|{REPLY}", host.logs())


@pytest.mark.slow
def test_a_static_host_gets_its_rules_with_every_publication(site: Path) -> None:
    assert (site / "_headers").read_text("utf-8") == recipe("headers")


@pytest.mark.slow
def test_every_page_says_the_policy_itself_but_for_what_only_a_header_can(site: Path) -> None:
    sent = directives(by_nginx()["Content-Security-Policy"])
    assert sent.pop("frame-ancestors") == "'none'"
    for path in site.rglob("*.html"):
        head = path.read_text("utf-8").partition("</head>")[0]
        [said] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', head)
        assert directives(said) == sent, path
        assert not re.search(r"<(?:link|script|style)\b", head.partition(said)[0]), "what stands before is not judged"
        assert '<meta name="referrer" content="no-referrer">' in head, path


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with browser.new_context(ignore_https_errors=True) as context:
        yield context.new_page()


@pytest.mark.slow
def test_in_a_browser_no_page_wants_more_than_the_policy_allows(host: Host, site: Path, tab: Page) -> None:
    said: list[str] = []
    foreign: list[str] = []
    tab.on("console", lambda message: said.append(f"{tab.url}: {message.text}"))
    tab.on("request", lambda one: foreign.append(one.url) if not one.url.startswith(host.address) else None)
    for page in sorted(site.rglob("*.html"))[::STRIDE]:
        tab.goto(host.address + page.relative_to(site).as_posix())
    assert not [one for one in said if "net::ERR_TOO_MANY_RETRIES" not in one], "what the network says is no policy's"
    assert not foreign


ATTEMPTS: Final = {
    "script-src-elem": "document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
    "script-src-attr": "document.body.setAttribute('onclick', '1')",
    "style-src-attr": "document.body.setAttribute('style', 'color: red')",
    "connect-src": "fetch('https://example.org/').catch(() => 0)",
    "img-src": "new Image().src = 'https://example.org/a.png'",
    "frame-src": "document.body.append(Object.assign(document.createElement('iframe'), {src: '/'}))",
    "form-action": "document.body.appendChild(document.createElement('form')).submit()",
    "base-uri": "document.head.append(Object.assign(document.createElement('base'), {href: '/x/'}))",
}


@pytest.mark.slow
@pytest.mark.parametrize("by", ["header and page", "page alone"])
def test_a_browser_refuses_what_the_policy_forbids(by: str, host: Host, site: Path, tab: Page) -> None:
    with web_server.serving(site, 0) as bare:
        tab.goto(bare if by == "page alone" else host.address)
        tab.evaluate(
            "() => { window.refused = new Set();"
            "document.addEventListener('securitypolicyviolation', event => refused.add(event.effectiveDirective)) }"
        )
        for attempt in ATTEMPTS.values():
            tab.evaluate(attempt)
        tab.wait_for_function("most => refused.size >= most", arg=len(ATTEMPTS))
        assert sorted(tab.evaluate("[...refused]")) == sorted(ATTEMPTS)


@pytest.mark.slow
def test_a_browser_gets_a_page_with_its_scripts_over_one_connection(host: Host, tab: Page) -> None:
    session = tab.context.new_cdp_session(tab)
    met: list[dict[str, object]] = []
    session.on("Network.responseReceived", lambda one: met.append(one["response"]))
    session.send("Network.enable")
    tab.goto(f"{host.address}ajukan/", wait_until="load")
    assert {one["protocol"] for one in met} == {"h2"}
    assert len({one["connectionId"] for one in met}) == 1
    assert len(met) > 10


@pytest.mark.slow
def test_another_site_cannot_frame_a_page(host: Host, tab: Page) -> None:
    with tab.expect_console_message(lambda message: "frame-ancestors" in message.text):
        tab.set_content(f'<iframe src="{host.address}"></iframe>')
