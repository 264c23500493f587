"""The day it is, for all that grows old or lies in the future."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def current_day() -> date:
    """Today here, or the day (UTC) of SOURCE_DATE_EPOCH, so that a build can be repeated.

    Raises ValueError if SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"SOURCE_DATE_EPOCH is '{epoch}', no number of seconds.") from error
