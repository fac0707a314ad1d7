"""Join the rooms: what one offers to another's page, by the ports that `component` declares. Runs once at start."""

from __future__ import annotations


def wire() -> None:
    """Fill the ports. Calling it again changes nothing."""
