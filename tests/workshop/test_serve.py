"""The live server, asked over HTTP and looked at in a browser."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.conftest import post, write_files
from tests.workshop.test_live import CONF, FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

PATIENCE_SECONDS = 40
LONG = "\n\n".join(f"段落{number}。" for number in range(120))


@dataclass
class Server:
    """A running ``tsuzuri serve``."""

    source: Path
    log: Path
    process: subprocess.Popen[bytes]

    def said(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def address(self) -> str:
        found = re.search(r"Serving (http://\S+/)", self.said())
        assert found, self.said()
        return found[1]

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def save(self, files: dict[str, str | bytes | None]) -> None:
        write_files(self.source, files)

    def until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def has(self, path: str, text: str) -> Callable[[], bool]:
        return lambda: text in self.get(path)[1]


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    """A port that something else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, taken: int) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    source, log = folder / "src", folder / "log"
    write_files(source, {**FILES, "posts/long.md": post(LONG, title="長い", date="2024-02-01")})
    (folder / "secret.html").write_text("秘密")
    (source / "_build/serve/html").mkdir(parents=True)
    (source / "_build/serve/html/out.html").symlink_to(folder / "secret.html")
    command = [sys.executable, "-u", "-m", "tsuzuri", "serve", str(source), "--port", str(taken)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    server = Server(source, log, process)
    try:
        server.until(lambda: "Serving" in server.said())
        yield server
    finally:
        process.terminate()
        process.wait(15)


def test_a_port_in_use_is_said_and_the_next_is_taken(server: Server, taken: int) -> None:
    assert f"Port {taken} is in use" in server.said()
    assert server.port > taken
    assert re.search(
        r"\d\d:\d\d:\d\d Built the site: \d+ pages written in \d+\.\d\d s", server.said()
    )


def test_pages_carry_the_script_and_files_do_not(server: Server) -> None:
    """The script of the live server is published."""
    status, text = server.get("/posts/a.html")
    assert status == 200
    assert text.count("/.tsuzuri/live.js") == 1
    page = server.source / "_build/serve/html/posts/a.html"
    assert "/.tsuzuri/" not in page.read_text("utf-8")
    assert server.get("/.tsuzuri/live.js")[0] == 200
    assert server.get("/")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../conf.py",
        "/%2e%2e/conf.py",
        "/..%2fconf.py",
        "/posts/%2e%2e/%2e%2e/%2e%2e/conf.py",
        "/out.html",
        "//etc/passwd",
        "/missing.html",
    ],
)
def test_nothing_but_the_output_is_served(server: Server, path: str) -> None:
    """Anyone who can reach the server reads the writer's files."""
    status, text = server.get(path)
    assert status in {400, 403, 404}
    assert "秘密" not in text
    assert "extensions" not in text
    assert "root:" not in text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "[::1"}, 403),
        ({"Host": "192.168.1.5:{port}"}, 403),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
    ],
)
def test_only_its_own_pages_are_answered(
    server: Server, headers: dict[str, str], status: int
) -> None:
    """A page of another site reads drafts, by a name of its own for this machine."""
    sent = {name: value.format(port=server.port) for name, value in headers.items()}
    for path in ("/index.html", "/.tsuzuri/live.js"):
        assert server.get(path, **sent)[0] == status


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A"}
    assert f"0100007F:{server.port:04X}" in listening
    assert f"00000000:{server.port:04X}" not in listening


def test_a_save_is_shown_and_told(server: Server) -> None:
    server.save({"posts/c.md": post("保存した。", title="丙", date="2024-01-03")})
    server.until(server.has("/posts/c.html", "保存した。"))
    server.until(
        lambda: (
            re.search(
                r"c\.md: shown after 0\.\d\d s, \d+ pages? written in \d+\.\d\d s", server.said()
            )
            is not None
        )
    )


def test_drafts_are_shown_with_a_banner(server: Server) -> None:
    server.save(
        {"posts/draft.md": post("下書き中。", title="草稿", date="2024-03-01", draft="true")}
    )
    server.until(server.has("/posts/draft.html", "下書き中。"))
    assert "tz-draft" in server.get("/posts/draft.html")[1]


def test_news_come_as_events(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS) as line:
        line.sendall(
            f"GET /.tsuzuri/events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
        )
        reader = line.makefile(encoding="utf-8")
        states = (json.loads(text[5:]) for text in reader if text.startswith("data:"))
        first = next(states)
        server.save({"posts/c.md": post("知らせる。", title="丙", date="2024-01-03")})
        shown = server.has("/posts/c.html", "知らせる。")
        assert next(state["build"] for state in states if shown()) > first["build"]


def test_a_thousand_saves_end_with_the_last(server: Server) -> None:
    """The server builds a thousand times, or stops at one in the middle."""
    path = server.source / "posts/b.md"
    before = server.said().count("\n")
    for number in range(1000):
        path.write_text(post(f"第{number}版。", title="乙", date="2024-01-02"), encoding="utf-8")
    server.until(server.has("/posts/b.html", "第999版。"))
    assert server.said().count("\n") - before < 200


def test_a_deleted_folder_is_gone_and_may_come_back(server: Server) -> None:
    server.save({"posts/sub/one.md": post("一つ。", title="枝", date="2024-04-01")})
    server.until(lambda: server.get("/posts/sub/one.html")[0] == 200)
    (server.source / "posts/sub/one.md").unlink()
    (server.source / "posts/sub").rmdir()
    server.until(lambda: server.get("/posts/sub/one.html")[0] == 404)
    server.save({"posts/sub/one.md": post("また。", title="枝", date="2024-04-01")})
    server.until(server.has("/posts/sub/one.html", "また。"))


def test_the_search_follows(server: Server) -> None:
    entry = "/pagefind/pagefind-entry.json"
    server.until(lambda: server.get(entry)[0] == 200)
    before = server.get(entry)[1]
    server.save({"posts/c.md": post("検索語彙。", title="丙", date="2024-01-03")})
    server.until(lambda: server.get(entry)[1] != before)
    server.until(lambda: "search: indexed in" in server.said())


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1000, "height": 600})
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    page.goto(f"{server.address}posts/long.html")
    page.wait_for_function("document.readyState === 'complete'")
    page.wait_for_timeout(500)
    yield page
    page.close()


@pytest.mark.browser
def test_the_page_changes_in_place(page: Page, server: Server) -> None:
    """The writer loses the place in the text at every save."""
    details = "<details><summary>開く</summary>\n\n中身。\n\n</details>\n\n"
    server.save({"posts/long.md": post(details + LONG, title="長い", date="2024-02-01")})
    page.wait_for_selector("main details", state="attached")
    page.evaluate(
        "document.querySelector('main details').open = true; scrollTo({top: 900, behavior: 'instant'})"
    )
    page.evaluate("window.same = true")
    changed = LONG.replace("段落100。", "直した段落。")
    server.save({"posts/long.md": post(details + changed, title="長い", date="2024-02-01")})
    page.wait_for_function("document.body.textContent.includes('直した段落。')")
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.querySelector('main details').open") is True
    assert abs(page.evaluate("scrollY") - 900) < 5


@pytest.mark.browser
def test_a_mistake_is_shown_and_goes_when_it_is_mended(page: Page, server: Server) -> None:
    """A build fails behind the writer's back."""
    shown = "document.querySelector('#tsuzuri-live')?.shadowRoot.textContent ?? ''"
    (server.source / "conf.py").write_text(CONF + "\n1 +\n", encoding="utf-8")
    page.wait_for_function(f"({shown}).includes('conf.py:10')")
    (server.source / "conf.py").write_text(CONF, encoding="utf-8")
    page.wait_for_function(f"({shown}) === ''")
    server.save(
        {
            "posts/c.md": post(
                "[無い](<b>missing.md)へ。\n\n[無い](missing.md)へ。", title="丙", date="2024-01-03"
            )
        }
    )
    page.wait_for_function(f"({shown}).includes('posts/c.md:8')")
    server.save({"posts/c.md": post("直した。", title="丙", date="2024-01-03")})
    page.wait_for_function(f"({shown}) === ''")


@pytest.mark.browser
def test_a_template_and_the_configuration_are_followed(page: Page, server: Server) -> None:
    template = (
        '{% extends "!page.html" %}{% block body %}<p id="own">型</p>{{ super() }}{% endblock %}'
    )
    server.save({"templates/page.html": template})
    page.wait_for_selector("#own")
    (server.source / "conf.py").write_text(CONF.replace("試し", "改名"), encoding="utf-8")
    page.wait_for_function("document.title.includes('改名')")
    server.save({"templates/page.html": None, "conf.py": CONF})
    page.wait_for_function("!document.querySelector('#own') && document.title.includes('試し')")
