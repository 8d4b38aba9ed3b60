"""Every cue, dimension and abstention has its words in both languages."""

from typing import get_args

import pytest

from simulator.domain.cue import Cue
from simulator.domain.score import Dimension
from simulator.i18n import Texts
from simulator.scoring.legible import Abstention


@pytest.mark.parametrize("language", ["de", "en"])
def test_complete(language):
    texts = Texts(language)
    keys = [f"scoring.{table}.{cue}" for table in ("cue", "clause") for cue in Cue]
    keys += [f"scoring.{table}.{d}" for table in ("dimension", "next") for d in Dimension]
    keys += [f"scoring.plain.{d}_{label}" for d in Dimension for label in range(3)]
    keys += [f"scoring.abstained.{why}" for why in get_args(Abstention)]
    assert [key for key in keys if key not in texts] == []


def test_both_languages_have_the_same_keys():
    german, english = (
        {key for key in Texts(language).keys if key.startswith("scoring.")}
        for language in ("de", "en")
    )
    assert german == english
