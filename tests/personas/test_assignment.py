"""Placing people by their text: only where cross-validation shows that it works, and the figures are true."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from research_kit import personas
from research_kit.personas import assignment
from research_kit.personas.assignment import _extra, _judge, _tokens
from research_kit.records import Personas, Responses
from research_kit.statistics import wilson

from .shop import shop, study

NO_MENTIONS = pd.DataFrame()


def texts(n: int, telling: float, seed: int = 0) -> tuple[pd.Series, np.ndarray, pd.DataFrame]:
    """Two kinds of people whose own word stands in a share of their texts."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(["persona-1", "persona-2"], size=n, p=[0.6, 0.4]).astype(object)
    own = np.where(truth == "persona-1", "laptop", "birthday")
    said = np.where(rng.random(n) < telling, own, "coffee")
    return pd.Series([f"I liked the {word} here" for word in said]), truth, pd.DataFrame(index=range(n))


def test_planted_words_are_learned_and_the_figures_are_those_of_the_planting() -> None:
    """Who says an own word can be told; of the others the larger persona is as good a guess as any."""
    words, truth, extra = texts(600, 0.7)
    judged = _judge(words, extra, truth, 0)
    majority = (truth == "persona-1").mean()
    told = words.str.contains("laptop|birthday").to_numpy()
    assert judged.majority == pytest.approx(majority)
    assert judged.accuracy == pytest.approx(told.mean() + ((~told) & (truth == "persona-1")).mean(), abs=0.01)
    assert judged.certainty is not None
    assert wilson(judged.right * judged.reach * 600, judged.reach * 600)[0] >= majority + 0.1


@pytest.mark.parametrize("seed", range(4))
def test_words_that_tell_nothing_place_nobody(seed: int) -> None:
    words, truth, extra = texts(400, 0.0, seed)
    judged = _judge(words, extra, truth, seed)
    assert judged.certainty is None
    assert (judged.right, judged.reach) == (0.0, 0.0)
    assert judged.accuracy <= judged.majority + 0.02


def test_where_no_word_is_shared_the_largest_persona_is_all_one_can_name() -> None:
    rng = np.random.default_rng(1)
    truth = rng.choice(["persona-1", "persona-2"], size=120, p=[0.7, 0.3]).astype(object)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = pd.Series([letters[i % 26] + letters[i // 26] + "zz" for i in range(120)])
    judged = _judge(words, pd.DataFrame(index=range(120)), truth, 0)
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


def test_a_number_counts_only_where_half_of_both_sides_have_it(with_reviewers) -> None:
    responses, _, _ = with_reviewers
    units = responses.comments["unit"]
    known, wanted = pd.Index(range(300)), pd.Index(range(300, 380))
    rated = replace(responses, comments=responses.comments.assign(rating=np.where(units < 300, 4.0, np.nan)))
    assert list(_extra(rated, NO_MENTIONS, pd.Index(range(380)), known, wanted)) == []
    some = replace(responses, comments=responses.comments.assign(rating=np.where(units % 3 > 0, units % 5 + 1.0, np.nan)))
    table = _extra(some, NO_MENTIONS, pd.Index(range(380)), known, wanted)
    assert list(table) == ["rating"]
    assert table.notna().all().all()
    given = some.comments.groupby("unit")["rating"].mean().loc[known].mean()
    assert table.loc[0, "rating"] == pytest.approx(given)  # who gave none has the mean of those it is learned from


def test_who_has_answers_keeps_their_persona_and_others_are_placed_as_planted(with_reviewers) -> None:
    responses, truth, formed = with_reviewers
    placed = personas.assign(formed, responses, NO_MENTIONS, study(n=2), "en")
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
    assert personas.assign(declared, responses, NO_MENTIONS, study(), "en") is declared
    few = formed.membership.copy()
    few.loc[few.index[90:300], "how"] = ""
    told = personas.assign(replace(formed, membership=few), responses, NO_MENTIONS, study(n=2), "en")
    assert told.membership.equals(few)
    assert "too few to learn from" in told.reasons[-1]
    assert assignment._LEAST == 100
