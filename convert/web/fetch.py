"""Fetching one address: only from machines that may be asked, and never more than the limits allow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from convert.__about__ import NAME, VERSION
from convert.errors import InputError
from convert.readers.decode import MAX_BYTES
from convert.web.address import Policy, checked, joined, shown
from convert.web.content import ENCODINGS, PackingError, unpacked

if TYPE_CHECKING:
    import httpx

    from convert.web.transport import Clock, Transport

USER_AGENT = f"{NAME.lower()}/{VERSION}"
ACCEPT_PAGE = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken, and how long is waited."""

    max_bytes: int = MAX_BYTES  # of one page, unpacked: what the readers take
    connect: float = 15.0  # seconds for the name server and the connection, each
    read: float = 30.0  # seconds for the next bytes
    total: float = 60.0  # seconds for one address, redirects and all
    redirects: int = 10  # browsers follow 20; chains of an article's page have two or three
    pages: int | None = None  # of one article; None: all, up to MAX_PAGES

    @classmethod
    def within(cls, seconds: float, pages: int | None = None) -> Limits:
        """The usual limits, with another time for one address."""
        return cls(connect=seconds / 4, read=seconds / 2, total=seconds, pages=pages)


MAX_PAGES = 40
"""The most pages that one article is put together from; magazines that cut theirs up make some ten."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    asked: str  # the address that was asked for
    url: str  # the one that answered, after redirects
    content: bytes  # unpacked
    content_type: str = ""  # the media type in lower case, without parameters; "" if the server says none
    charset: str = ""  # what the server says of the encoding
    fetched: str = ""  # when: ISO 8601, UTC
    last_modified: str = ""  # as the server says
    etag: str = ""


_LIMITS, _POLICY = Limits(), Policy()


def fetch(address: str, limits: Limits = _LIMITS, policy: Policy = _POLICY, accept: str = ACCEPT_PAGE) -> Fetched:
    """What an http or https address gives, after redirects.

    Raises InputError, with the address, for all that can go wrong: an address that may not be opened, an unknown
    host, no connection, a certificate that is not right, an answer other than 200, and anything over the limits.
    """
    import httpx

    from convert.web.transport import Clock, Transport

    asked = url = checked(address)
    visit = _Visit(asked, limits, Clock(limits.total), httpx.Cookies(), accept)
    # Nothing of the environment: a proxy would connect for us, to machines that nobody has checked.
    with Transport(policy, visit.clock) as transport:
        for _ in range(limits.redirects + 1):
            answer = _answer(transport, visit, url)
            if isinstance(answer, Fetched):
                return answer
            url = checked(answer, where=f"{shown(asked)}, which leads to {shown(answer)}")
    raise InputError(
        f"The address leads to others more than {limits.redirects} times",
        where=shown(asked),
        hint="Open it in a browser, and give the address that it ends at.",
    )


@dataclass(frozen=True, slots=True)
class _Visit:
    """What stays the same from redirect to redirect."""

    asked: str
    limits: Limits
    clock: Clock
    cookies: httpx.Cookies  # some sites lead in a circle those who do not bring back what they were given
    accept: str


def _answer(transport: Transport, visit: _Visit, url: str) -> Fetched | str:
    """What an address gives, or the address that it leads to."""
    import httpx

    where = shown(visit.asked) if url == visit.asked else f"{shown(visit.asked)}, which leads to {shown(url)}"
    headers = {"User-Agent": USER_AGENT, "Accept": visit.accept, "Accept-Encoding": ENCODINGS}
    timeout = httpx.Timeout(visit.limits.read, connect=visit.limits.connect).as_dict()
    with _errors_told(where, visit):
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
        visit.cookies.set_cookie_header(request)
        response = transport.handle_request(request)
        try:
            response.request = request
            visit.cookies.extract_cookies(response)
            if response.has_redirect_location and (target := joined(url, response.headers["location"])):
                return target
            if response.status_code not in _GOOD:
                raise _bad_status(response.status_code, response.reason_phrase, where)
            content = _body(response, where, visit.limits.max_bytes)
        finally:
            response.close()
    content_type, charset = _media_type(response.headers.get("content-type", ""))
    return Fetched(
        asked=visit.asked,
        url=url,
        content=content,
        content_type=content_type,
        charset=charset,
        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
        last_modified=response.headers.get("last-modified", ""),
        etag=response.headers.get("etag", ""),
    )


_GOOD = (200, 203)  # 203: changed by a proxy on the way; still the page


def _body(response: httpx.Response, where: str, most: int) -> bytes:
    """The bytes of a response, unpacked and counted as they come."""
    content = bytearray()
    stated = response.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > most:
        raise _too_large(where, most)
    for piece in unpacked(response.iter_raw(), response.headers.get("content-encoding", "")):
        content += piece
        if len(content) > most:
            raise _too_large(where, most)
    return bytes(content)


def _media_type(header: str) -> tuple[str, str]:
    """The media type and the charset that a Content-Type states (RFC 9110, 8.3)."""
    from email.message import Message

    message = Message()
    message["content-type"] = header
    charset = message.get_param("charset", "")
    media_type = header.partition(";")[0].strip().lower()
    return media_type, charset.strip().lower() if isinstance(charset, str) else ""


# -- what can go wrong -----------------------------------------------------------------------------------------


def _too_large(where: str, most: int) -> InputError:
    size = f"{most // 2**20} MiB" if most >= 2**20 else f"{most} bytes"
    return InputError(
        f"The address gives more than {size}, the most that is taken",
        where=where,
        hint="Give the address of a single article.",
    )


def _bad_status(status: int, reason: str, where: str) -> InputError:
    hint = "Check the address in a browser."
    if status in (401, 402, 403, 407, 429, 451):
        hint = (
            "The site wants a login or turns programs away: save the page in a browser, and give the file with --url."
        )
    elif status >= 500:
        hint = "The fault is the site's; try again later."
    return InputError(f"The site answers {status} {_printable(reason)}".rstrip(), where=where, hint=hint)


def _printable(text: str) -> str:
    return "".join(character for character in text[:60] if character.isprintable())


@contextmanager
def _errors_told(where: str, visit: _Visit) -> Iterator[None]:
    """Says each fault of the network as an InputError, with what mends it."""
    import httpcore
    import httpx

    from convert.web.transport import OutOfTimeError, RefusedError, UnknownHostError

    later = "Try again later, or save the page in a browser and give the file with --url."
    try:
        yield
    except RefusedError as error:
        raise InputError(
            f"The address is not on the public internet ({error.number})",
            where=where,
            hint="If you trust it, open it with --allow-private.",
        ) from error
    except UnknownHostError as error:
        raise InputError(
            "The host is not known", where=where, hint="Check the spelling, and that this computer is online."
        ) from error
    except (OutOfTimeError, httpcore.TimeoutException) as error:
        problem = f"The host sent nothing for {visit.limits.read:g} seconds"
        if isinstance(error, OutOfTimeError) or visit.clock.is_up:
            problem = f"The page did not come within {visit.limits.total:g} seconds"
        elif isinstance(error, httpcore.ConnectTimeout):
            problem = f"The host does not answer within {visit.limits.connect:g} seconds"
        raise InputError(problem, where=where, hint="Allow more with --timeout, or try again later.") from error
    except httpcore.ConnectError as error:
        if fault := _tls_fault(error):
            raise InputError(
                f"No safe connection can be made ({fault})",
                where=where,
                hint="The site's certificate or encryption is not right; if you trust it, save the page in a browser.",
            ) from error
        raise InputError("The host cannot be connected to", where=where, hint=later) from error
    except httpcore.RemoteProtocolError as error:
        raise InputError("The connection ended before the whole page had come", where=where, hint=later) from error
    except PackingError as error:
        raise InputError(f"The page cannot be unpacked ({error})", where=where, hint=later) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise InputError("The connection broke off", where=where, hint=later) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, UnicodeError) as error:
        raise InputError("This is no address on the web", where=where, hint="Check the address.") from error


def _tls_fault(error: BaseException) -> str:
    """What failed in the TLS handshake, in OpenSSL's words; "" where it was something else."""
    from ssl import SSLCertVerificationError, SSLError

    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, SSLCertVerificationError):
        return cause.verify_message
    return (cause.reason or "TLS").replace("_", " ").lower() if cause else ""
