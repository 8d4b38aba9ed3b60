"""What moved a feeling, in words."""

from __future__ import annotations

from simulator.domain.emotion import LedgerEntry
from simulator.i18n import Texts


def rule_name(entry: LedgerEntry, texts: Texts) -> str:
    """Return what a rule is called, with the persona's own label where there is one."""
    key = f"ledger.rule.{entry.rule}"
    name = texts(key) if key in texts else entry.rule
    return f"{name}: {entry.detail}" if entry.detail else name
