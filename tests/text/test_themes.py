"""Themes: one across languages, stable, named by respondents, and as the study file wants them."""

import pandas as pd
import pytest

from research_kit.study import ThemeSpec
from research_kit.text import themes

WAITS = [
    ("Waiting time", "en"), ("The queue was far too long", "en"), ("we waited forever", "en"),
    ("等太久", "zh-Hans"), ("排队排到怀疑人生", "zh-Hans"), ("等候時間過長", "zh-Hant"), ("候位要等一小時", "zh-Hant"),
]  # fmt: skip
SIMPLE = {"候": "候", "時": "时", "間": "间", "過": "过", "長": "长", "隊": "队", "懷": "怀"}


def pains(rows, *, kind="pain"):
    normal = ["".join(SIMPLE.get(c, c) for c in text.lower()) for text, _ in rows]
    return pd.DataFrame(
        {
            "text_id": range(len(rows)),
            "unit": range(len(rows)),
            "text": [t for t, _ in rows],
            "normal": normal,
            "language": [c for _, c in rows],
            "kind": kind,
        }
    )


PLUGS = [
    (t, "en")
    for t in (
        "No plugs near the seats",
        "too few plugs",
        "plugs are missing",
        "Where are the plugs?",
        "plugs plugs plugs",
        "broken plugs",
    )
]


def test_one_theme_across_three_languages():
    mentions = pains(WAITS + PLUGS)
    model = themes.learn(mentions, (), "zh-Hant")

    assigned = model.assign(mentions)

    assert set(assigned[: len(WAITS)]) == {"pain-waiting"}
    assert "pain-waiting" not in set(assigned[len(WAITS) :])


def test_labels_are_phrases_of_respondents_in_the_language_of_the_study():
    mentions = pains(WAITS + PLUGS)
    hant = {t.id: t.label for t in themes.learn(mentions, (), "zh-Hant").themes}
    english = {t.id: t.label for t in themes.learn(mentions, (), "en").themes}

    assert hant["pain-waiting"] in {"等候時間過長", "候位要等一小時"}
    assert any(english["pain-waiting"] in text for text, _ in WAITS)
    assert any(english["pain-plug"] in text for text, _ in PLUGS)


def test_ids_do_not_depend_on_the_order_of_the_comments():
    mentions = pains(WAITS + PLUGS)
    back = mentions.iloc[::-1].reset_index(drop=True)

    assert {t.id for t in themes.learn(mentions, (), "en").themes} == {t.id for t in themes.learn(back, (), "en").themes}


def test_another_wave_is_found_by_the_same_model():
    model = themes.learn(pains(WAITS + PLUGS), (), "en")

    assert model.assign(pains([("queued for ages", "en"), ("the plug sparks", "en"), ("nice", "en")])).tolist()[:2] == [
        "pain-waiting",
        "pain-plug",
    ]


def test_a_theme_belongs_to_its_kind():
    model = themes.learn(pains(WAITS + PLUGS), (), "en")

    assert model.assign(pains([("we waited", "en")], kind="delight")).isna().all()


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (ThemeSpec("pain-plug", dismiss=True), {"pain-waiting"}),
        (ThemeSpec("pain-waiting", merge=("pain-plug",)), {"pain-waiting"}),
        (ThemeSpec("comfort", label="Comfort", merge=("pain-plug",)), {"pain-waiting", "comfort"}),
    ],
)
def test_the_study_merges_and_dismisses(spec, expected):
    mentions = pains(WAITS + PLUGS)
    model = themes.learn(mentions, (spec,), "en")

    assert set(model.assign(mentions).dropna()) == expected
    assert expected <= {t.id for t in model.themes}


def test_the_study_renames_and_pins():
    mentions = pains(WAITS + PLUGS)
    model = themes.learn(mentions, (ThemeSpec("pain-plug", label="Power", stage="stay"),), "en")
    assigned = model.assign(mentions)

    assert {t.id: t.label for t in model.themes}["pain-plug"] == "Power"
    assert set(model.pinned(assigned).dropna()) == {"stay"}


def test_a_theme_that_the_study_names_and_nobody_spoke_of_is_noted():
    model = themes.learn(pains(WAITS), (ThemeSpec("pain-waiting", merge=("pain-noise",)),), "en")

    assert any("pain-noise" in note for note in model.notes)


def test_a_theme_asked_for_by_its_words_is_looked_for():
    mentions = pains([*WAITS, ("the zibbel is loose", "en")])
    model = themes.learn(mentions, (ThemeSpec("pain-zibbel", stage="use"),), "en")

    assert model.assign(mentions).tolist()[-1] == "pain-zibbel"


def test_words_of_the_question_make_no_theme():
    rows = [(f"the lounge {word}", "en") for word in ("smells", "leaks", "creaks", "rattles", "shakes")]
    mentions = pains(rows).assign(question_text="What is wrong with the lounge?")

    assert themes.learn(mentions, (), "en").themes == ()


def test_no_comments_no_themes():
    assert themes.learn(pains([]), (), "en").themes == ()
