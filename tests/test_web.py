"""Addresses on the web as sources, against a real server on this machine: what is opened, how much, what is saved."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import trustme
from hypothesis import assume, given
from hypothesis import strategies as st

import convert
from convert import InputError, UsageError
from convert.model import Break, BreakKind, NoteRef, Paragraph
from convert.readers import READERS, read_bytes
from convert.sources import sources_of
from convert.walk import plain
from convert.web.address import Policy, checked, file_name, is_public, shown
from convert.web.collect import collect
from convert.web.content import format_of_page, unpacked
from convert.web.fetch import Fetched, Limits, fetch
from convert.web.pages import next_page, stitch
from convert.web.saved import SavedCopy, read_copy, write_copy

ANY = Policy(allow_private=True)
FAST = Limits(max_bytes=100_000, connect=2, read=2, total=5, redirects=3)

ARTICLE = (
    "# The New Harbour Wall\n\nThe wall is eleven metres high, and the town has paid for it.\n\n"
    "## What it cost\n\nIt cost four million crowns, and nobody has complained.\n\nShare this:\n"
)


# -- a server --------------------------------------------------------------------------------------------------

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server on this machine. `pages` maps paths to what they answer; `asked` is what was asked for."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, text: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        self.pages[path] = answer(text.encode() if isinstance(text, str) else text, kind, **headers)
        return self.url(path)


def answer(content: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> Answer:
    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return send


def redirect(target: str, status: int = 302) -> Answer:
    return answer(b"", status=status, Location=target)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from _served()


def _served(certificate: trustme.LeafCert | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, dict(self.headers.items())))
            send = found.pages.get(self.path) or answer(b"nothing here", status=404)
            try:
                send(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        import ssl

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    found = Site(server.server_port)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


def fault(address: str, limits: Limits = FAST, policy: Policy = ANY) -> InputError:
    """The error that an address ends with."""
    with pytest.raises(InputError) as caught:
        fetch(address, limits, policy)
    assert caught.value.where
    assert caught.value.hint
    return caught.value


# -- which addresses -------------------------------------------------------------------------------------------

PRIVATE = (
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",  # where clouds keep their secrets
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2606:4700::5efe:c0a8:101",  # ISATAP
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "no number",
)
PUBLIC = ("1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001::8a")
PUBLIC_INSIDE = ("::ffff:93.184.215.14", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1")


@pytest.mark.parametrize("number", PRIVATE)
def test_private_numbers_are_refused(number: str) -> None:
    assert not Policy().allows(number)
    assert ANY.allows(number)


@pytest.mark.parametrize("number", PUBLIC + PUBLIC_INSIDE)
def test_public_numbers_are_allowed(number: str) -> None:
    assert Policy().allows(number)


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_is_public(address: IPv4Address | IPv6Address) -> None:
    assume(int(address) >> 32 != 0x64FF9B << 64)  # NAT64: Python knows nothing of what is inside
    inside = isinstance(address, IPv6Address) and (address.ipv4_mapped or address.sixtofour)
    judged = inside or address
    special = judged.is_private or judged.is_multicast or judged.is_reserved or judged.is_loopback
    if special or judged.is_link_local or judged.is_unspecified:
        assert not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_counts_as_itself(address: IPv4Address) -> None:
    number, expected = int(address), is_public(str(address))
    for wrapped in ((0xFFFF << 32) | number, (0x64FF9B << 96) | number, (0x2002 << 112) | (number << 80)):
        assert is_public(str(IPv6Address(wrapped))) is expected


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "javascript://x",
        "http://",
        "http:///a",
        "http://[::1/",
        "http://a:b/",
    ],
)
def test_other_schemes_and_broken_addresses(address: str) -> None:
    with pytest.raises(InputError) as caught:
        checked(address)
    assert caught.value.exit_code == 3
    with pytest.raises(InputError):
        sources_of([address])


def test_a_password_is_refused_and_never_shown() -> None:
    with pytest.raises(InputError) as caught:
        checked("https://ann:secret@example.org/a")
    assert "secret" not in str(caught.value)
    assert "ann" not in str(caught.value)
    assert shown("https://ann:secret@example.org/a") == "https://example.org/a"


@given(st.text(), st.sampled_from(["", "http://", "https://a.example/", "http://[", "https://a@"]))
def test_any_text_is_an_address_or_a_clear_error(text: str, start: str) -> None:
    try:
        address = checked(start + text)
    except InputError:
        address = "https://a.example/"
    assert checked(address) == address
    file_name(start + text)
    shown(start + text)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/2024/05/the-harbour-wall/", "the-harbour-wall"),
        ("https://example.org/2024/the-wall.html?x=1", "the-wall"),
        ("https://example.org/the-wall/index.html", "the-wall"),
        ("https://example.org/the-wall/12345", "the-wall"),
        ("https://www.example.org/", "example.org"),
        ("https://example.org/%C3%BCber-uns", "über-uns"),
    ],
)
def test_what_an_address_is_called(address: str, name: str) -> None:
    assert file_name(address) == name


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_this_machine_is_refused_by_any_name(site: Site, host: str) -> None:
    site.page("/a", "<p>Secret</p>")
    error = fault(site.url("/a", host), policy=Policy())
    assert "public internet" in error.problem
    assert "--allow-private" in error.hint
    assert site.asked == []


@dataclass(frozen=True)
class Only(Policy):
    number: str = ""

    def allows(self, number: str) -> bool:
        return number == self.number


def _names(monkeypatch: pytest.MonkeyPatch, answers: Iterator[list[str]]) -> None:
    """A name server that answers differently each time; there is none to be had on a machine that is tested on."""

    real = socket.getaddrinfo

    def resolve(host: str, port: int, *arguments: Any, **named: Any) -> list[Any]:
        if not host.endswith(".example"):
            return real(host, port, *arguments, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in next(answers)]

    monkeypatch.setattr("convert.web.transport.socket.getaddrinfo", resolve)


def test_a_second_answer_of_the_name_server_leads_nowhere(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.page("/a", "<p>Secret</p>")
    _names(monkeypatch, iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]]))
    fault(site.url("/a", "rebound.example"), Limits(connect=1, total=2), Only(number="127.0.0.2"))
    assert site.asked == []


def test_only_the_allowed_number_of_a_name_is_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.page("/a", "<p>Here</p>")
    _names(monkeypatch, iter([["127.0.0.9", "127.0.0.1"]]))
    assert fetch(site.url("/a", "two.example"), FAST, Only(number="127.0.0.1")).content == b"<p>Here</p>"
    assert site.asked[0][1]["Host"] == f"two.example:{site.port}"


def test_unknown_host() -> None:
    assert "not known" in fault("http://no-such-host.invalid/").problem


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert "cannot be connected" in fault(f"http://127.0.0.1:{taken.getsockname()[1]}/").problem


# -- TLS -------------------------------------------------------------------------------------------------------


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


def test_https_with_the_name_in_the_certificate(authority: trustme.CA) -> None:
    for site in _served(authority.issue_cert("localhost")):
        site.page("/a", "<p>Here</p>")
        assert fetch(f"https://localhost:{site.port}/a", FAST, ANY).content == b"<p>Here</p>"


def test_https_with_another_name_in_the_certificate(authority: trustme.CA) -> None:
    for site in _served(authority.issue_cert("other.example", "127.0.0.1")):
        site.page("/a", "<p>Here</p>")
        error = fault(f"https://localhost:{site.port}/a")
        assert "No safe connection" in error.problem
        assert site.asked == []


def test_https_of_an_authority_that_nobody_knows() -> None:
    for site in _served(trustme.CA().issue_cert("localhost")):
        assert "No safe connection" in fault(f"https://localhost:{site.port}/a").problem


def test_https_asked_of_a_server_without(site: Site) -> None:
    assert "No safe connection" in fault(f"https://127.0.0.1:{site.port}/a").problem


# -- what comes back -------------------------------------------------------------------------------------------


def test_what_is_asked_and_what_is_known(site: Site) -> None:
    url = site.page("/a", "<p>Ä</p>", 'Text/HTML; charset="ISO-8859-1"', ETag='"1"', Last_Modified="Mon")
    got = fetch(url + "#part", FAST, ANY)
    assert (got.asked, got.url, got.content) == (url, url, "<p>Ä</p>".encode())
    assert (got.content_type, got.charset, got.etag, got.last_modified) == ("text/html", "iso-8859-1", '"1"', "Mon")
    headers = site.asked[0][1]
    assert headers["User-Agent"].startswith(f"clearcopy/{convert.__version__}")
    assert headers["Accept"].startswith("text/html")
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert site.asked[0][0] == "/a"


def test_a_proxy_in_the_environment_is_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(site.page("/a", "<p>Here</p>"), FAST, ANY).content


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, status: int) -> None:
    site.page("/b/c", "<p>There</p>")
    site.pages["/a"] = redirect("b/c", status)
    got = fetch(site.url("/a"), FAST, ANY)
    assert (got.asked, got.url) == (site.url("/a"), site.url("/b/c"))


def test_cookies_of_a_redirect_are_kept(site: Site) -> None:
    def wants_cookie(request: BaseHTTPRequestHandler) -> None:
        if "seen=1" in request.headers.get("Cookie", ""):
            answer(b"<p>Here</p>")(request)
        else:
            answer(b"", status=302, Location="/a", Set_Cookie="seen=1; Path=/")(request)

    site.pages["/a"] = wants_cookie
    assert fetch(site.url("/a"), FAST, ANY).content == b"<p>Here</p>"


def test_a_loop_of_redirects_ends(site: Site) -> None:
    site.pages["/a"], site.pages["/b"] = redirect("/b"), redirect("/a")
    assert "more than 3 times" in fault(site.url("/a")).problem
    assert len(site.asked) == FAST.redirects + 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:text/html,a"]
)
def test_a_redirect_to_another_scheme(site: Site, target: str) -> None:
    site.pages["/a"] = redirect(target)
    error = fault(site.url("/a"))
    assert "Only http and https" in error.problem
    assert site.url("/a") in error.where


def test_a_redirect_to_this_machine_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.page("/secret", "<p>Secret</p>")
    site.pages["/a"] = redirect(site.url("/secret", "inside.example"))
    answers = {"outside.example": "127.0.0.1", "inside.example": "127.0.0.3"}
    real = socket.getaddrinfo
    monkeypatch.setattr(
        "convert.web.transport.socket.getaddrinfo",
        lambda host, *rest, **named: real(answers.get(host, host), *rest, **named),
    )
    error = fault(site.url("/a", "outside.example"), policy=Only(number="127.0.0.1"))
    assert "127.0.0.3" in error.problem
    assert "inside.example" in error.where
    assert [path for path, _ in site.asked] == ["/a"]


def test_a_redirect_with_a_password(site: Site) -> None:
    site.pages["/a"] = redirect(f"http://ann:secret@127.0.0.1:{site.port}/b")
    error = fault(site.url("/a"))
    assert "password" in error.problem
    assert "secret" not in str(error)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_an_error_of_the_site(site: Site, status: int) -> None:
    site.pages["/a"] = answer(b"<p>No</p>", status=status)
    assert f"answers {status}" in fault(site.url("/a")).problem


def _endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(100_000):
        request.wfile.write(b"<p>again</p>" * 1000)


def test_an_endless_page_ends_at_the_limit(site: Site) -> None:
    site.pages["/a"] = _endless
    assert "more than 100000 bytes" in fault(site.url("/a")).problem


def test_a_page_that_says_it_is_too_large_is_not_begun(site: Site) -> None:
    site.page("/a", b"x" * 200_000)
    assert "more than" in fault(site.url("/a")).problem
    assert len(fetch(site.page("/b", b"x" * 100_000), FAST, ANY).content) == 100_000


def _dripping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(600):
        request.wfile.write(b"a")
        request.wfile.flush()
        time.sleep(0.05)


def _dripping_head(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(600):
        request.wfile.write(b"X-%d: a\r\n" % number)
        request.wfile.flush()
        time.sleep(0.05)


def _silent(_request: BaseHTTPRequestHandler) -> None:
    time.sleep(5)


@pytest.mark.parametrize("slow", [_dripping, _dripping_head, _silent])
def test_a_slow_page_ends_with_its_time(site: Site, slow: Answer) -> None:
    site.pages["/a"] = slow
    start = time.monotonic()
    error = fault(site.url("/a"), Limits(read=5, total=0.6))
    assert time.monotonic() - start < 2
    assert "0.6 seconds" in error.problem
    assert "--timeout" in error.hint


def test_a_silent_page_ends_with_the_time_for_one_step(site: Site) -> None:
    site.pages["/a"] = _silent
    assert "sent nothing for 0.3 seconds" in fault(site.url("/a"), Limits(read=0.3, total=5)).problem


def test_a_page_that_is_cut_off(site: Site) -> None:
    site.pages["/a"] = answer(b"<p>Half of", **{"Content-Length": "5000", "Connection": "close"})
    assert "before the whole page" in fault(site.url("/a")).problem


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"220 mail.example ready\r\n",
        b"\x16\x03\x01\x00",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[broken\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: //\xff\xfe/\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://a..b/\r\n\r\n",
        OK + b"Content-Length: many\r\n\r\n",
        OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        OK + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
        OK + b"no colon\r\n\r\n",
        OK + b"Content-Encoding: \xff\r\n\r\nab",
    ],
)
def test_what_is_no_answer(raw: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_say, args=(server, raw), daemon=True).start()
        fault(f"http://127.0.0.1:{server.getsockname()[1]}/")


@pytest.mark.parametrize(
    "head",
    [b"Content-Type: \xff;charset=\xfe", b"Content-Type: text/html; charset", b"Set-Cookie: \xff; a", b"ETag: \xff"],
)
def test_odd_headers(head: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_say, args=(server, OK + head + b"\r\n\r\n<p>Here</p>"), daemon=True).start()
        assert fetch(f"http://127.0.0.1:{server.getsockname()[1]}/", FAST, ANY).content == b"<p>Here</p>"


def _say(server: socket.socket, raw: bytes) -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError):
        connection.recv(10_000)
        connection.sendall(raw)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("gzip", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:])),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
def test_packed_pages(site: Site, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    text = b"<p>" + b"the wall " * 5000
    assert fetch(site.page("/a", pack(text), Content_Encoding=encoding), FAST, ANY).content == text


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_ends_at_the_limit(site: Site, encoding: str) -> None:
    packed = (gzip if encoding == "gzip" else zlib).compress(bytes(50 * 2**20))
    assert len(packed) < FAST.max_bytes
    assert "more than" in fault(site.page("/a", packed, Content_Encoding=encoding)).problem


def test_a_bomb_is_unpacked_step_by_step() -> None:
    pieces = unpacked([gzip.compress(bytes(20 * 2**20))], "gzip")
    assert max(map(len, pieces)) <= 65_536


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("gzip", b"<p>not packed"),
        ("gzip", gzip.compress(b"the wall" * 99)[:-20]),
        ("br", b"abc"),
        ("gzip, gzip", b"abc"),
    ],
)
def test_wrongly_packed_pages(site: Site, encoding: str, content: bytes) -> None:
    assert "cannot be unpacked" in fault(site.page("/a", content, Content_Encoding=encoding)).problem


# -- formats and encodings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "path", "content", "expected"),
    [
        ("text/html", "/a.md", b"", "html"),
        ("application/xhtml+xml", "/a", b"", "html"),
        ("text/markdown", "/a", b"", "markdown"),
        ("text/plain", "/a", b"<html>", "text"),
        ("text/plain", "/a.md", b"", "markdown"),
        ("", "/a", b"\xef\xbb\xbf \n<!DOCTYPE html>", "html"),
        ("application/octet-stream", "/a.txt", b"", "text"),
        ("application/octet-stream", "/a", b"{\\rtf1 The wall.}", "rtf"),
        ("application/epub+zip", "/a", b"", "epub"),
        ("text/plain", "/a.rst", b"", "rst"),
    ],
)
def test_formats(kind: str, path: str, content: bytes, expected: str) -> None:
    assert format_of_page(content, kind, f"https://example.org{path}") == expected


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "video/mp4", "x/y", ""])
def test_what_is_no_article(site: Site, kind: str) -> None:
    url = site.page("/a", b"%PDF-1.7", kind)
    with pytest.raises(InputError) as caught:
        convert.read(url, allow_private=True)
    assert "not an article's page" in caught.value.problem
    assert caught.value.where == url


def test_bytes_that_are_no_text(site: Site) -> None:
    with pytest.raises(InputError):
        convert.read(site.page("/a", bytes(range(256)) * 20, "text/plain"), allow_private=True)


@pytest.mark.parametrize(
    ("stated", "real"),
    [
        ("windows-1251", "windows-1251"),
        ("iso-8859-2", "iso-8859-2"),
        ("iso-2022-jp", "iso-2022-jp"),
        ("utf-16le", "utf-16le"),
        ("iso-8859-1", "utf-8"),  # stated wrongly
        ("koi8-r", "utf-8"),
        ("no-such-charset", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_the_stated_encoding(site: Site, stated: str, real: str) -> None:
    texts = {"iso-2022-jp": "日本の港", "iso-8859-2": "Zażółć gęślą jaźń"}
    text = texts.get(real, "Стена высотой в одиннадцать метров, и город за неё заплатил.")
    url = site.page("/a", text.encode(real), f"text/plain; charset={stated}" if stated else "text/plain")
    assert plain(convert.read(url, allow_private=True)) == text


def test_utf_8_that_is_none(site: Site) -> None:
    text = "The wall isn’t high, “and the town” has paid for it; nobody complained, or at least none that we know of."
    url = site.page("/a", text.encode("cp1252"), "text/plain; charset=utf-8")
    assert plain(convert.read(url, allow_private=True)) == text


# -- articles of several pages ---------------------------------------------------------------------------------


def linked(reference: str, head: str = "", body: str = "<p>The wall.</p>") -> str:
    return f'<html><head>{head}</head><body>{body}<a rel="next" href="{reference}">Next</a></body></html>'


PAGES = (
    # this page, what it links to, the first page
    ("https://a.example/2024/wall/", "/2024/wall/2/", ""),
    ("https://a.example/2024/wall/2/", "/2024/wall/3/", "https://a.example/2024/wall/"),
    ("https://a.example/wall?id=12", "/wall?id=12&page=2", ""),
    ("https://a.example/wall?id=12&page=2", "/wall?id=12&page=3", "https://a.example/wall?id=12"),
    ("https://a.example/wall?page=1", "?page=2", ""),
    ("https://a.example/wall", "?page=1", ""),  # counted from 0
    ("https://a.example/wall.html", "wall_2.html", ""),
    ("https://a.example/wall_2.html", "wall_3.html", "https://a.example/wall.html"),
    ("https://a.example/wall.html", "wall-page-2.html", ""),
    ("https://a.example/wall", "/wall/seite-2", ""),
    ("https://a.example/wall/index.html", "index_2.html", ""),
    ("https://a.example/wall?utm_source=feed", "https://www.a.example/wall?page=2", ""),
)
OTHERS = (
    ("https://a.example/2024/wall/", "/2024/the-harbour/", ""),  # as WordPress links the next post
    ("https://a.example/wall/", "/wall-2/", ""),  # another post of the same title
    ("https://a.example/2024/05/12/", "/2024/05/13/", ""),
    ("https://a.example/posts/1", "/posts/2", ""),
    ("https://a.example/?p=12", "/?p=13", ""),
    ("https://a.example/wall?p=12", "/wall?p=13", ""),
    ("https://a.example/wall?id=12", "/wall?id=13&page=2", ""),
    ("https://a.example/", "/page/2/", ""),
    ("https://a.example/wall", "https://b.example/wall/2", ""),
    ("https://a.example/wall", "/wall?page=2#comments", ""),
    ("https://a.example/wall", "/wall/comment-page-2/", ""),
    ("https://a.example/wall/2", "/wall/1", "https://a.example/wall"),
    ("https://a.example/wall/2", "/wall/2", "https://a.example/wall"),
    ("https://a.example/wall", "javascript:next()", ""),
    ("https://a.example/wall", "http://[broken", ""),
    ("https://a.example/wall", "", ""),
)


@pytest.mark.parametrize(("url", "reference", "first"), PAGES)
def test_next_pages(url: str, reference: str, first: str) -> None:
    assert next_page(linked(reference), url, first)
    head = f'<link rel="next" href="{reference}">'
    assert next_page(f"<html><head>{head}</head><body><p>The wall.</p></body></html>", url, first)


@pytest.mark.parametrize(("url", "reference", "first"), OTHERS)
def test_links_that_lead_elsewhere(url: str, reference: str, first: str) -> None:
    assert next_page(linked(reference), url, first) is None


def test_what_a_page_says_of_itself() -> None:
    url, more = "https://a.example/news/", "/news/page/2/"
    teasers = "<article><h2><a href='/a'>A wall</a></h2></article>" * 3
    assert next_page(linked(more), url)
    assert next_page(linked(more, '<meta property="og:type" content="website">'), url) is None
    assert next_page(linked(more, body=teasers), url) is None
    assert next_page(linked(more, '<meta property="og:type" content="article">', teasers), url)
    assert next_page(linked("2/", '<base href="https://a.example/wall/">'), "https://a.example/wall")
    canonical = '<link rel="canonical" href="https://a.example/wall">'
    assert next_page(linked("/wall/2", canonical), "https://a.example/go?to=wall") == "https://a.example/wall/2"
    comments = '<div id="comments"><a rel="next" href="?page=2">Older</a></div>'
    assert next_page(f"<p>The wall.</p>{comments}", "https://a.example/wall") is None


@given(st.text(max_size=60), st.sampled_from(["https://a.example/wall", "https://a.example/wall/2"]))
def test_any_reference_is_a_next_page_or_none(reference: str, url: str) -> None:
    found = next_page(linked(reference.replace('"', "&quot;")), url)
    assert found is None or found.startswith(("http:", "https:"))


def test_any_html_has_a_next_page_or_none() -> None:
    for html in ("", "<", "<a rel=next>", "\0", "<base href='http://['><a rel=next href=2>"):
        assert next_page(html, "https://a.example/wall") in (None, "https://a.example/2")


def test_the_pages_of_an_article_are_fetched(site: Site) -> None:
    site.page("/wall", linked("/wall/2"))
    site.page("/wall/2", linked("/wall/3", body="<p>It is high.</p>"))
    site.page("/wall/3", "<p>It is long.</p>")
    copy = collect(site.url("/wall"), FAST, ANY, lambda _what: None)
    assert [page.url for page in copy.pages] == [site.url(path) for path in ("/wall", "/wall/2", "/wall/3")]
    assert len(collect(site.url("/wall"), Limits(pages=2), ANY, lambda _what: None).pages) == 2


FIRST = linked("/wall/2", '<meta property="article:published_time" content="2024-05-01T10:00:00Z">')


@pytest.mark.parametrize(
    ("second", "pages"),
    [
        (redirect("/wall"), 1),
        (redirect("/"), 1),
        (answer(FIRST.encode()), 1),  # the first page again
        (answer(linked("/wall", body="<p>It is high.</p>").encode()), 2),  # a loop
        (answer(linked("/wall/2", body="<p>It is high.</p>").encode()), 2),
        (answer(b'<meta property="article:published_time" content="2024-05-02"><p>Another.</p>'), 1),
        (answer(b'<script type="application/ld+json">{"datePublished": "2024-05-02"}</script><p>Another.</p>'), 1),
        (answer(b'<script type="application/ld+json">{"datePublished": "2024-05-01"}</script><p>High.</p>'), 2),
        (answer(b"%PDF-1.7", "application/pdf"), 1),
    ],
)
def test_what_is_no_further_page(site: Site, second: Answer, pages: int) -> None:
    site.page("/", "<p>Welcome</p>")
    site.page("/wall", FIRST)
    site.pages["/wall/2"] = second
    copy = collect(site.url("/wall"), FAST, ANY, lambda _what: None)
    assert copy.pages[0].url == site.url("/wall")
    assert len(copy.pages) == pages
    assert len(site.asked) <= 3


def test_a_further_page_that_is_missing_is_an_error(site: Site) -> None:
    site.page("/wall", linked("/wall/2"))
    with pytest.raises(InputError) as caught:
        collect(site.url("/wall"), FAST, ANY, lambda _what: None)
    assert "--pages 1" in caught.value.hint
    assert collect(site.url("/wall"), Limits(pages=1), ANY, lambda _what: None).pages


def test_pages_without_end(site: Site) -> None:
    for number in range(1, 60):
        site.page("/wall" if number == 1 else f"/wall/{number}", linked(f"/wall/{number + 1}", body=f"<p>{number}</p>"))
    with pytest.raises(InputError) as caught:
        collect(site.url("/wall"), FAST, ANY, lambda _what: None)
    assert "goes on after 40 pages" in caught.value.problem
    assert len(collect(site.url("/wall"), Limits(pages=45), ANY, lambda _what: None).pages) == 45


def test_stitched_pages() -> None:
    pages = [
        read_bytes(text.encode(), name, "markdown")
        for name, text in (
            (
                "https://a.example/wall",
                "# The Wall\n\nThe wall is[^1] eleven metres high, and the town\n\n[^1]: Since May.\n",
            ),
            ("https://a.example/wall/2", "has paid for all of it.[^1]\n\nNobody complained.\n\n[^1]: In June.\n"),
        )
    ]
    whole = stitch(pages)
    assert [note.label for note in whole.notes] == ["1", "1-page-2"]
    assert [block.origin.place for block in whole.blocks[2:]] == ["page 2", "page 2, line 1", "page 2, line 3"]
    assert isinstance(whole.blocks[2], Break)
    assert whole.blocks[2].kind is BreakKind.PAGE
    second = whole.blocks[3]
    assert isinstance(second, Paragraph)
    assert NoteRef("1-page-2") in second.children
    cleaned = convert.clean(whole)
    assert "the town has paid for all of it." in plain(cleaned.document)
    assert any(record.code == "JOIN101" and "page 2" in record.place for record in cleaned.ledger)


def pages_of(*texts: str) -> convert.Document:
    """An article in Markdown, put together from its pages."""
    names = ["https://a.example/wall", "https://a.example/wall/2", "https://a.example/wall/3"]
    return stitch([read_bytes(text.encode(), name, "markdown") for text, name in zip(texts, names, strict=False)])


HIGH = "The wall is eleven metres high, and it was built over nine years by the people of the town, who"
PAID = "have since paid for all of it. Nobody has complained so far, or nobody whom this paper could find."


@pytest.mark.parametrize(
    "pager",
    [
        "[Next page](https://a.example/wall/2)",
        "**[Next](https://www.a.example/wall/2/#top) »**",
        "1 [2](https://a.example/wall/2)",
        "- 1\n- [2](https://a.example/wall/2)\n- [Next](https://a.example/wall/2)",
        "Page 1 of 2: [1](https://a.example/wall?page=1) [2](https://a.example/wall/2)",
    ],
)
def test_links_between_the_pages_go(pager: str) -> None:
    cleaned = convert.clean(pages_of(f"# The Wall\n\n{HIGH}\n\n{pager}\n", PAID))
    assert [plain(block) for block in cleaned.document.blocks if plain(block) != "The Wall"] == [f"{HIGH} {PAID}"]
    assert [record.code for record in cleaned.ledger].count("PAGE104") == 1
    assert not [record for record in convert.clean(cleaned.document).ledger if record.code == "PAGE104"]


@pytest.mark.parametrize(
    "line",
    [
        "What the town paid for all of it is told [on the next page](https://a.example/wall/2).",
        "[The harbour](https://a.example/harbour)",  # another article
        "[The wall](https://a.example/wall)",  # this page
        "[Next](https://a.example/wall/2) [Harbour Post](https://a.example/)",
        "[![The wall in May](https://a.example/wall.png)](https://a.example/wall/2)",
        "- [Costs](https://a.example/wall/2)\n- Nobody has complained of the costs so far.",
        "## [The costs](https://a.example/wall/2)",
    ],
)
def test_other_links_stay(line: str) -> None:
    whole = pages_of(f"# The Wall\n\n{HIGH} were there.\n\n{line}\n", f"They {PAID}")
    assert "PAGE104" not in [record.code for record in convert.clean(whole).ledger]


def test_one_page_keeps_its_links() -> None:
    text = f"# The Wall\n\n{HIGH} were there.\n\n[Next page](https://a.example/wall/2)\n"
    assert "PAGE104" not in [record.code for record in convert.clean(pages_of(text)).ledger]


def test_one_page_is_itself() -> None:
    document = read_bytes(ARTICLE.encode(), "a.md")
    assert stitch([document]) == document


@pytest.mark.skipif("html" not in READERS, reason="web pages are not read yet")
def test_a_web_page_of_two_pages_becomes_one_article(site: Site, tmp_path: Path) -> None:
    top = '<!doctype html><html lang="en"><head><title>The Harbour Wall</title></head><body><main><article>'
    top += "<h1>The Harbour Wall</h1>"
    site.page("/wall", f'{top}<p>{HIGH}</p><p><a rel="next" href="/wall/2">Next page</a></p></article></main></body>')
    site.page("/wall/2", f'{top}<p>{PAID}</p><p>1 <a href="/wall">Back</a></p></article></main></body></html>')
    one = convert.publish([site.url("/wall")], tmp_path / "a", formats=("md",), allow_private=True)[0]
    assert one.errors == ()
    text = (tmp_path / "a" / "wall.md").read_text()
    assert f"{HIGH} {PAID}" in text
    assert "Next page" not in text
    site.pages.clear()
    convert.publish([tmp_path / "a" / "wall.source"], tmp_path / "b", formats=("md",))
    for name in ("wall.md", "wall.ledger.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


# -- the saved copy --------------------------------------------------------------------------------------------


def published(site: Site, folder: Path, **options: Any) -> convert.Published:
    return convert.publish([site.url("/2024/wall/")], folder, formats=("md",), allow_private=True, **options)[0]


@pytest.fixture
def article(site: Site) -> Site:
    site.page("/2024/wall/", ARTICLE, "text/markdown; charset=utf-8", ETag='"7"')
    return site


def test_editions_of_an_address(article: Site, tmp_path: Path) -> None:
    one = published(article, tmp_path)
    assert one.errors == ()
    assert {path.relative_to(tmp_path).as_posix() for path in one.files} == {
        "wall.md",
        "wall.ledger.jsonl",
        "wall.source/copy.json",
    }
    assert one.edition
    assert one.edition.meta.url == one.edition.source == article.url("/2024/wall/")
    assert (tmp_path / "wall.source/page-1.md").read_bytes() == ARTICLE.encode()
    entry = json.loads((tmp_path / "wall.source/copy.json").read_text())["files"][0]
    assert (entry["etag"], entry["content_type"], entry["charset"]) == ('"7"', "text/markdown", "utf-8")


def test_the_saved_copy_gives_the_same_editions_offline(article: Site, tmp_path: Path) -> None:
    published(article, tmp_path / "a")
    article.pages.clear()
    article.asked.clear()
    time.sleep(1.1)  # another second: the time of fetching is in no edition
    one = convert.publish([tmp_path / "a" / "wall.source"], tmp_path / "b", formats=("md",))[0]
    assert one.errors == ()
    assert article.asked == []
    assert not (tmp_path / "b" / "wall.source").exists()
    for name in ("wall.md", "wall.ledger.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert convert.read(tmp_path / "a" / "wall.source").meta.url == article.url("/2024/wall/")


def test_fetching_again_replaces_the_copy_and_the_editions(article: Site, tmp_path: Path) -> None:
    published(article, tmp_path)
    article.page("/2024/wall/", ARTICLE.replace("eleven", "twelve"), "text/markdown")
    (tmp_path / "wall.source" / "notes.txt").write_text("mine")
    assert published(article, tmp_path).errors == ()
    assert "twelve" in (tmp_path / "wall.source/page-1.md").read_text()
    assert "twelve" in (tmp_path / "wall.md").read_text()
    assert (tmp_path / "wall.source" / "notes.txt").read_text() == "mine"


def test_a_copy_of_another_address_stays(article: Site, tmp_path: Path) -> None:
    published(article, tmp_path)
    other = article.page("/2025/wall/", ARTICLE, "text/markdown")
    article.asked.clear()
    error = convert.publish([other], tmp_path, formats=("md",), allow_private=True)[0].errors[0]
    assert isinstance(error, UsageError)
    assert "--force" in error.hint
    assert article.asked == []


def test_a_copy_that_was_changed_is_no_copy(article: Site, tmp_path: Path) -> None:
    published(article, tmp_path)
    page = tmp_path / "wall.source/page-1.md"
    page.write_text("Mine.")
    assert "changed" in str(convert.publish([page.parent], tmp_path / "b", formats=("md",))[0].errors[0])
    assert isinstance(published(article, tmp_path).errors[0], UsageError)
    assert page.read_text() == "Mine."
    page.unlink()
    assert "not whole" in str(convert.publish([page.parent], tmp_path / "b", formats=("md",))[0].errors[0])


@pytest.mark.parametrize(
    "index",
    [
        "",
        "[]",
        "{}",
        '{"copy": 1}',
        '{"copy": 2, "address": "https://a.example/", "files": []}',
        '{"copy": 1, "address": "https://a.example/", "files": []}',
        '{"copy": 1, "address": "https://a.example/", "files": [{"file": "../secret", "is_page": true, "asked": "",'
        ' "url": "", "content_type": "", "charset": "", "fetched": "", "last_modified": "", "etag": "",'
        ' "sha256": ""}]}',
    ],
)
def test_a_list_that_is_none(tmp_path: Path, index: str) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "a.source").mkdir()
    (tmp_path / "a.source" / "copy.json").write_text(index)
    with pytest.raises(InputError, match="not the list of a saved copy"):
        convert.read(tmp_path / "a.source")


def test_decisions_stand_beside_the_copy(article: Site, tmp_path: Path) -> None:
    first = published(article, tmp_path / "a")
    assert first.cleaned
    share = next(record for record in first.cleaned.ledger if record.code == "NOTICE101")
    (tmp_path / "a" / "wall.decisions.toml").write_text(f'"{share.id}" = "decline"\n')
    for one in (
        published(article, tmp_path / "a"),
        convert.publish([tmp_path / "a" / "wall.source"], tmp_path / "b", formats=("md",))[0],
    ):
        assert one.cleaned
        assert "Share this" in plain(one.cleaned.document)


def test_images_are_kept_with_the_pages(tmp_path: Path) -> None:
    page = Fetched("https://a.example/wall", "https://a.example/wall/", b"<p>The wall.</p>", "text/html", "utf-8")
    image = Fetched("https://a.example/1", "https://cdn.example/1", b"\x89PNG", "image/png")
    copy = SavedCopy(page.asked, [page])
    assert copy.get(image.asked) is None
    copy.add(image)
    copy.add(Fetched("https://a.example/2", "https://a.example/2", b"<svg/>", "image/svg+xml"))
    write_copy(copy, tmp_path / "wall.source")
    assert {path.name for path in (tmp_path / "wall.source").iterdir()} == {
        "copy.json",
        "page-1.html",
        "image-1.png",
        "image-2.svg",
    }
    again = read_copy(tmp_path / "wall.source")
    assert again.pages == (page,)
    assert again.get(image.asked) == again.get(image.url) == image
    assert again.get("https://a.example/3") is None
    write_copy(SavedCopy(page.asked, [page]), tmp_path / "wall.source")
    assert not (tmp_path / "wall.source" / "image-1.png").exists()


def _png() -> bytes:
    from PIL import Image as Raster

    file = BytesIO()
    Raster.new("RGB", (200, 120), "navy").save(file, "PNG")
    return file.getvalue()


def test_images_of_a_copy_are_fetched_once(article: Site, tmp_path: Path) -> None:
    article.page("/wall.png", _png(), "image/png")
    text = ARTICLE.replace("## What", f"![The wall in May]({article.url('/wall.png')})\n\n## What")
    article.page("/2024/wall/", text, "text/markdown")
    fetching = partial(convert.fetch_image, allow_private=True)
    published(article, tmp_path)
    source = tmp_path / "wall.source"
    assert not list(source.glob("image-*"))
    one = convert.publish([source], tmp_path, formats=("md",), fetch_images=fetching)[0]
    assert (one.errors, one.warnings) == ((), ())
    assert (source / "image-1.png").read_bytes() == _png()
    article.pages.clear()
    again = convert.publish([source], tmp_path / "b", formats=("md",))[0]
    assert (again.errors, again.warnings) == ((), ())
    for name in ("wall.md", "wall.ledger.jsonl"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert [path for path, _ in article.asked].count("/wall.png") == 1


# -- the command -----------------------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "convert", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", [("publish", "--to", "md"), ("clean",), ("explain",)])
def test_the_command_refuses_this_machine(article: Site, tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run(tmp_path, *command, article.url("/2024/wall/"))
    assert result.returncode == 3
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(
        f"clearcopy: {article.url('/2024/wall/')}: The address is not on the public internet"
    )
    assert article.asked == []


def test_the_command_publishes_an_address(article: Site, tmp_path: Path) -> None:
    result = run(tmp_path, "publish", article.url("/2024/wall/"), "--allow-private", "--to", "md")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "build" / "wall.md").exists()
    assert run(tmp_path, "publish", "build/wall.source", "--to", "md").returncode == 0


def test_the_command_cleans_an_address(article: Site, tmp_path: Path) -> None:
    result = run(tmp_path, "clean", article.url("/2024/wall/"), "--allow-private", "-o", "wall.md", "--timeout", "5")
    assert result.returncode == 0, result.stderr
    assert "eleven metres" in (tmp_path / "wall.md").read_text()
    again = run(tmp_path, "clean", article.url("/2024/wall/"), "--allow-private", "-o", "wall.md")
    assert again.returncode == 2


def test_one_address_that_fails_does_not_stop_the_others(article: Site, tmp_path: Path) -> None:
    missing = article.url("/2024/nothing/")
    result = run(tmp_path, "publish", missing, article.url("/2024/wall/"), "--allow-private", "--to", "md")
    assert result.returncode == 3
    assert f"{missing}: The site answers 404" in result.stderr
    assert (tmp_path / "build" / "wall.md").exists()


def test_the_address_of_a_saved_file(tmp_path: Path) -> None:
    (tmp_path / "wall.md").write_text(ARTICLE)
    address = "https://example.org/wall"
    assert f"\nAddress: {address}\n" in run(tmp_path, "clean", "wall.md", "--url", address).stdout
    assert run(tmp_path, "publish", "wall.md", "wall.md", "--url", address).returncode == 2
    assert convert.read(tmp_path / "wall.md", url=address).meta.url == address


def test_nothing_of_the_network_is_loaded_for_a_file() -> None:
    code = "import sys, convert.publishing, convert.cli; print({'httpx', 'httpcore', 'ssl'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_ip_addresses_of_the_tables_are_what_they_seem() -> None:
    assert all(not ip_address(number.partition("%")[0]).is_global for number in PRIVATE[:4])
