"""Placing people by their text: only where cross-validation shows that it works, and the figures are true."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from research_kit import personas
from research_kit.personas import assignment
from research_kit.personas.assignment import _judge, _tokens, _Typist
from research_kit.records import Personas, Responses
from research_kit.statistics import wilson

from .shop import shop, study


def texts(n: int, telling: float, seed: int = 0) -> tuple[pd.Series, np.ndarray]:
    """Two kinds of people whose own word stands in a share of their texts."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(["persona-1", "persona-2"], size=n, p=[0.6, 0.4]).astype(object)
    own = np.where(truth == "persona-1", "laptop", "birthday")
    said = np.where(rng.random(n) < telling, own, "coffee")
    return pd.Series([f"I liked the {word} here" for word in said]), truth


OWN = {"en": ("alpha", "bravo", "gamma"), "zh-Hant": ("帳單", "櫃檯", "貸款"), "zh-Hans": ("账单", "柜台", "贷款")}
COMMON = {
    "en": [f"w{a}{b}" for a in "abcdefghij" for b in "abcdefgh"],
    "zh-Hant": list("的一是在不了有和人這中大為上個國我以要他時來用們"),
    "zh-Hans": list("的一是在不了有和人这中大为上个国我以要他时来用们"),
}


def spoken(n: int, telling: float, seed: int, language: str = "en", personas: int = 3) -> tuple[pd.Series, np.ndarray]:
    """Texts of twelve words that all use, with an own word of the persona in a share of them, twice tried."""
    rng = np.random.default_rng(seed)
    truth = rng.choice([f"persona-{i + 1}" for i in range(personas)], size=n).astype(object)
    said = []
    for persona in truth:
        words = list(rng.choice(COMMON[language], size=12))
        words += [OWN[language][int(persona[-1]) - 1] for _ in range(2) if rng.random() < telling]
        said.append(" ".join(words))
    return pd.Series(said), truth


def test_planted_words_are_learned_and_the_figures_are_those_of_the_planting() -> None:
    """Who says an own word can be told; of the others the larger persona is as good a guess as any."""
    words, truth = texts(600, 0.7)
    judged = _judge(words, truth, 0)
    majority = (truth == "persona-1").mean()
    told = words.str.contains("laptop|birthday").to_numpy()
    assert judged.majority == pytest.approx(majority)
    assert judged.accuracy == pytest.approx(told.mean() + ((~told) & (truth == "persona-1")).mean(), abs=0.01)
    assert judged.certainty is not None
    assert judged.low == wilson(judged.right * judged.reach * 600, judged.reach * 600)[0] >= max(0.7, judged.base + 0.15)


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_what_is_said_of_the_placed_is_true_of_new_people(language: str) -> None:
    """Planted: the share that was right in cross-validation is that of four hundred people who were not learned from."""
    words, truth = spoken(400, 0.4, 1, language)
    judged = _judge(words, truth, 0)
    model = _Typist(words, truth)
    new, of_new = spoken(400, 0.4, 2, language)
    probability = model.predict_proba(new)
    placed = probability.max(axis=1) >= judged.certainty
    assert judged.certainty is not None
    assert (model.classes[probability.argmax(axis=1)] == of_new)[placed].mean() == pytest.approx(judged.right, abs=0.08)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("people", "telling"), [(150, 0.0), (150, 0.15), (400, 0.0)])
def test_noise_and_a_faint_hint_place_nobody(seed: int, people: int, telling: float) -> None:
    """A faint hint: a classifier that is right for half where a third is chance, as between a survey of a bank and reviews of another app."""
    assert _judge(*spoken(people, telling, seed), seed).certainty is None


def test_a_persona_that_is_passed_over_stops_all_placing() -> None:
    """Two of three personas are told by a word, the small third one by none: whoever is placed would speak for the two alone."""
    words, truth = spoken(500, 0.6, 3)
    third = np.flatnonzero(truth == "persona-3")
    kept = np.setdiff1d(np.arange(500), third[35:])
    words, truth = words.str.replace("gamma", "").iloc[kept].reset_index(drop=True), truth[kept]
    two = truth != "persona-3"
    assert _judge(words[two], truth[two], 0).certainty is not None
    assert _judge(words, truth, 0).certainty is None


def test_who_speaks_of_other_things_is_not_placed() -> None:
    words, truth = spoken(400, 1.0, 5)
    model = _Typist(words, truth)
    probability = model.predict_proba(pd.Series(["parking fine again", "alpha", "alpha waa wab wac", ""]))
    assert (probability.max(axis=1) > 0).tolist() == [False, False, True, False]


@pytest.mark.parametrize("seed", range(4))
def test_words_that_tell_nothing_place_nobody(seed: int) -> None:
    words, truth = texts(400, 0.0, seed)
    judged = _judge(words, truth, seed)
    assert judged.certainty is None
    assert (judged.right, judged.reach) == (0.0, 0.0)
    assert judged.accuracy <= judged.majority + 0.02


def test_where_no_word_is_shared_the_largest_persona_is_all_one_can_name() -> None:
    rng = np.random.default_rng(1)
    truth = rng.choice(["persona-1", "persona-2"], size=120, p=[0.7, 0.3]).astype(object)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = pd.Series([letters[i % 26] + letters[i // 26] + "zz" for i in range(120)])
    judged = _judge(words, truth, 0)
    assert judged.accuracy == judged.majority == pytest.approx((truth == "persona-1").mean())
    assert judged.certainty is None


def test_both_chinese_scripts_are_one_and_latin_words_stay_whole() -> None:
    assert _tokens("咖啡廳 Wi-Fi 很慢") == _tokens("咖啡厅 wi-fi 很慢") == ["咖啡", "啡厅", "wi", "fi", "很慢"]
    assert _tokens("好") == ["好"]
    assert _tokens("!? 12") == []


@pytest.fixture(scope="module")
def with_reviewers() -> tuple[Responses, np.ndarray, Personas]:
    responses, truth = shop(300, reviewers=80)
    return responses, truth, personas.form(responses, study(n=2), "en")


def test_how_people_rate_places_nobody(with_reviewers) -> None:
    """Outcomes do not form personas, and do not place people in them either."""
    responses, _, formed = with_reviewers
    rated = replace(responses, comments=responses.comments.assign(rating=np.where(responses.comments["unit"] % 2, 1.0, 0.0)))
    one, other = (personas.assign(formed, r, study(n=2), "en").membership for r in (responses, rated))
    pd.testing.assert_frame_equal(one, other)


def test_what_was_done_is_said_with_the_share_that_is_wrong_or_with_what_to_do(with_reviewers) -> None:
    responses, _, formed = with_reviewers
    placed = personas.assign(formed, responses, study(n=2), "en")
    figures = placed.accuracy["assignment"]
    wrong = 100 - round(100 * figures["right"])
    assert f"so about {wrong} in 100 stand in the wrong persona" in placed.reasons[-1]
    mute = replace(responses, comments=responses.comments.assign(text="it was fine for me"))
    refused = personas.assign(formed, mute, study(n=2), "en")
    assert refused.membership.equals(formed.membership)
    assert "80 people without closed answers belong to no persona" in refused.reasons[-1]
    assert "[personas] by" in refused.reasons[-1]
    assert refused.accuracy["assignment"]["placed"] == 0


def test_who_has_answers_keeps_their_persona_and_others_are_placed_as_planted(with_reviewers) -> None:
    responses, truth, formed = with_reviewers
    placed = personas.assign(formed, responses, study(n=2), "en")
    before, after = formed.membership, placed.membership
    own = before["how"] == "answers"
    pd.testing.assert_frame_equal(after[own], before[own])
    new = after["how"] == "text"
    figures = placed.accuracy["assignment"]
    assert new.sum() == figures["placed"] > 40
    assert not (new & own).any()
    of_truth = before[own].groupby(truth[own.to_numpy()])["persona"].agg(lambda ids: ids.value_counts().index[0])
    right = (after.loc[new, "persona"] == pd.Series(truth, index=after.index)[new].map(of_truth)).mean()
    assert right == pytest.approx(figures["right"], abs=0.1)


def test_declared_groups_are_never_guessed_and_few_people_teach_nothing(with_reviewers) -> None:
    responses, _, formed = with_reviewers
    declared = personas.form(responses, study(by="Which member tier"), "en")
    assert personas.assign(declared, responses, study(), "en") is declared
    few = formed.membership.copy()
    few.loc[few.index[90:300], "how"] = ""
    told = personas.assign(replace(formed, membership=few), responses, study(n=2), "en")
    assert told.membership.equals(few)
    assert "too few to learn from" in told.reasons[-1]
    assert assignment._LEAST == 100
