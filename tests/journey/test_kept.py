"""The small table of mentions."""

import numpy as np
import pandas as pd

from research_kit.journey.kept import Kept
from tests.journey import world

SAID = [(i, f"zibbel {i}", ("find", "pay", "")[i % 3], "pain", -0.1 * i, "" if i % 2 else "pain-zibbel") for i in range(9)]


def kept(*chunks: pd.DataFrame) -> Kept:
    table = Kept([stage.key for stage in world.STAGES])
    for chunk in chunks:
        table.add(chunk)
    return table


def words(table: Kept) -> list[tuple[object, ...]]:
    """The rows with their codes turned back into words."""
    rows = table.table()
    columns = [[table.names[c][code] if code >= 0 else None for code in rows[c]] for c in ("stage", "theme", "pain")]
    return list(zip(rows["text_id"], rows["unit"], rows["valence"].round(3), *columns, strict=True))


def test_mentions_are_in_the_order_of_the_files_however_they_came():
    rows = world.mentions(SAID)
    straight, turned = kept(rows), kept(rows.iloc[6:], rows.iloc[3:6], rows.iloc[:3])

    assert straight.table()["text_id"].tolist() == turned.table()["text_id"].tolist() == list(range(9))
    assert words(turned) == words(straight)


def test_codes_of_another_table_become_ours():
    """The other table has met the themes and pains in another order."""
    rows = world.mentions(SAID)
    one, other = kept(rows.iloc[4:]), kept(rows.iloc[:4].iloc[::-1])
    one.merge(other)

    assert words(one) == words(kept(rows))
    assert one.names["stage"] == ["find", "pay", "tell"]


def test_a_pain_is_kept_in_words_only_where_it_has_no_theme_and_nothing_else_gets_lost():
    found = words(kept(world.mentions(SAID)))

    assert [row[5] for row in found] == [None if i % 2 == 0 else f"zibbel {i}" for i in range(9)]
    assert [row[4] for row in found] == ["pain-zibbel" if i % 2 == 0 else None for i in range(9)]
    assert [row[3] for row in found] == ["find", "pay", None] * 3


def test_what_is_not_assessed_stays_missing():
    table = kept(world.mentions([(0, "hm", "find", "statement", float("nan"), "")])).table()

    assert np.isnan(table["valence"].iloc[0])
    assert len(kept().table()) == 0
