"""Networks from which people come. Each has an address of its own, as a school, a street or an office has."""

from __future__ import annotations

import socket

import httpx

A_NET = 250


def network(number: int) -> httpx.AsyncHTTPTransport:
    """Connections from the loopback address of this number; from the usual one where a system has no other."""
    address = f"127.0.{1 + number // A_NET}.{1 + number % A_NET}"
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return httpx.AsyncHTTPTransport()
    return httpx.AsyncHTTPTransport(local_address=address)
