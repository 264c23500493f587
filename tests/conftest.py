from __future__ import annotations

from hypothesis import settings

# The same examples every time, so that a failure is a change's and not the day's.
settings.register_profile("rolebook", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("rolebook")
