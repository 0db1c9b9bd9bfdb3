"""The Reader: columns of the contract, one mention per clause of every comment, nothing it was given is changed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from research_kit import text
from research_kit.errors import StudyError
from research_kit.records import COMMENT_COLUMNS, EVIDENCE_COLUMNS, MENTION_COLUMNS
from research_kit.study import DEFAULT_JOURNEY, Study, TextSpec, ThemeSpec, template


def comments(texts: list[str], framing: str = "") -> pd.DataFrame:
    frame = pd.DataFrame({name: [""] * len(texts) for name in COMMENT_COLUMNS})
    numbers = range(1, len(texts) + 1)
    return frame.assign(
        comment=[f"S1-R{i}-C2" for i in numbers],
        unit=numbers,
        row=numbers,
        column=1,
        framing=framing,
        text=texts,
        rating=float("nan"),
    )


def study(**changes: object) -> Study:
    return Study(name="s", sources=(), stages=template(DEFAULT_JOURNEY), **changes)  # type: ignore[arg-type]


def read(given: pd.DataFrame, declared: Study) -> pd.DataFrame:
    return pd.concat(list(text.learn(given, declared, "en").read(given)), ignore_index=True)


def test_mentions_carry_the_columns_of_the_contract() -> None:
    given = comments(["The food was lovely but the waiter was rude.", "太慢了", "The food was lovely but the waiter was rude."])
    before = given.copy()
    found = read(given, study())

    assert set(found.columns) == {*MENTION_COLUMNS, *EVIDENCE_COLUMNS, "says"} - {"persona"}
    assert found["mention_id"].tolist() == ["S1-R1-C2-1", "S1-R1-C2-2", "S1-R2-C2-1", "S1-R3-C2-1", "S1-R3-C2-2"]
    assert found["text_id"].tolist() == [0, 0, 1, 2, 2]
    pd.testing.assert_frame_equal(given, before)


def test_the_index_of_the_comments_is_kept() -> None:
    given = comments(["Good.", "Bad."]).set_axis([7, 9])

    assert read(given, study())["text_id"].tolist() == [7, 9]


def test_no_comments_give_no_mentions() -> None:
    found = pd.concat(list(text.learn(comments(["Good."]), study(), "en").read(comments([]))))

    assert len(found) == 0
    assert set(MENTION_COLUMNS) <= set(found.columns)


def test_the_report_counts_languages_and_what_was_not_assessed() -> None:
    given = comments(["Very good.", "太慢了", "asdf"])
    reader = text.learn(given, study(), "en")
    list(reader.read(given))

    assert reader.report.languages == {"en": 2, "zh-Hans": 1}
    assert reader.report.not_assessed == 1


FOREIGN = {
    "es": ["La comida llegó fría y tarde.", "El camarero fue muy amable", "El precio me parece demasiado alto", "Sin sal"],
    "de": [
        "Das Essen kam kalt und zu spät",
        "Die Bedienung war sehr freundlich",
        "Die Wartezeit war länger als versprochen",
        "Zu teuer",
    ],
    "ja": ["料理が冷めていて残念でした。", "店員さんがとても親切でした。", "値段が高すぎます", "駐車場が狭い"],
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_language_that_nothing_here_speaks_is_not_assessed(name: str) -> None:
    """Neither sentiment nor emotion, stage or theme is made up; the report says how many comments that are."""
    given = comments(FOREIGN[name] * 5, framing="negative")
    reader = text.learn(given, study(), "en")
    found = pd.concat(list(reader.read(given)), ignore_index=True)

    assert found["language"].eq("other").all()
    assert found[["sentiment", "valence", "emotion", "emotion_score", "stage", "theme"]].isna().all().all()
    assert reader.report.not_assessed == len(found)
    assert "Comments in a language other than English and Chinese: 20 of 20." in reader.report.notes[-1]


def test_an_english_comment_among_foreign_ones_is_assessed() -> None:
    found = read(comments([*FOREIGN["es"], "The waiter was very kind."]), study())

    assert found["sentiment"].notna().tolist()[-1:] == [True]
    assert found["sentiment"].notna().sum() == 1


def test_the_researchers_own_words_decide(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("word,value\nwobbly,0.9\n", encoding="utf-8")
    own = study(text=TextSpec(lexicon=(tmp_path / "words.csv",)))
    plain, taught = (read(comments(["It is wobbly wobbly"]), s)["valence"].fillna(0).iloc[0] for s in (study(), own))

    assert taught > plain


def test_a_bad_line_of_a_lexicon_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("good,1\nbad\nugly,-7\n", encoding="utf-8")

    with pytest.raises(StudyError) as found:
        text.learn(comments(["x"]), study(text=TextSpec(lexicon=(tmp_path / "words.csv",))), "en")
    assert len(found.value.problems) == 2


def test_a_theme_that_nobody_speaks_of_is_told_in_the_language_of_the_outputs() -> None:
    asked = study(themes=(ThemeSpec("pain-dragons", dismiss=True),))
    notes = text.learn(comments(["太慢了", "等了一小時"]), asked, "zh-Hant").report.notes

    assert "study.toml 提到主題「pain-dragons」，但這些留言中沒有這個主題。" in notes
