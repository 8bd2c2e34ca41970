"""The how-to pages on hosting: each file that they show is read by the program it is for."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import make_build, post
from tests.content.markdown import ROOT, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Site

HOWTO = ROOT / "docs" / "howto"
START = ROOT / "src" / "tsuzuri" / "workshop" / "start"


def block(page: str, kind: str) -> str:
    """Return the one block of *kind* of a how-to page."""
    text = (HOWTO / page).read_text(encoding="utf-8")
    [found] = [item.code for item in blocks(HOWTO / page) if item.kind == kind] or re.findall(
        rf"^ +```{kind}\n(.*?)^ +```$", text, flags=re.MULTILINE | re.DOTALL
    )
    return found


def test_read_the_docs() -> None:
    """Who follows the page and who runs `tsuzuri init` get the same file; ours is a superset."""
    shown = block("host-on-read-the-docs.md", "yaml")
    assert shown == (START / "dot-readthedocs.yaml.tmpl").read_text(encoding="utf-8")
    ours = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text(encoding="utf-8"))
    theirs = yaml.safe_load(shown)
    for key in ("version", "sphinx", "formats", "search"):
        assert ours[key] == theirs[key], key
    assert set(theirs["build"]["apt_packages"]) <= set(ours["build"]["apt_packages"])


def test_github_pages() -> None:
    """The workflow shown does what the repository's own does, with the versions of today."""
    shown = yaml.safe_load(block("host-on-github-pages.md", "yaml"))
    ours = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
    assert shown["permissions"] == ours["permissions"]
    assert shown["concurrency"] == ours["concurrency"]
    mine, own = shown["jobs"]["publish"], ours["jobs"]["publish"]
    assert (mine["runs-on"], mine["environment"]) == (own["runs-on"], own["environment"])
    uses = [step["uses"] for step in own["steps"] if "uses" in step]
    wanted = [name for name in uses if "configure-pages" not in name]
    assert [step["uses"] for step in mine["steps"] if "uses" in step] == wanted
    ids = {step.get("id") for step in mine["steps"]}
    assert "deployment" in ids, "the environment's address is an output of this step"
    [build] = [step["run"] for step in mine["steps"] if "sphinx" in step.get("run", "")]
    assert build.endswith(" _site"), "the folder that upload-pages-artifact takes by default"


def test_netlify_and_cloudflare() -> None:
    page = "host-on-cloudflare-or-netlify.md"
    config = tomllib.loads(block(page, "toml"))
    text = (HOWTO / page).read_text(encoding="utf-8")
    assert f"`{config['build']['command']}`" in text
    assert config["build"]["command"].endswith(f" {config['build']['publish']}")
    assert config["build"]["environment"] == {"PYTHON_VERSION": "3.13"}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site that servers may read, whoever they run as."""
    files: dict[str, str | bytes | None] = {
        "posts/a.md": post(title="題", tags="[機械学習]"),
        "public/.htaccess": block("host-on-a-server.md", "apache"),
        "public/wiki/index.html": "A folder's page.\n",
    }
    with TemporaryDirectory(prefix="tsuzuri-hosted-") as folder:
        Path(folder).chmod(0o755)
        yield make_build(Path(folder))(files, html_extra_path=["public"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(address: str) -> tuple[int, str, str]:
    """Return status, media type and text of the answer to a request."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


@contextmanager
def running(command: list[str], address: str, **variables: str) -> Iterator[str]:
    """Run a server until the end of the block; give its address when it answers."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **variables}
    )
    try:
        for _ in range(200):
            assert process.poll() is None, process.communicate()[0].decode()
            try:
                ask(address)
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


def is_served_well(address: str, *, folder: int = 404) -> None:
    """Check what a reader and a program find at *address*; *folder*: a folder without a page."""
    status, kind, text = ask(address)
    assert (status, kind.lower()) == (200, "text/html; charset=utf-8")
    assert "試しの綴り" in text
    assert ask(f"{address}posts/a.html")[0] == 200
    assert ask(f"{address}posts/a")[0] == 200, "an address without its ending"
    assert ask(f"{address}blog")[0] == 200, "a page beside a folder of the same name"
    assert ask(f"{address}blog/tag/%E6%A9%9F%E6%A2%B0%E5%AD%A6%E7%BF%92.html")[0] == 200
    assert ask(f"{address}wiki")[2] == "A folder's page.\n", "an address without its slash"
    for path in ("none", "posts/none.html", "posts/", "_static/"):
        status, kind, text = ask(f"{address}{path}")
        expected = folder if path.endswith("/") else 404
        assert (status, kind.lower()) == (expected, "text/html; charset=utf-8"), path
        assert "tz-find" in text, path
    assert ask(f"{address}site.webmanifest")[1].startswith("application/manifest+json")
    assert ask(f"{address}posts/a.html.md")[1].startswith("text/markdown")
    assert "xml" in ask(f"{address}blog/atom.xml")[1]
    assert ask(f"{address}_static/tsuzuri.css")[1].startswith("text/css")


def needed(*programs: str) -> list[str]:
    """Return the paths of *programs*; skip the test where one is missing."""
    found = [shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in programs]
    if not all(found):
        pytest.skip(f"needs {', '.join(programs)}")
    return [str(path) for path in found]


def test_nginx(site: Site, tmp_path: Path) -> None:
    nginx, openssl = needed("nginx", "openssl")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", "key.pem", "-out", "chain.pem"], cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    port, secure = free_port(), free_port()
    text = block("host-on-a-server.md", "nginx")
    for shown, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"),
        ("/etc/letsencrypt/live/blog.example.com/fullchain.pem", str(tmp_path / "chain.pem")),
        ("/etc/letsencrypt/live/blog.example.com/privkey.pem", str(tmp_path / "key.pem")),
        ("/var/www/blog", str(site.out)),
    ):
        assert text.count(shown) == 1, shown
        text = text.replace(shown, here)
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    plain = text.replace(f"listen 127.0.0.1:{secure} ssl http2;", f"listen 127.0.0.1:{secure};")
    for name, server in (("whole", text), ("plain", plain)):
        (tmp_path / f"{name}.conf").write_text(
            f"daemon off; pid {tmp_path}/pid; error_log stderr;\nevents {{}}\nhttp {{\n"
            f"include /etc/nginx/mime.types; access_log off;\n{temporary}{server}}}\n",
            encoding="utf-8",
        )
    checked = subprocess.run(
        [nginx, "-t", "-c", str(tmp_path / "whole.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    # the checks below without TLS, which this machine's certificate would only be in the way of
    command = [nginx, "-c", str(tmp_path / "plain.conf")]
    with running(command, f"http://127.0.0.1:{secure}/") as address:
        is_served_well(address)


def test_caddy(site: Site, tmp_path: Path) -> None:
    [caddy] = needed("caddy")
    port = free_port()
    text = block("host-on-a-server.md", "caddy")
    file = tmp_path / "Caddyfile"
    file.write_text(text, encoding="utf-8")
    formatted = subprocess.run(
        [caddy, "fmt", str(file)], capture_output=True, text=True, check=True
    ).stdout
    assert formatted == text, "as its own formatter has it"
    text = text.replace("blog.example.com", f"http://127.0.0.1:{port}")
    text = text.replace("/var/www/blog", str(site.out))
    file.write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    command = [caddy, "run", "--config", str(file)]
    with running(command, f"http://127.0.0.1:{port}/", HOME=str(tmp_path)) as address:
        is_served_well(address)


def test_apache(site: Site, tmp_path: Path) -> None:
    [apache] = needed("apache2")
    port, modules = free_port(), "/usr/lib/apache2/modules"
    names = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "filter", "deflate", "autoindex")
    load = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
    (tmp_path / "apache.conf").write_text(
        f"{load}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {tmp_path}/pid\n"
        f"ErrorLog /dev/stderr\nTypesConfig /etc/mime.types\nServerRoot {tmp_path}\n"
        f"DefaultRuntimeDir {tmp_path}\nUser www-data\nGroup www-data\n"
        f"DocumentRoot {site.out}\nDirectoryIndex index.html\n"
        f"<Directory {site.out}>\nAllowOverride All\nRequire all granted\n</Directory>\n",
        encoding="utf-8",
    )
    command = [apache, "-f", str(tmp_path / "apache.conf"), "-DFOREGROUND"]
    with running(command, f"http://127.0.0.1:{port}/") as address:
        is_served_well(address, folder=403)
