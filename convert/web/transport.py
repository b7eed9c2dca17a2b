"""Connections that open only what a policy allows, and end when their time is up.

The name of a host is resolved once, here, and the connection goes to the number that was judged: a second answer of
a name server cannot lead it elsewhere. What is asked for (the Host header, the name in the TLS handshake, and the
name that the certificate must have) stays the name.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore
import httpx
from httpcore import SOCKET_OPTION

from convert.web.address import Policy


class RefusedError(Exception):
    """The host is no machine that may be asked. `number` is what its name stands for."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class UnknownHostError(Exception):
    """No name server knows the host."""


class OutOfTimeError(Exception):
    """The time for all of it is up."""


class Clock:
    """The time that is left of a limit."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def is_up(self) -> bool:
        return time.monotonic() >= self._end

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most `most`. Raises OutOfTimeError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return left if most is None else min(left, most)


class Transport(httpx.BaseTransport):
    """What httpx sends its requests through."""

    def __init__(self, policy: Policy, clock: Clock) -> None:
        self._backend = _Backend(policy, clock)
        self._pools: dict[bytes, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        assert isinstance(request.stream, httpx.SyncByteStream)
        response = self._pool(request.url.raw_scheme).handle_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def _pool(self, scheme: bytes) -> httpcore.ConnectionPool:
        """The connections of a scheme. Certificates are loaded only where they are needed."""
        if scheme not in self._pools:
            context = _certificates() if scheme == b"https" else None
            self._pools[scheme] = httpcore.ConnectionPool(ssl_context=context, network_backend=self._backend)
        return self._pools[scheme]

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _certificates() -> ssl.SSLContext:
    """The checks of certificates: against Mozilla's list, and against what the system trusts besides."""
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context


class _Backend(httpcore.NetworkBackend):
    def __init__(self, policy: Policy, clock: Clock) -> None:
        self._policy = policy
        self._clock = clock
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        numbers = _resolved(host, port, self._clock.left(timeout))
        allowed = [number for number in numbers if self._policy.allows(number)]
        if not allowed:
            raise RefusedError(numbers[0])
        failure: Exception | None = None
        for number in allowed:
            try:
                stream = self._sockets.connect_tcp(
                    number, port, self._clock.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._clock)
        assert failure is not None
        raise failure


def _resolved(host: str, port: int, timeout: float) -> list[str]:
    """The numbers that a name stands for. The system's resolver takes no time limit, hence the thread."""
    answers: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except Empty:
        raise httpcore.ConnectTimeout("the name server does not answer") from None
    if isinstance(answer, Exception) or not answer:
        raise UnknownHostError(host)
    return list(dict.fromkeys(answer))


class _Stream(httpcore.NetworkStream):
    """A stream of which no step takes longer than the time that is left for all."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._clock.left(timeout)), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
