"""Names and phrases: what a researcher would accept, in two to five words of the file, true of most, no two alike, no codes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from research_kit.personas import naming, phrases, shortening
from research_kit.personas.explain import explain
from research_kit.personas.wording import Asked
from research_kit.records import Language, Question, Scale

RUDE = ("No, not at all rude", "Yes, somewhat rude", "Yes, very rude")
OFTEN = ("Never", "Once in a while", "About half the time", "Usually", "Always")
AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
CARE = ("Not at all", "Not much", "Some", "A lot")
SURE = ("非常不同意", "不同意", "普通", "同意", "非常同意")


@pytest.mark.parametrize(
    ("question", "levels", "places", "name"),
    [
        ("Is it rude to recline your seat on a plane?", RUDE, (1, 2), "rude to recline seat"),
        ("In general, is it rude to recline your seat on a plane?", RUDE, (0,), "not rude to recline seat"),
        ("Is it rude to ask someone to switch seats with you in order to be closer to friends?", RUDE, (1, 2), "rude to ask to switch seats"),
        ("Do you ever recline your seat when you fly?", OFTEN, (0,), "never recline seat"),
        ("Do you ever recline your seat when you fly?", OFTEN, (2, 3, 4), "often recline seat"),
        ("Given the opportunity, would you eliminate the possibility of reclining seats on planes entirely?", ("No", "Yes"), (0,),
         "would not eliminate reclining seats"),
        ("Have you ever cheated on your significant other?", ("No", "Yes"), (0,), "never cheated on significant other"),
        ("Do you consider yourself to be a fan of the Star Trek franchise?", ("No", "Yes"), (1,), "fan of Star Trek franchise"),
        ("Are you familiar with the Expanded Universe?", ("No", "Yes"), (0,), "not familiar with Expanded Universe"),
        ("How often do you travel by plane?", ("Never", "Monthly", "Daily"), (2,), "travel by plane daily"),
        ("How satisfied are you with the delivery?", ("Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"), (2, 3),
         "satisfied with the delivery"),
        ("How much, if at all, do you care about the debate over commas?", CARE, (0,), "do not care about debate"),
        ("I trust this shop with my data", AGREE, (3, 4), "trust this shop with my data"),
        ("I trust this shop with my data", AGREE, (0, 1), "do not trust this shop"),
        ("您是否使用過外送平台？", ("是", "否"), (0,), "使用過外送平台"),
        ("您是否使用過外送平台？", ("是", "否"), (1,), "沒使用過外送平台"),
        ("等候的時間可以接受", SURE, (3, 4), "等候的時間可以接受"),
        ("等候的時間可以接受", SURE, (0, 1), "不同意等候的時間可以接受"),
    ],
)  # fmt: skip
def test_a_known_frame_and_its_answers_make_a_phrase(
    question: str, levels: tuple[str, ...], places: tuple[int, ...], name: str
) -> None:
    found = phrases.framed(question, [levels[i] for i in places], levels)
    assert found is not None
    assert found.text == name
    assert 1 <= shortening.width(found.text) <= shortening.MOST_WORDS + shortening.SPARE


IMPORTANT = ("Not at all important", "Slightly important", "Moderately important", "Very important", "Extremely important")
WEIGHT = ("不重要", "有點重要", "重要", "非常重要")


@pytest.mark.parametrize(
    ("levels", "places", "word"),
    [
        (IMPORTANT, (0, 1), "less important"),
        (IMPORTANT, (0, 1, 2), "less important"),
        (IMPORTANT, (1,), "less important"),
        (IMPORTANT, (0,), "not important"),
        (IMPORTANT, (2, 3, 4), "important"),
        (IMPORTANT, (3, 4), "important"),
        (IMPORTANT[1:], (0, 1), "less important"),
        (("Not at all satisfied", "Slightly satisfied", "Satisfied", "Very satisfied"), (0, 1), "less satisfied"),
        (RUDE, (1, 2), "rude"),
        (("Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"), (0, 1), "dissatisfied"),
        (WEIGHT, (0, 1), "較不重要"),
        (WEIGHT, (2, 3), "重要"),
        (("不重要", "有点重要", "重要", "非常重要"), (0, 1), "较不重要"),
        (("沒興趣", "有點興趣", "很有興趣"), (0, 1), "較沒興趣"),
        (("没兴趣", "有点兴趣", "很有兴趣"), (0, 1), "较没兴趣"),
        (("非常不同意", "不太同意", "有點同意", "非常同意"), (0, 1, 2), "較不同意"),
        (("非常不同意", "不同意", "同意", "非常同意"), (0, 1), "不同意"),
    ],
)
def test_the_low_end_of_a_scale_is_never_named_by_the_word_of_its_top(
    levels: tuple[str, ...], places: tuple[int, ...], word: str
) -> None:
    assert phrases.stance([levels[i] for i in places], levels) == word


@pytest.mark.parametrize(
    ("question", "levels", "places", "name"),
    [
        ("How important is security to you?", IMPORTANT, (0, 1), "security: less important"),
        ("How satisfied are you with the delivery?", ("Not at all satisfied", "Slightly satisfied", "Very satisfied"), (0, 1),
         "less satisfied with the delivery"),
        ("等候時間可以接受", ("非常不同意", "不太同意", "有點同意", "同意", "非常同意"), (0, 1, 2), "較不同意等候時間可以接受"),
    ],
)  # fmt: skip
def test_the_unwilling_are_not_named_as_the_willing(
    question: str, levels: tuple[str, ...], places: tuple[int, ...], name: str
) -> None:
    found = phrases.framed(question, [levels[i] for i in places], levels)
    assert found is not None
    assert found.text == name


@pytest.mark.parametrize(
    ("question", "answers", "levels"),
    [
        ("q0011", ["Yes"], ("No", "Yes")),
        ("I trust this shop with my data", AGREE[:3], AGREE),
        ("Is it rude to recline?", RUDE[:2], RUDE),
        ("Which character shot first?", ["Han"], ()),
    ],
)
def test_what_no_frame_covers_has_no_phrase(question: str, answers: list[str], levels: tuple[str, ...]) -> None:
    assert phrases.framed(question, answers, levels) is None


@pytest.mark.parametrize("code", ["q0011", "A1", "Q5_2", "var12", "me_mom_fq", "3", "3.", "QID12"])
def test_a_column_code_is_no_topic(code: str) -> None:
    assert phrases.topic(code) is None


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Which of these desserts do you typically have at Thanksgiving dinner?", "desserts"),
        ("TrainersConsiderate", "Trainers considerate"),
        ("您平均每次消費大約多少？", "消費"),
        ("每次大約停留多久？", "停留"),
    ],
)
def test_topics_lose_their_question_words(text: str, about: str) -> None:
    found = phrases.topic(text)
    assert found is not None
    assert found.text == about


def study(columns: dict[str, tuple[Question, Any]]) -> tuple[pd.DataFrame, dict[str, Asked]]:
    X = pd.DataFrame({name: values for name, (_, values) in columns.items()})
    about = {}
    for name, (question, _) in columns.items():
        values = X[name]
        ordered = isinstance(values.dtype, pd.CategoricalDtype) and values.dtype.ordered
        part = name.partition(" | ")[2]
        about[name] = Asked(question, part, tuple(values.dtype.categories) if ordered else ())
    return X, about


def ask(text: str, kind: str = "single", options: tuple[str, ...] = ()) -> Question:
    return Question(text.lower()[:12], text, kind, "active", "", options=options)  # type: ignore[arg-type]


def names(columns: dict[str, tuple[Question, Any]], group: np.ndarray, language: Language = "en") -> list[str]:
    X, about = study(columns)
    table = explain(X, group, int(group.max()) + 1)
    return naming.draft_names([table[table["persona"] == g] for g in range(int(group.max()) + 1)], about, language)


def mostly(group: np.ndarray, g: int, share: float = 0.9, rest: float = 0.1) -> np.ndarray:
    """True for this share of the group, for ``rest`` of all others, without chance."""
    out = np.zeros(len(group), dtype=bool)
    for inside, part in ((True, share), (False, rest)):
        places = np.flatnonzero((group == g) == inside)
        out[places[: round(part * len(places))]] = True
    return out


GROUP = np.repeat([0, 1, 2], 60)


def test_each_phrase_goes_to_the_persona_that_it_fits_best_and_short_ones_get_a_second() -> None:
    why = ask("Why do you come?", "multiple", ("Work", "Meet friends and family", "Cake"))
    pay = ask("Do you pay by app?", options=("Yes", "No"))
    made = names(
        {
            "why | Work": (why, mostly(GROUP, 0)),
            "why | Meet friends and family": (why, mostly(GROUP, 1)),
            "why | Cake": (why, mostly(GROUP, 2)),
            "pay": (pay, np.where(mostly(GROUP, 0, 0.8, 0.3), "Yes", "No")),
        },
        GROUP,
    )
    assert made[:2] == ["Work · Pay by app", "Meet friends and family"]
    assert len({n.casefold() for n in made}) == 3


def test_codes_numbers_and_empty_answers_name_nobody_but_are_told() -> None:
    made = names(
        {
            "q0011": (ask("q0011", options=("0", "1")), np.where(mostly(GROUP, 0), "2", "7")),
            "q0012": (ask("q0012"), np.where(mostly(GROUP, 1), "Other (please specify)", "None of the above")),
            "q0013": (ask("q0013", "number"), np.where(mostly(GROUP, 2), 9.0, 3.0)),
        },
        GROUP,
    )
    assert made == ["Persona 1 (q0011: 2, low q0013)", "Persona 2 (low q0013, q0011: 7)", "Persona 3 (high q0013, q0011: 7)"]


def test_a_name_is_true_of_most() -> None:
    rare = ask("Which events did you attend?", "multiple", ("A conference", "A meetup"))
    group = np.repeat([0, 1], 60)
    columns = {"e | A conference": (rare, mostly(group, 0, 0.35, 0.0)), "e | A meetup": (rare, mostly(group, 0, 0.7, 0.4))}
    assert names(columns, group)[0] == "Meetup"


def test_chinese_names_use_the_ends_of_ranges() -> None:
    levels = ["10 分鐘以內", "10–30 分鐘", "30 分鐘–1 小時", "1 小時以上"]
    codes = np.where(mostly(GROUP, 0), 1, 3)
    codes[:20] = 0
    stay = (ask("每次大約停留多久？", "rating"), pd.Categorical.from_codes(codes, levels, ordered=True))
    assert names({"stay": stay}, GROUP, "zh-Hant")[0] == "停留 30 分鐘以下"


def test_a_chinese_statement_is_agreed_with_not_high() -> None:
    row = Question("grades", "同意程度", "rating", "active", "", scale=Scale(1, 5, (), "up"))
    rating = np.where(mostly(GROUP[:120], 0, 0.95, 0.05), 5.0, 2.0)
    columns: dict[str, tuple[Question, Any]] = {"同意程度 | 成绩对我很重要": (row, pd.Series(rating + np.tile([0.0, -1.0], 60)))}
    assert names(columns, GROUP[:120], "zh-Hans") == ["看重成绩", "不看重成绩"]


def test_what_they_do_or_want_comes_before_what_they_do_not() -> None:
    group = GROUP[:120]
    levels = list(AGREE)
    codes = np.where(mostly(group, 0, 0.95, 0.03), 1, 3)
    decide = ask("My children decide what we borrow", "rating", AGREE)
    why = ask("Why do you come?", "multiple", ("To study or work", "To bring my children"))
    columns: dict[str, tuple[Question, Any]] = {
        "decide": (decide, pd.Categorical.from_codes(codes, levels, ordered=True)),
        "why | To study or work": (why, mostly(group, 0, 0.88, 0.12)),
        "why | To bring my children": (why, mostly(group, 1, 0.87, 0.09)),
    }
    assert names(columns, group) == ["Study or work", "My children decide what we borrow"]


def test_names_are_in_the_characters_of_the_output() -> None:
    why = ask("您來店裡主要是為了什麼？", "multiple", ("買一杯提神", "工作或讀書"))
    group = GROUP[:120]
    columns: dict[str, tuple[Question, Any]] = {
        f"why | {option}": (why, mostly(group, g)) for g, option in enumerate(why.options)
    }
    assert names(columns, group, "zh-Hant") == ["買一杯提神", "工作或讀書"]
    assert names(columns, group, "zh-Hans") == ["买一杯提神", "工作或读书"]
    assert names(columns, group, "en") == ["買一杯提神", "工作或讀書"]


def test_a_purpose_loses_its_to() -> None:
    why = ask("Why do you come?", "multiple", ("To bring my children", "For events", "To go"))
    group = GROUP[:120]
    columns: dict[str, tuple[Question, Any]] = {
        f"why | {option}": (why, mostly(group, g)) for g, option in enumerate(("To bring my children", "To go"))
    }
    assert names(columns, group) == ["Bring my children", "To go"]


def test_a_lack_names_those_whom_nothing_else_sets_apart_as_much() -> None:
    gamble, drive = ask("Do you ever gamble?", options=("Yes", "No")), ask("Do you ever drive too fast?", options=("Yes", "No"))
    group = GROUP[:120]
    columns: dict[str, tuple[Question, Any]] = {
        "gamble": (gamble, np.where(mostly(group, 0, 0.02, 0.95), "Yes", "No")),
        "drive": (drive, np.where(mostly(group, 0, 0.97, 0.82), "Yes", "No")),
    }
    assert names(columns, group)[0].startswith("Never gamble")


@pytest.mark.parametrize(
    ("question", "options", "answer", "name"),
    [
        ("How often do you come in?", ("Every day", "Most days", "Less often"), "Most days", "Come in most days"),
        ("What do you do?", ("Freelance", "Student"), "Freelance", "Freelance"),
        ("您多久回診一次？", ("第一次來", "每三個月", "每半年"), "每三個月", "每三個月回診"),
        ("您平均多久点一次外卖？", ("每天", "每周1-2次", "很少"), "每周1-2次", "每周点外卖1-2次"),
        ("您目前的資費方案", ("499以下", "999以上", "預付卡"), "499以下", "資費方案 499以下"),
        ("您目前的資費方案", ("499以下", "999以上", "預付卡"), "預付卡", "預付卡"),
    ],
)
def test_an_answer_that_says_nothing_alone_has_its_question_beside_it(
    question: str, options: tuple[str, ...], answer: str, name: str
) -> None:
    other = next(o for o in options if o != answer)
    group = GROUP[:120]
    language: Language = "zh-Hans" if "点" in question else "zh-Hant"
    made = names({"x": (ask(question, options=options), np.where(mostly(group, 0), answer, other))}, group, language)
    assert made[0] == name


def test_a_ladder_of_how_often_is_said_as_often_or_seldom() -> None:
    group = GROUP[:120]
    for levels, named in (
        (["每年", "每月", "每週", "每天"], ["常來圖書館", "較少來圖書館"]),
        (["Never", "Monthly", "Weekly", "Daily"], ["Often visit the library", "Rarely visit the library"]),
        (["Daily", "Weekly", "Monthly", "Never"], ["Rarely visit the library", "Often visit the library"]),
    ):
        codes = np.where(mostly(group, 0, 1.0, 0.0), 2, 0) + np.tile([0, 1], 60)
        text = "您多久來一次圖書館？" if "每" in levels[0] else "How often do you visit the library?"
        assert (
            names({"x": (ask(text, "rating"), pd.Categorical.from_codes(codes, levels, ordered=True))}, group, "zh-Hant") == named
        )


def test_means_of_a_grid_are_said_by_what_it_asks() -> None:
    group = GROUP[:120]
    value = pd.Series(np.where(mostly(group, 0, 0.95, 0.05), 5.0, 2.0) + np.tile([0.0, -1.0], 60))
    made = {
        text: names(
            {f"{text} | {part}": (Question("k", text, "rating", "active", "", scale=Scale(1, 5, (), "up")), value)},
            group,
            language,
        )
        for text, part, language in (
            ("How satisfied are you with each step?", "Check-in and baggage", "en"),
            ("请为以下环节的满意度打分", "值机与托运", "zh-Hans"),
            ("選擇時您有多重視以下項目？", "兒童友善設施", "zh-Hant"),
            ("How much do you agree with the following?", "I like training with others", "en"),
            ("请您对以下说法的同意程度打分", "学习过程要好玩", "zh-Hans"),
        )
    }
    assert list(made.values()) == [
        ["Happier with check-in and baggage", "Less happy with check-in and baggage"],
        ["对值机与托运较满意", "对值机与托运较不满意"],
        ["較重視兒童友善設施", "較不重視兒童友善設施"],
        ["Like training with others", "Do not like training with others"],
        ["学习过程要好玩", "不同意学习过程要好玩"],
    ]


def test_names_are_short_for_any_question_text() -> None:
    rng = np.random.default_rng(0)
    words = (
        "how do you when the of experience service quality (please select one) team's – delivery, in your opinion & staff".split()
    )
    for _ in range(60):
        text = " ".join(rng.choice(words, size=int(rng.integers(1, 18)))) + "?"
        option = " ".join(rng.choice(words, size=int(rng.integers(1, 9))))
        for name in names({"x": (ask(text, options=(option, "Other")), np.where(mostly(GROUP, 0), option, "Zebra"))}, GROUP):
            assert 1 <= len(name.replace(" · ", " ").split()) <= shortening.MOST_WORDS + shortening.SPARE
            assert "…" not in name
