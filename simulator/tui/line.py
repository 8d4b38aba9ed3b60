"""How far the way to the model is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.switchboard import Switchboard


@dataclass(frozen=True)
class Line:
    """Loading (``stage``, a key of ``app.loading``, and ``share`` done, 0 to 1), open, or down.

    ``failed`` marks a line that is down until the trainee tries again.
    """

    stage: str = "content"
    share: float = 0.0
    switchboard: Switchboard | None = None
    failed: bool = False
