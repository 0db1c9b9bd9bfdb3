"""PersonaModel: planted personas are found, noise is not, and it behaves as a scikit-learn clusterer."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.estimator_checks import check_estimator

from research_kit.personas import storage
from research_kit.personas.model import PersonaModel

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.planted import Plan, Planted, plant

THREE = Plan("test", 3, 300, 0.85, ratings=8, singles=5, style=0.6, missing=0.1)


@pytest.fixture(scope="module")
def three() -> Planted:
    return plant(THREE, 1)


@pytest.fixture(scope="module")
def model_of_three(three: Planted) -> PersonaModel:
    return fitted(three)


def fitted(planted: Planted, **options: object) -> PersonaModel:
    return PersonaModel(blocks=planted.blocks, **options).fit(planted.X)  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore")
def test_estimator_checks() -> None:
    """All of scikit-learn's own checks. It leaves one out itself: input of other array libraries, which an environment variable asks for."""
    results = check_estimator(PersonaModel(max_personas=2), on_skip=None, on_fail=None)
    assert len(results) > 50
    assert [r["check_name"] for r in results if r["status"] not in ("passed", "skipped")] == []
    assert {r["check_name"] for r in results if r["status"] == "skipped"} <= {"check_array_api_input"}


def test_planted_personas_are_found_with_style_and_missing_answers(three: Planted, model_of_three: PersonaModel) -> None:
    planted, model = three, model_of_three
    assert model.n_personas_ == 3
    assert model.verdict_ in ("strong", "moderate")
    assert adjusted_rand_score(planted.truth, model.labels_) > planted.bayes - 0.1
    assert list(model.stability_["k"]) == [2, 3, 4, 5, 6]
    assert model.shares_.sum() == pytest.approx(1)
    assert list(model.shares_) == sorted(model.shares_, reverse=True)
    assert model.jaccard_.shape == (3,)


@pytest.mark.parametrize(
    "plan",
    [
        Plan("noise", 1, 300),
        Plan("style", 1, 300, ratings=14, levels=7, style=1.0),
        Plan("ticks", 1, 300, options=20, ticks=0.8),
        Plan("missing", 1, 300, missing=0.15),
        Plan("pairs", 1, 600, pairs=0.5),
    ],
    ids=lambda p: p.name,
)
def test_noise_has_no_personas(plan: Plan) -> None:
    planted = plant(plan, 3)
    model = fitted(planted, max_personas=3)
    assert (model.n_personas_, model.verdict_) == (0, "none")
    assert set(model.labels_) == {-1}
    assert model.predict_proba(planted.X).shape == (plan.n, 0)
    assert set(model.predict(planted.X)) == {-1}
    assert len(model.reasons_) == 1
    assert model.explain().empty


def test_people_who_differ_by_degree_have_no_personas_and_the_reason_says_so() -> None:
    model = fitted(plant(Plan("degrees", 1, 400, degree=1.0), 2), max_personas=4)
    assert (model.n_personas_, model.reasons_[0].key) == (0, "none_gradient")


@pytest.mark.parametrize("dimensions", [2, 3])
def test_people_on_several_continuous_dimensions_have_no_personas(dimensions: int) -> None:
    rng = np.random.default_rng(dimensions)
    place = rng.normal(size=(300, dimensions))
    answers = {
        f"q{j}": np.clip(np.rint(3.5 + 0.9 * place[:, j % dimensions] + rng.normal(0, 0.9, 300)), 1, 6)
        for j in range(5 * dimensions)
    }
    model = PersonaModel().fit(pd.DataFrame(answers))
    assert (model.n_personas_, model.reasons_[0].key) == (0, "none_dimensions")
    assert dict(model.reasons_[0].values)["dimensions"] == dimensions


def test_strong_personas_come_back_in_halves(model_of_three: PersonaModel) -> None:
    weak = fitted(plant(Plan("weak", 3, 200, 0.5, ratings=6, singles=3), 4), n_personas=3)
    assert model_of_three.halves_ > 0.75
    assert weak.halves_ < 0.5
    assert weak.verdict_ == "weak"
    assert "halves_low" in [r.key for r in weak.reasons_]


def test_a_fixed_number_is_kept_and_its_doubt_said() -> None:
    model = fitted(plant(Plan("noise", 1, 200), 3), n_personas=3)
    assert model.n_personas_ == 3
    assert model.verdict_ == "weak"
    assert "fixed_beyond" in [r.key for r in model.reasons_]
    assert fitted(plant(Plan("noise", 1, 200), 3), n_personas=1).n_personas_ == 1


@pytest.mark.parametrize("wrong", [0, -1, "three", 2.5])
def test_an_impossible_number_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="n_personas"):
        fitted(plant(Plan("noise", 1, 100), 3), n_personas=wrong)


def test_weights_size_personas_and_do_not_shape_them(three: Planted, model_of_three: PersonaModel) -> None:
    planted, plain = three, model_of_three
    heavy = np.where(plain.labels_ == 2, 20.0, 1.0)
    weighted = PersonaModel(blocks=planted.blocks, max_personas=3).fit(planted.X, sample_weight=heavy)
    assert weighted.shares_[0] > 0.8
    assert adjusted_rand_score(plain.labels_, weighted.labels_) == 1.0
    for wrong in (np.ones(3), -np.ones(300), np.zeros(300), np.full(300, np.nan)):
        with pytest.raises(ValueError, match="sample_weight"):
            PersonaModel().fit(planted.X, sample_weight=wrong)


def test_same_seed_same_personas_and_another_seed_nearly(three: Planted, model_of_three: PersonaModel) -> None:
    planted, one = three, model_of_three
    two, other = fitted(planted), fitted(planted, random_state=7, max_personas=4)
    np.testing.assert_array_equal(one.labels_, two.labels_)
    np.testing.assert_array_equal(one.predict_proba(planted.X), two.predict_proba(planted.X))
    assert adjusted_rand_score(one.labels_, other.labels_) > 0.9


def test_rows_in_another_order_are_the_same_people(three: Planted, model_of_three: PersonaModel) -> None:
    planted, model = three, model_of_three
    turned = planted.X.iloc[::-1]
    np.testing.assert_array_equal(model.predict(turned)[::-1], model.predict(planted.X))


def test_who_answered_hardly_anything_belongs_to_none(three: Planted) -> None:
    planted = three
    X = planted.X.copy()
    X.iloc[:40, 1:] = pd.NA
    model = PersonaModel(3, blocks=planted.blocks).fit(X)
    assert set(model.labels_[:40]) == {-1}
    assert (model.labels_[40:] >= 0).mean() > 0.9


def test_a_multi_select_of_noise_does_not_drown_the_ratings() -> None:
    planted = plant(Plan("ratings", 2, 400, 0.9, ratings=10, singles=0), 5)
    rng = np.random.default_rng(0)
    eager = rng.normal(0, 1.5, size=(400, 1))
    ticks = pd.DataFrame(rng.random((400, 25)) < 1 / (1 + np.exp(-eager))).add_prefix("t")
    X = pd.concat([planted.X, ticks], axis=1)
    model = PersonaModel(blocks={**planted.blocks, "ticks": list(ticks)}, max_personas=4).fit(X)
    assert model.n_personas_ == 2
    assert adjusted_rand_score(planted.truth, model.labels_) > 0.75


def test_explain_finds_what_was_planted() -> None:
    rng = np.random.default_rng(4)
    truth = np.repeat([0, 1], 150)
    X = pd.DataFrame({f"n{i}": pd.Categorical(rng.integers(1, 6, 300), ordered=True) for i in range(4)})
    for i in range(6):
        X[f"s{i}"] = np.where(rng.random(300) < np.where(truth == 0, 0.85, 0.15), "yes", "no")
    model = PersonaModel().fit(X)
    assert model.n_personas_ == 2
    table = model.explain()
    assert list(table.columns[:4]) == ["persona", "column", "answer", "kind"]
    strong = table[table["p_adjusted"] < 0.001]
    assert set(strong["column"]) == {f"s{i}" for i in range(6)}
    top = table[table["persona"] == 0].iloc[0]
    assert top["low"] <= top["value"] <= top["high"]
    assert abs(top["effect"]) > 1
    assert (table["p_adjusted"] >= table["p"] - 1e-12).all()


def test_above_five_thousand_a_sample_forms_and_everybody_is_typed() -> None:
    planted = plant(Plan("large", 2, 7000, 0.9, ratings=3, singles=4), 1)
    model = PersonaModel(blocks=planted.blocks, max_personas=3).fit(planted.X)
    assert len(model.labels_) == 7000
    assert adjusted_rand_score(planted.truth, model.labels_) > 0.85


def test_a_stored_model_types_as_before(model_of_three: PersonaModel) -> None:
    model = model_of_three
    back = storage.from_dict(json.loads(json.dumps(storage.to_dict(model))))
    new = plant(THREE, 2).X
    assert (back.predict(new) == model.predict(new)).mean() > 0.999
    np.testing.assert_allclose(back.predict_proba(new), model.predict_proba(new), atol=1e-4)
    with pytest.raises(ValueError, match="not a stored persona model"):
        storage.from_dict({"k": 2})


def test_a_stored_model_knows_which_options_exclude_the_others() -> None:
    planted = plant(THREE, 1)
    X = planted.X.assign(**dict.fromkeys("pqr", False), none=False)
    rng = np.random.default_rng(3)
    X["none"] = rng.random(len(X)) < 0.3
    for column in "pqr":
        X[column] = ~X["none"] & (rng.random(len(X)) < 0.5)
    model = PersonaModel(blocks={**planted.blocks, "which": [*"pqr", "none"]}, max_personas=3).fit(X)
    back = storage.from_dict(json.loads(json.dumps(storage.to_dict(model))))
    assert back.encoding_.alone == model.encoding_.alone == (("none", "which"),)
    assert (back.predict(X) == model.predict(X)).mean() > 0.999


def test_clone_keeps_the_options() -> None:
    options = clone(PersonaModel(3, blocks={"a": ["x"]}, random_state=5)).get_params()
    assert options == {"n_personas": 3, "blocks": {"a": ["x"]}, "max_personas": 6, "random_state": 5}


@pytest.mark.parametrize(
    ("options", "said"),
    [({"blocks": {"a": ["x", "nobody"]}}, "'nobody'"), ({"n_personas": 9}, "n_samples = 8")],
)
def test_what_the_data_cannot_hold_is_refused(options: dict[str, object], said: str) -> None:
    X = pd.DataFrame({"x": [1, 2, 3, 4] * 2, "y": [1, 1, 2, 2] * 2})
    with pytest.raises(ValueError, match=said):
        PersonaModel(**options).fit(X)  # type: ignore[arg-type]
