"""Two waves are counted by one set of words; what belongs together is summed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from research_kit.study import ThemeSpec
from research_kit.text import recount

LATE = {"Eight weeks late": 4, "The sofa was delayed again": 3, "Still waiting for my table": 4, "Kept waiting all morning": 3}
OTHER = {"The door was scratched": 6, "Rude driver": 5}


def mentions(said: Mapping[str, int], kind: str = "pain") -> pd.DataFrame:
    rows = [text for text, n in said.items() for _ in range(n)]
    frame = pd.DataFrame({"text": rows, "kind": kind, "language": "en", "valence": -0.6, "question_text": ""})
    return frame.assign(unit=range(len(frame)))


def test_a_family_gathers_what_stands_in_several_themes() -> None:
    said = mentions({**LATE, **OTHER})
    found = recount(said, (), "en")
    family = found[(found["level"] == "family") & (found["kind"] == "pain")]

    assert set(family["label"]) == {"Long waits, Late"}
    assert sorted(family["row"]) == [i for i, text in enumerate(said["text"]) if text in LATE]
    assert found.loc[found["level"] == "theme", "matter"].nunique() >= 3


def test_what_the_study_file_merges_is_one_theme() -> None:
    said = mentions({**LATE, **OTHER})
    spec = ThemeSpec("pain-late", label="Not on time", merge=("pain-waiting",))
    found = recount(said, [spec], "en")
    mine = found[found["matter"] == "pain-late"]

    assert set(mine["label"]) == {"Not on time"}
    assert sorted(mine["row"]) == [i for i, text in enumerate(said["text"]) if text in LATE]
    assert not (found["level"] == "family").any(), "the theme is the family: nothing to say beside it"


def test_which_wave_a_mention_is_of_does_not_matter() -> None:
    """Themes of one wave, kept for both, would make what that wave happens to say often a theme of its own."""
    said = mentions({**LATE, **OTHER})
    order = [*range(12, len(said)), *range(12)]
    turned = said.iloc[order].reset_index(drop=True)
    sizes = [recount(m, (), "en").groupby("matter").size().to_dict() for m in (said, turned)]

    assert sizes[0] == sizes[1]


def test_statements_and_the_other_kinds_stay_out() -> None:
    said = pd.concat([mentions(LATE, "statement"), mentions({"Fast delivery": 4}, "delight")], ignore_index=True)
    found = recount(said, (), "en")

    assert set(found["kind"]) == {"delight"}
    assert found["row"].min() >= sum(LATE.values()), "positions are those of what was given"


def test_nothing_said_is_nothing_found() -> None:
    found = recount(mentions({}), (), "en")

    assert found.empty
    assert list(found.columns) == ["level", "matter", "kind", "label", "row"]


def test_families_have_names_in_the_language_of_the_output() -> None:
    said = mentions({"等了三個小時": 4, "等太久了": 4, "班機誤點": 4, "晚到一小時": 3}).assign(language="zh-Hant")
    found = recount(said, (), "zh-Hant")

    assert set(found.loc[found["level"] == "family", "label"]) <= {"等太久、太晚、誤時", "太晚、誤時、等太久"}
    assert (found["level"] == "family").any()
