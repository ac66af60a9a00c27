"""The clock of the machine, for what is not given another one."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time of the machine's clock in UTC."""
    return datetime.now(UTC)
