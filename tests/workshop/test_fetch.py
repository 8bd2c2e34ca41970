"""Fetching: what comes home, and what is refused on the way."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import ssl
import subprocess
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from tests.conftest import post, write_files
from tests.pixels import bomb, drawing, photo
from tests.workshop import servers
from tests.workshop.servers import Answer, raw_server, serving
from tsuzuri.reading.fetched import read_manifest
from tsuzuri.workshop.cli import cli
from tsuzuri.workshop.fetching import address as addresses
from tsuzuri.workshop.fetching import download as downloads
from tsuzuri.workshop.fetching.address import RefusedError, is_public, target_of
from tsuzuri.workshop.fetching.content import image_of, page_facts
from tsuzuri.workshop.fetching.download import Download, Limits, download
from tsuzuri.workshop.fetching.wanted import cards_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build

PRIVATE = Limits(seconds=1, private=True)
PNG = drawing((60, 40))
PAGE = """<!doctype html><html><head><meta charset="utf-8">
<title>予備の題</title>
<meta property="og:title" content="本の  題&amp;続き"><meta property="og:site_name" content="本棚">
<meta property="og:description" content="説明"><meta property="og:image" content="/cover.png">
</head><body></body></html>""".encode()


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False), ("127.8.8.8", False), ("0.0.0.0", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::a00:1", False), ("ff02::1", False), ("x", False),
    ],
)  # fmt: skip
def test_public_addresses(ip: str, public: bool) -> None:
    assert public == is_public(ip)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.com/a", "gopher://example.com/", "data:,a", "/a.png",
        "http://", "http://user:pass@example.com/", "http://[::1", "http://example.com:99999/",
        "http://exa mple.com/" , "javascript:alert(1)", "http://" + "a" * 64 + ".example/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_followed(url: str) -> None:
    with pytest.raises(RefusedError):
        addresses.addresses_of(target_of(url), private=True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "127.1"]
)
def test_no_way_of_writing_it_leads_into_the_machine(host: str) -> None:
    with serving({"/a.png": Answer(PNG)}) as server:
        with pytest.raises(RefusedError):
            download(server.url("/a.png", host), "", Limits(seconds=1))
        assert server.asked == []


def test_a_redirect_does_not_lead_into_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 stands for the internet here, and 127.0.0.2 for the network behind the wall."""
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1")
    with serving({"/a.png": Answer(PNG)}) as server:
        for place in (server.url("/a.png", "127.0.0.2"), "file:///etc/passwd", "//127.0.0.2/"):
            server.answers["/r"] = Answer(status=302, headers=(("Location", place),))
            with pytest.raises(RefusedError):
                download(server.url("/r"), "", Limits(seconds=1))
        assert server.asked == ["/r"] * 3


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when asked first and private when asked again gains nothing."""
    asked: list[str] = []
    with serving({"/a.png": Answer(PNG)}) as server:

        def lookup(host: str, port: int, *_rest: object, **_more: object) -> list[object]:
            asked.append(host)
            return [(2, 1, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1")
        got = download(server.url("/a.png", "rebind.example"), "", Limits(seconds=1))
        assert got.data == PNG
        assert asked[:1] == ["rebind.example"]
        assert "rebind.example" not in asked[1:]
        assert server.heads[0]["Host"] == f"rebind.example:{server.port}"


def test_redirects_are_followed_and_counted() -> None:
    with serving({"/a.png": Answer(PNG)}) as server:
        server.answers["/1"] = Answer(status=301, headers=(("Location", "/2?q=日本"),))
        server.answers["/2?q=%E6%97%A5%E6%9C%AC"] = Answer(
            status=307, headers=(("Location", server.url("/a.png")),)
        )
        server.answers["/2?q=%C3%A6%C2%97%C2%A5%C3%A6%C2%9C%C2%AC"] = server.answers[
            "/2?q=%E6%97%A5%E6%9C%AC"
        ]
        server.answers["/1"] = Answer(
            status=301, headers=(("Location", "/2?q=%E6%97%A5%E6%9C%AC"),)
        )
        assert download(server.url("/1"), "", PRIVATE).url == server.url("/a.png")
        server.answers["/loop"] = Answer(status=302, headers=(("Location", "/loop"),))
        server.asked.clear()
        with pytest.raises(RefusedError, match="more than 5 times"):
            download(server.url("/loop"), "", PRIVATE)
        assert len(server.asked) == 6


@pytest.mark.parametrize("talk", [servers.silent, servers.slow_head, servers.slow_body])
def test_a_slow_server_is_given_up(talk: servers.Raw) -> None:
    """A byte now and then keeps no fetch waiting."""
    start = time.monotonic()
    with raw_server(talk) as url, pytest.raises(RefusedError, match="too long"):
        download(url, "", Limits(seconds=0.5, private=True))
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("talk", [servers.endless, servers.endless_head, servers.rude])
def test_a_server_that_never_ends_or_is_rude(talk: servers.Raw) -> None:
    with raw_server(talk) as url, pytest.raises(RefusedError):
        download(url, "", Limits(max_bytes=100_000, seconds=2, private=True))


def test_sizes_are_limited_packed_and_unpacked() -> None:
    many = b"a" * 50_000_000
    packed = gzip.compress(many)
    answers = {
        "/large": Answer(b"a" * 200_000),
        "/announced": Answer(b"", headers=(("Content-Length", "99999999999"),)),
        "/gzip": Answer(packed, headers=(("Content-Encoding", "gzip"),)),
        "/deflate": Answer(zlib.compress(many), headers=(("Content-Encoding", "deflate"),)),
    }
    limits = Limits(max_bytes=100_000, seconds=5, private=True)
    with serving(answers) as server:
        for path in answers:
            with pytest.raises(RefusedError, match="larger"):
                download(server.url(path), "", limits)
        assert len(download(server.url("/gzip"), "", limits, cut=True).data) == 100_000


def test_what_the_server_says_of_an_error_is_told() -> None:
    with serving({}) as server, pytest.raises(RefusedError, match="404"):
        download(server.url("/a.png"), "", PRIVATE)


def test_nothing_secret_is_sent() -> None:
    with serving({"/a.png": Answer(PNG)}) as server:
        download(server.url("/a.png"), "image/*", PRIVATE)
        assert {name.lower() for name in server.heads[0]} == {
            "host", "user-agent", "accept", "accept-language", "accept-encoding", "connection",
        }  # fmt: skip


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")
def test_a_server_has_to_prove_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = tmp_path / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example",
         "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    both.write_bytes((tmp_path / "key.pem").read_bytes() + (tmp_path / "cert.pem").read_bytes())
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda _host, port, *_rest, **_more: [(2, 1, 6, "", ("127.0.0.1", port))],
    )
    with serving({"/a.png": Answer(PNG)}, certificate=both) as server:
        good = f"https://good.example:{server.port}/a.png"
        with pytest.raises(RefusedError, match="certificate"):
            download(good, "", PRIVATE)
        trusting = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        monkeypatch.setattr(downloads, "tls", lambda: trusting)
        assert download(good, "", PRIVATE).data == PNG
        with pytest.raises(RefusedError, match="connection failed"):
            download(good.replace("good", "evil"), "", PRIVATE)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def test_images_are_told_by_their_content() -> None:
    assert image_of(PNG)[1] == ".png"
    assert image_of(photo((20, 20)))[1] == ".jpg"
    assert image_of(photo((20, 20), "WEBP"))[1] == ".webp"
    assert image_of(photo((20, 20), "AVIF"))[1] == ".avif"
    data, suffix = image_of(b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG)
    assert (suffix, b"alert" in data) == (".svg", False)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html></html>", b"<!DOCTYPE html><html></html>", bomb(), bomb(10_000, 10_000),
     PNG[:100], b"%PDF-1.4", b"MZ\x90", b"<svg", b"#!/bin/sh"],
)  # fmt: skip
def test_what_is_no_image_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        image_of(data)


def facts(html: str | bytes, content_type: str = "text/html") -> tuple[str, str, str, str]:
    data = html.encode() if isinstance(html, str) else html
    found = page_facts(Download("https://example.com/a/b", data, content_type))
    return found.title, found.description, found.site, found.image


def test_what_a_page_says_of_itself() -> None:
    assert facts(PAGE) == ("本の 題&続き", "説明", "本棚", "https://example.com/cover.png")
    assert facts("<title> 題\n名 </title><meta name=description content=説明>") == (
        "題 名", "説明", "", "",
    )  # fmt: skip
    assert facts("<title>x</title><meta property='og:image' content='javascript:1'>")[3] == ""
    assert facts("<title>\u202e題\u0007</title>")[0] == "題"


@pytest.mark.parametrize("name", ["shift_jis", "euc-jp", "iso-2022-jp", "utf-8"])
def test_pages_in_japanese_encodings(name: str) -> None:
    html = "<title>日本語の題</title>".encode(name)
    assert facts(html, f"text/html; charset={name}")[0] == "日本語の題"
    assert facts(f'<meta charset="{name}">'.encode() + html)[0] == "日本語の題"


@pytest.mark.parametrize("name", ["zlib", "hex", "idna", "undefined", "punycode", "nonsense"])
def test_an_encoding_that_is_none_of_text_ends_no_fetch(name: str) -> None:
    """Python has codecs that don't decode text; a page may name them."""
    html = "<title>日本語の題</title>".encode()
    assert facts(html, f"text/html; charset={name}")[0] == "日本語の題"
    assert facts(f'<meta charset="{name}">'.encode() + html)[0] == "日本語の題"


def test_a_server_says_nothing_to_the_terminal() -> None:
    """The words behind a status, or a type, come from there as they are."""
    assert str(RefusedError("404 \x1b]0;x\x07\x1b[2Jgone")) == "404  ]0;x [2Jgone"


@pytest.mark.parametrize(
    ("html", "content_type"),
    [(b"", "text/html"), (PNG, "image/png"), (b"<p>x", "text/html"), (b"\x00\xff", "text/html"),
     (b"<div>" * 100_000, "text/html"), (b"{}", "application/json")],
)  # fmt: skip
def test_pages_that_say_nothing(html: bytes, content_type: str) -> None:
    with pytest.raises(RefusedError):
        facts(html, content_type)


def test_which_addresses_become_cards() -> None:
    text = (
        "https://a.example/1\n\n文中の https://a.example/no です。\n\n<https://a.example/2>\n\n"
        "@[card](https://a.example/3)\n\n```\nhttps://a.example/no\n```\n\n前の行\n"
        "https://a.example/no\n\n<!--\n\nhttps://a.example/no\n\n-->\n\n"
        "@[youtube](dQw4w9WgXcQ)\n"
    )
    assert list(cards_of(text)) == [
        "https://a.example/1",
        "https://a.example/2",
        "https://a.example/3",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    ]


def fetch(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["fetch", "--seconds", "2", *arguments])


def a_site(root: Path, server: servers.Server) -> None:
    text = (
        f"![図]({server.url('/a.png')})\n\n![図]({server.url('/a.png')}#only-light)\n\n"
        f'<img src="{server.url("/b.svg")}">\n\n{server.url("/page")}\n\n'
        f"![無い]({server.url('/missing.png')})\n\n![手元](local.png)\n"
    )
    write_files(
        root,
        {
            "conf.py": 'extensions = ["tsuzuri"]\nlanguage = "ja"\n',
            "posts/a.md": post(text, image=server.url("/hero.png")),
            "posts/local.png": PNG,
        },
    )


ANSWERS = {
    "/a.png": Answer(PNG),
    "/b.svg": Answer(SVG, "image/svg+xml"),
    "/hero.png": Answer(photo((30, 20)), "text/plain"),
    "/page": Answer(PAGE, "text/html; charset=utf-8"),
    "/cover.png": Answer(PNG),
}


def test_fetching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Build) -> None:
    """What posts show comes home once; a failure is told and the rest goes on."""
    monkeypatch.chdir(tmp_path)
    with serving(dict(ANSWERS)) as server:
        a_site(tmp_path, server)
        told = fetch("--dry-run", "--allow-private")
        assert told.exit_code == 0
        assert server.asked == []
        assert len(told.output.splitlines()) == 5
        result = fetch("--allow-private")
        assert result.exit_code == 1
        assert "4 fetched, 0 there already, 1 failed" in result.output
        assert "missing.png: FAILED, the server answers 404 Not Found (posts/a.md)" in result.output
        assert sorted(set(server.asked)) == sorted([*ANSWERS, "/missing.png"])
        manifest = read_manifest(tmp_path)
        assert {url.partition(str(server.port))[2] for url in manifest} == {
            "/a.png", "/b.svg", "/hero.png", "/cover.png",
        }  # fmt: skip
        entry = manifest[server.url("/a.png")]
        assert (tmp_path / entry.path).read_bytes() == PNG
        assert (entry.type, entry.size) == ("image/png", len(PNG))
        assert manifest[server.url("/hero.png")].type == "image/jpeg"
        assert b"alert" not in (tmp_path / manifest[server.url("/b.svg")].path).read_bytes()
        cards = json.loads((tmp_path / "_fetched/cards.json").read_text(encoding="utf-8"))
        card = cards[server.url("/page")]
        assert (card["title"], card["site"]) == ("本の 題&続き", "本棚")
        assert card["image"] == manifest[server.url("/cover.png")].path

        server.asked.clear()
        again = fetch("--allow-private")
        assert "0 fetched, 4 there already, 1 failed" in again.output
        assert server.asked == ["/missing.png"]
        before = {path: path.read_bytes() for path in (tmp_path / "_fetched").rglob("*.*")}
        fetch("--allow-private", "--refresh")
        assert before == {path: path.read_bytes() for path in (tmp_path / "_fetched").rglob("*.*")}

        (tmp_path / entry.path).write_bytes(b"half")
        server.asked.clear()
        fetch("--allow-private")
        assert "/a.png" in server.asked
        assert (tmp_path / entry.path).read_bytes() == PNG

        write_files(tmp_path, {"posts/a.md": post("本文。")})
        pruned = fetch("--prune")
        assert pruned.exit_code == 0
        assert read_manifest(tmp_path) == {}
        assert not list((tmp_path / "_fetched/images").iterdir())


def test_private_servers_are_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with serving(dict(ANSWERS)) as server:
        a_site(tmp_path, server)
        result = fetch()
        assert result.exit_code == 1
        assert "private network (127.0.0.1); --allow-private fetches it" in result.output
        assert server.asked == []
        assert not (tmp_path / "_fetched").exists()


def test_an_interrupted_fetch_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has come is in the manifest before the next is asked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tsuzuri.workshop.fetch.AT_ONCE", 1)
    with serving(dict(ANSWERS)) as server:
        a_site(tmp_path, server)
        del server.answers["/page"]
        fetch("--allow-private")
        done = set(read_manifest(tmp_path))
        assert len(done) == 3
        server.answers["/page"] = ANSWERS["/page"]
        server.asked.clear()
        fetch("--allow-private")
        assert sorted(server.asked) == ["/cover.png", "/missing.png", "/page"]


def test_a_damaged_manifest_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with serving(dict(ANSWERS)) as server:
        a_site(tmp_path, server)
        write_files(tmp_path, {"_fetched/manifest.json": "[" * 10_000, "_fetched/cards.json": "{"})
        assert "4 fetched" in fetch("--allow-private").output


def test_fetched_things_are_shown(build: Build, tmp_path: Path) -> None:
    """From the command to the page: the site shows its own copies and asks nobody."""
    src = tmp_path / "src"
    with serving(dict(ANSWERS)) as server:
        a_site(src, server)
        write_files(src, {"index.md": "# 題\n"})
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(src)
            fetch("--allow-private")
        port = str(server.port)
    site = build()
    sources = [str(image["src"]) for image in site.article("posts/a.html").select("img")]
    assert sum(port in source for source in sources) == 1, "only the missing one stays remote"
    head = site.page("posts/a.html").select_one('meta[property="og:image"]')
    assert head
    assert "_images/hero-" in str(head["content"])
    assert any("a-" in source and "_images/" in source for source in sources)
