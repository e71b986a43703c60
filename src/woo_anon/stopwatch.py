"""How long one document spends in each stage."""

from __future__ import annotations

import time


class Stopwatch:
    """Wall-clock seconds that one document spends in each stage, in the order of the stages."""

    def __init__(self) -> None:
        self._stages: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """The time since the last lap was spent in `stage`."""
        now = time.perf_counter()
        self._stages[stage] = self._stages.get(stage, 0.0) + now - self._last
        self._last = now

    @property
    def stages(self) -> tuple[tuple[str, float], ...]:
        """Name and seconds of each stage so far."""
        return tuple((stage, round(seconds, 4)) for stage, seconds in self._stages.items())

    @property
    def seconds(self) -> float:
        """Seconds in all stages together."""
        return round(sum(self._stages.values()), 3)
