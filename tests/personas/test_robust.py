"""PersonaModel takes whatever columns a researcher has, and refuses in a sentence what it cannot use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from research_kit import personas
from research_kit.personas.model import PersonaModel

from .shop import shop, study


def answers(n: int = 200) -> tuple[pd.DataFrame, np.ndarray]:
    """Six single choices by two kinds of people."""
    rng = np.random.default_rng(0)
    kind = np.arange(n) % 2
    likely = np.where(kind == 0, 0.85, 0.15)[:, None]
    return pd.DataFrame(np.where(rng.random((n, 6)) < likely, "yes", "no"), columns=[f"q{i}" for i in range(6)]), kind


@pytest.mark.parametrize(
    "turned",
    [
        lambda X: X.astype(object),
        lambda X: X.astype("string"),
        lambda X: X.astype("category"),
        lambda X: X.eq("yes"),
        lambda X: X.eq("yes").astype("boolean"),
        lambda X: X.eq("yes").astype("Int64"),
        lambda X: X.eq("yes").astype(float),
        lambda X: X.apply(lambda c: pd.Categorical(c, categories=["never", "no", "yes", "always"], ordered=True)),
        lambda X: X.set_axis(range(6), axis=1),
        lambda X: X.set_axis([0] * len(X)),
    ],
    ids=["object", "string", "category", "bool", "boolean", "Int64", "float", "ordered", "numbered columns", "index twice"],
)
def test_every_kind_of_column_gives_the_same_two_personas(turned) -> None:
    X, kind = answers()
    model = PersonaModel(2).fit(turned(X))
    assert model.encoding_.items[0].size == 2
    agree = (model.labels_ == kind).mean()
    assert max(agree, 1 - agree) > 0.95


def test_columns_that_are_no_answers_are_left_out_by_name() -> None:
    X, _ = answers()
    n = len(X)
    odd = X.assign(
        empty=np.nan, const="x", twin=X.q0, date=pd.Timestamp("2024-05-01") + pd.to_timedelta(np.arange(n), "D"),
        code=[f"R{i}" for i in range(n)], number=np.arange(n) * 3, lists=[[i] for i in range(n)], endless=np.inf,
    )  # fmt: skip
    model = PersonaModel().fit(odd)
    assert {left.column: left.reason for left in model.left_out_} == {
        "empty": "left_missing", "const": "left_constant", "twin": "left_duplicate", "date": "left_date",
        "code": "left_text", "number": "left_text", "lists": "left_text", "endless": "left_missing",
    }  # fmt: skip
    assert model.n_personas_ == 2


@pytest.mark.parametrize("n", [1, 2, 5, 12, 19])
def test_a_handful_of_people_is_none_and_a_fixed_number_does_not_break(n: int) -> None:
    X, _ = answers()
    assert PersonaModel().fit(X.head(n)).verdict_ == "none"
    assert PersonaModel(min(n, 3)).fit(X.head(n)).verdict_ in ("none", "weak")


def test_nothing_to_go_by_is_none() -> None:
    X, _ = answers()
    for empty in (X[[]], pd.concat([X.head(1)] * 60)):
        assert PersonaModel().fit(empty).n_personas_ == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"n_personas": True}, "n_personas is True"),
        ({"max_personas": 0}, "max_personas is 0"),
        ({"max_personas": "six"}, "max_personas is 'six'"),
        ({"blocks": ["q0"]}, "blocks must be a dict"),
        ({"blocks": {"one": "q0"}}, "blocks must be a dict"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_in_a_sentence(options, said) -> None:
    with pytest.raises(ValueError, match=said):
        PersonaModel(**options).fit(answers()[0])


def test_two_columns_of_one_name_and_weights_of_words_are_refused() -> None:
    X, _ = answers()
    with pytest.raises(ValueError, match="same name: a"):
        PersonaModel().fit(X.set_axis(["a", "a", "b", "c", "d", "e"], axis=1))
    with pytest.raises(ValueError, match="sample_weight must be numbers"):
        PersonaModel().fit(X, sample_weight=["much"] * len(X))


def test_unseen_and_missing_answers_are_typed_by_the_rest() -> None:
    X, _ = answers()
    model = PersonaModel(2).fit(X)
    new = X.assign(q0="perhaps", q1=None)
    assert (model.predict(new) == model.labels_).mean() > 0.9
    assert set(model.predict(X.astype(object).mask(X.notna()))) == {-1}
    assert set(model.predict(X.replace({"yes": "oui", "no": "non"}))) == {-1}


def test_numbers_that_another_file_holds_as_text_are_the_same_numbers() -> None:
    X, _ = answers()
    numbers = X.eq("yes").astype(int) * 3 + 1
    model = PersonaModel(2).fit(numbers)
    for same in (numbers.astype(str), numbers.astype("Int64"), numbers.astype(float)):
        np.testing.assert_array_equal(model.predict(same), model.labels_)


def test_a_later_wave_that_did_not_ask_a_question_is_typed_by_the_others() -> None:
    responses, _ = shop(200)
    found = personas.form(responses, study(), "en")
    later, _ = shop(150, seed=9)
    dropped = next(q for q in later.questions if q.role == "active" and len(q.answer_columns) == 1)
    shorter = replace(
        later,
        questions=tuple(q for q in later.questions if q.key != dropped.key),
        answers=later.answers.drop(columns=list(dropped.answer_columns)),
    )
    typed = personas.type_wave(found.model, shorter, study(), "en")
    assert typed.membership["persona"].notna().mean() > 0.8
