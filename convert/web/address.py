"""Which addresses may be opened: http and https, without a password, on the public internet.

What a host's name stands for is known only once it is resolved, so `Policy.allows` judges the number that is really
connected to, and never the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from convert.errors import InputError

SCHEMES = ("http", "https")

MAX_ADDRESS = 8_000
"""Characters of the longest address that is opened: what RFC 9110 (4.1) asks servers to take at least."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Policy:
    """Which machines may be asked. By default those of the public internet, and no machine of one's own network."""

    allow_private: bool = False

    def allows(self, number: str) -> bool:
        """Whether a machine may be connected to, by its IP address (one with a zone, "fe80::1%eth0", is local)."""
        return self.allow_private or is_public(number)


def is_address(argument: str) -> bool:
    """Whether an argument is meant as an address on the web, and not as a path."""
    return _SCHEME.match(argument) is not None


def checked(address: str, *, where: str = "") -> str:
    """An address as it is opened: without fragment, and with its spaces encoded as browsers do.

    `where` names what led to it, if not the user.

    Raises InputError for one that is no http or https address or holds a user name or password; these are in no
    message.
    """
    place = where or shown(address)
    if len(address) > MAX_ADDRESS:
        raise InputError("The address is too long", where=place[:200], hint="Check the address.")
    try:
        parts = urlsplit(address.strip())
        parts = parts._replace(path=parts.path.replace(" ", "%20"), query=parts.query.replace(" ", "%20"))
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError("This is no address on the web", where=place, hint="Check the address.") from error
    if parts.scheme.lower() not in SCHEMES:
        raise InputError(
            f'Only http and https addresses are opened, not "{parts.scheme or "no scheme"}"',
            where=place,
            hint="Save the article to a file and give its path.",
        )
    if parts.username is not None or parts.password is not None:
        raise InputError(
            "The address holds a user name or a password",
            where=place,
            hint="Give it without them; save what needs a login with your browser, and give the file with --url.",
        )
    if not host or _CONTROLS.search(urlunsplit(parts)):
        raise InputError("This is no address on the web", where=place, hint="Check the address.")
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), path=parts.path or "/", fragment=""))


def joined(base: str, reference: str) -> str:
    """The address that a page at `base` refers to; "" where the reference is broken."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return ""


def shown(address: str) -> str:
    """An address as messages show it: without user name and password, and without control characters."""
    try:
        parts = urlsplit(address)
        safe = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        safe = re.sub(r"//[^/@]*@", "//", address)
    return _CONTROLS.sub("", safe)


def file_name(address: str) -> str:
    """The last part of an address's path that says something: "/2024/05/the-wall/index.html" gives "the-wall".

    Where there is none it is the host; "" for what is no address.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    for segment in reversed(parts.path.split("/")):
        stem = _PAGE_SUFFIX.sub("", unquote(segment)).strip()
        if stem and stem.lower() not in _SAYS_NOTHING and not stem.isdecimal():
            return stem
    return (parts.hostname or "").removeprefix("www.")


_PAGE_SUFFIX = re.compile(r"\.(?:x?html?|php|aspx?|jsp|cfm|md|markdown|txt)$", re.IGNORECASE)
_SAYS_NOTHING = frozenset({"index", "default", "amp", "print", "home"})

# -- numbers ---------------------------------------------------------------------------------------------------

_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
"""IANA's registry of special IPv4 addresses (RFC 6890) that are not globally reachable, and multicast. A list of
our own, for that of `ipaddress` differs between Python's versions."""

_GLOBAL_6 = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast; what lies outside is local, multicast or reserved (RFC 4291)."""

_NOT_PUBLIC_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
"""The protocols' own addresses (Teredo among them), and those for documentation: RFC 6890, RFC 9637."""

_TRANSLATED = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped (RFC 4291)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052): what a network with IPv6 alone calls an IPv4 machine
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
"""Networks whose addresses hold an IPv4 one, and how many bits stand behind it."""

_ISATAP = (0x00005EFE, 0x02005EFE)
"""What comes before an IPv4 address in an ISATAP address (RFC 5214), in any network."""


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the public internet; one that holds another (NAT64, 6to4) as that one does."""
    if "%" in number:
        return False
    try:
        address = ip_address(number)
    except ValueError:
        return False
    return _is_public_4(address) if isinstance(address, IPv4Address) else _is_public_6(address)


def _is_public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_PUBLIC_4)


def _is_public_6(address: IPv6Address) -> bool:
    for network, behind in _TRANSLATED:
        if address in network:
            return _is_public_4(IPv4Address(int(address) >> behind & 0xFFFFFFFF))
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP and not _is_public_4(IPv4Address(int(address) & 0xFFFFFFFF)):
        return False
    return address in _GLOBAL_6 and not any(address in network for network in _NOT_PUBLIC_6)
