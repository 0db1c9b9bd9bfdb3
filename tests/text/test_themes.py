"""Themes: one across languages, stable, named by respondents, and as the study file wants them."""

import pandas as pd
import pytest

from research_kit.errors import StudyError
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

    assert hant["pain-waiting"] in {"等太久", "等候時間過長", "候位要等一小時"}
    assert any(english["pain-waiting"].lower() in text.lower() for text, _ in WAITS)
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

    assert "pain-noise" in model.unknown


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


def test_themes_of_an_earlier_wave_keep_id_name_and_terms():
    first = themes.learn(pains(WAITS + PLUGS), (ThemeSpec("pain-plug", label="Power"),), "en").themes
    sockets = [(f"the plugs spark {word}", "en") for word in ("a lot", "badly", "often")]
    wave = pains([*sockets, *WAITS[:3], *[(f"the soup was {word}", "en") for word in ("sour", "old", "odd", "off")]])
    model = themes.learn(wave, (), "en", first)

    assert {t.id: (t.label, t.terms) for t in model.themes if t.id in {f.id for f in first}} == {
        t.id: (t.label, t.terms) for t in first
    }
    assert model.assign(wave)[:3].tolist() == ["pain-plug"] * 3
    assert "pain-soup" in {theme.id for theme in model.themes}


def test_an_earlier_run_is_read_from_its_folder(tmp_path):
    (tmp_path / "journey.json").write_text(
        '{"themes": [{"id": "pain-plug", "label": "Power", "kind": "pain", "terms": ["plug"]}, {"id": "x", "label": "x", "kind": "x", "terms": []}]}'
    )

    assert [(t.id, t.label, t.terms) for t in themes.of_wave(tmp_path)] == [("pain-plug", "Power", ("plug",))]
    assert themes.of_wave(tmp_path / "nowhere") == ()
    (tmp_path / "journey.json").write_text("{}")
    with pytest.raises(StudyError, match=r"journey\.json"):
        themes.of_wave(tmp_path)


@pytest.mark.parametrize("more", [["another queue"], ["soup was cold", "soup was off", "soup again"]])
def test_ids_stay_when_comments_are_added(more):
    before = {t.id for t in themes.learn(pains(WAITS + PLUGS), (), "en").themes}
    after = {t.id for t in themes.learn(pains([*WAITS, *PLUGS, *[(text, "en") for text in more]]), (), "en").themes}

    assert before <= after


def test_merged_renamed_and_pinned_at_once_and_again_in_the_next_run():
    specs = (ThemeSpec("pain-waiting", label="Queues", stage="visit", merge=("pain-plug",)),)
    once, again = (themes.learn(pains(WAITS + PLUGS), specs, "en") for _ in range(2))

    assert once.themes == again.themes
    assert [(t.id, t.label, t.stage) for t in once.themes] == [("pain-waiting", "Queues", "visit")]
    assert {"@waiting", "plug"} <= set(once.themes[0].terms)


def test_a_theme_is_split_by_naming_a_word_of_it():
    rows = pains([*PLUGS, *[(f"the charger of the plug {word}", "en") for word in ("sparks", "is loose", "broke")]])
    plain = themes.learn(rows, (), "en").assign(rows)
    split = themes.learn(rows, (ThemeSpec("pain-charger", label="Chargers"),), "en")

    assert "pain-charger" not in set(plain[: len(PLUGS)])
    assert split.assign(rows)[len(PLUGS) :].tolist() == ["pain-charger"] * 3
    assert split.assign(rows)[: len(PLUGS)].tolist() == ["pain-plug"] * len(PLUGS)


def test_words_of_two_senses_are_told_apart_by_their_context():
    rows = [
        (t, "en")
        for t in (
            "I could not find how to freeze my membership",
            "Hard to find how to freeze the membership",
            "The app freezes when I book",
            "App crashes all the time",
            "It crashed twice",
        )
    ]
    mentions = pains(rows)
    assigned = themes.learn(mentions, (), "en").assign(mentions)

    assert set(assigned[2:]) == {"pain-crash"}
    assert "pain-crash" not in set(assigned[:2])


def test_a_chinese_theme_is_split_off_by_its_own_word_though_it_is_part_of_a_known_phrase():
    rows = [
        ("店员态度差", "zh-Hans"),
        ("客服态度差", "zh-Hans"),
        ("店员很凶", "zh-Hans"),
        ("前台不耐烦", "zh-Hans"),
        ("没礼貌", "zh-Hans"),
    ]
    mentions = pains(rows)
    model = themes.learn(mentions, (ThemeSpec("pain-态度", label="态度"), ThemeSpec("pain-飞船", label="x")), "zh-Hans")
    assigned = model.assign(mentions)

    assert assigned.tolist() == ["pain-态度"] * 2 + ["pain-rude"] * 3
    assert "pain-飞船" in model.unknown
    assert "pain-态度" not in model.unknown
