"""The stage as a whole: cards, declared groups, the researcher's choices, waves, and people without closed answers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from research_kit import personas
from research_kit.errors import StudyError
from research_kit.personas import naming
from research_kit.records import LANGUAGES, Language, Personas, Responses, plain

from .shop import shop, study


@pytest.fixture(scope="module")
def made() -> tuple[Responses, np.ndarray, Personas]:
    responses, truth = shop()
    return responses, truth, personas.form(responses, study(), "en")


def test_two_kinds_of_customers_become_two_personas(made) -> None:
    _responses, truth, found = made
    assert [p.id for p in found.personas] == ["persona-1", "persona-2"]
    assert found.verdict in ("strong", "moderate")
    assert adjusted_rand_score(truth, found.membership["persona"].fillna("none")) > 0.8
    assert sum(p.share for p in found.personas) == pytest.approx(1)
    for p in found.personas:
        assert p.low < p.share < p.high
        assert p.n == (found.membership["persona"] == p.id).sum()
        assert 0.8 < p.stability <= 1
    assert set(found.membership["how"]) <= {"answers", ""}
    assert [c.k for c in found.curve] == [2, 3, 4, 5, 6]


def test_demographics_describe_and_never_form(made) -> None:
    _, _, found = made
    assert set(found.used) == {"use", "order", "seat", "why", "member"}
    assert dict(found.left_out)["gender"] == "demographics describe personas and never form them"
    described = {t.question for p in found.personas for t in p.demographics}
    assert described == {"age"}
    assert not {t.question for p in found.personas for t in p.traits} & {"age", "gender"}


def test_traits_are_what_was_planted_with_shares_of_both_sides(made) -> None:
    _, _, found = made
    for p in found.personas:
        assert {t.question for t in p.traits} <= {"use", "order", "seat", "why"}
        strongest = p.traits[0]
        assert abs(strongest.effect) > 1
        assert strongest.p_adjusted < 0.001
        assert strongest.low <= strongest.value <= strongest.high
        assert f"{100 * strongest.value:.0f}%" in strongest.text
        assert f"{100 * strongest.others:.0f}%" in strongest.text
    assert any("Why do you come: Work: " in t.text for p in found.personas for t in p.traits)


def test_names_are_words_of_the_file_and_differ(made) -> None:
    _, _, found = made
    assert {p.name for p in found.personas} == {"Work · Often visit us", "Cake · Order: Table"}


@pytest.mark.parametrize(
    ("level", "upper", "end"),
    [
        ("10–30 分鐘", True, "30 分鐘"), ("30 分鐘–1 小時", False, "30 分鐘"), ("1–2 hours", True, "2 hours"),
        ("Weekly", True, "Weekly"), ("2–5 years", False, "2 years"),
    ],
)  # fmt: skip
def test_or_less_speaks_of_the_end_of_a_range(level: str, upper: bool, end: str) -> None:
    assert naming._end(level, upper=upper) == end


def test_the_rule_is_a_sentence_with_measured_accuracy(made) -> None:
    _responses, _truth, found = made
    for p in found.personas:
        assert p.rule is not None
        assert p.rule.text.startswith("You are this persona if ")
        assert 1 <= len(p.rule.questions) <= 3
        assert p.rule.precision > 0.7
        assert p.rule.recall > 0.7
    figures = found.accuracy["screener"]
    assert len(figures["questions"]) <= 5
    assert figures["agreement"] > 0.85


def test_quotes_are_verbatims_of_members_one_each(made) -> None:
    responses, _, found = made
    texts = set(responses.comments["text"])
    for p in found.personas:
        assert 3 <= len(p.quotes) <= 5
        assert len({q.respondent for q in p.quotes}) == len(p.quotes)
        for q in p.quotes:
            row = responses.comments.set_index("comment").loc[q.comment]
            assert (q.text, q.row, q.respondent) == (row["text"], row["row"], row["respondent"])
            assert q.text in texts
            assert found.membership.loc[row["unit"], "persona"] == p.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_output_language(language: Language) -> None:
    responses, _ = shop(160)
    found = personas.form(responses, study(n=2), language)
    sentences = [*found.reasons, *(r for _, r in found.left_out), *(p.rule.text for p in found.personas if p.rule)]
    assert sentences
    for sentence in sentences:
        assert any("\u4e00" <= c <= "\u9fff" for c in sentence) == (language != "en")
    assert plain(replace(found, membership=None))  # type: ignore[arg-type]


def test_the_same_study_twice_is_the_same(made) -> None:
    responses, _, found = made
    again = personas.form(responses, study(), "en")
    assert plain(replace(found, membership=None)) == plain(replace(again, membership=None))  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(found.membership, again.membership)


def test_the_researcher_chooses_questions_number_and_names() -> None:
    responses, _ = shop(160)
    found = personas.form(responses, study(n=3, using=("why", "How do you order"), names={"persona-2": "The guests"}), "en")
    assert found.used == ("why", "order")
    assert len(found.personas) == 3
    assert found.personas[1].name == "The guests"
    assert ("use", "the study file names other questions") in found.left_out
    with pytest.raises(StudyError):
        personas.form(responses, study(using=("no such question",)), "en")


def test_declared_groups_are_not_clustered_and_claim_no_stability() -> None:
    responses, _ = shop(160)
    found = personas.form(responses, study(by="Which member tier", names={"group-1": "Club"}), "en")
    assert (found.verdict, found.declared_by, found.curve) == ("declared", "member", ())
    counts = responses.answers["member"].value_counts()
    assert [p.n for p in found.personas] == sorted(counts.tolist(), reverse=True)
    assert found.personas[0].name == "Club"
    assert found.personas[1].name == counts.index[1]
    assert all(p.stability is None and p.rule is None for p in found.personas)
    for wrong in ("Why do you come", "Anything else"):
        with pytest.raises(StudyError, match="groups can be declared by"):
            personas.form(responses, study(by=wrong), "en")


def test_a_study_without_closed_questions_has_none_and_says_why() -> None:
    responses, _ = shop(60)
    bare = replace(responses, questions=tuple(q for q in responses.questions if q.role == "comment"))
    found = personas.form(bare, study(), "en")
    assert (found.personas, found.verdict) == ((), "none")
    assert found.reasons == ("There are no closed questions that could form personas.",)
    assert found.membership["persona"].isna().all()


def test_noise_is_reported_as_none() -> None:
    responses, _ = shop(200)
    answers = responses.answers.apply(lambda c: c.sample(frac=1, random_state=hash_of(c.name)).reset_index(drop=True))
    found = personas.form(replace(responses, answers=answers), study(), "en")
    assert (found.personas, found.verdict) == ((), "none")
    assert found.model == {}


def hash_of(name: object) -> int:
    return sum(map(ord, str(name)))


def test_waves_are_typed_with_the_first_ones_model() -> None:
    responses, truth = shop(300)
    wave = pd.Series(np.where(np.arange(300) < 180, "2023", "2024"), dtype="str")
    waved = replace(responses, respondents=responses.respondents.assign(wave=wave))
    found = personas.form(waved, study(), "en")
    assert any("formed on 2023; the 120 respondents" in r for r in found.reasons)
    second = found.membership["persona"].iloc[180:]
    assert adjusted_rand_score(truth[180:], second.fillna("none")) > 0.75


def test_a_later_run_is_typed_with_the_stored_model(made) -> None:
    _, _, found = made
    later, truth = shop(150, seed=9)
    typed = personas.type_wave(found.model, later, study(), "en")
    assert [(p.id, p.name) for p in typed.personas] == [(p.id, p.name) for p in found.personas]
    assert adjusted_rand_score(truth, typed.membership["persona"].fillna("none")) > 0.75


def test_reviewers_are_placed_where_text_tells_and_left_alone_where_not() -> None:
    responses, truth = shop(260, reviewers=60)
    found = personas.form(responses, study(), "en")
    assert found.membership["persona"].iloc[260:].isna().all()
    placed = personas.assign(found, responses, study(), "en")
    how = placed.membership["how"].iloc[260:]
    figures = placed.accuracy["assignment"]
    assert figures["placed"] == (how == "text").sum() > 40
    assert figures["right"] > 0.85
    assert adjusted_rand_score(truth[260:][how == "text"], placed.membership["persona"].iloc[260:][how == "text"]) > 0.8
    pd.testing.assert_frame_equal(placed.membership.iloc[:260], found.membership.iloc[:260])

    responses, _ = shop(260, reviewers=60, telling=False)
    found = personas.form(responses, study(), "en")
    left = personas.assign(found, responses, study(), "en")
    assert left.membership["persona"].iloc[260:].isna().all()
    assert left.accuracy["assignment"]["certainty"] is None
    assert "60 people without closed answers belong to no persona" in left.reasons[-1]


def test_nobody_to_place_changes_nothing(made) -> None:
    responses, _, found = made
    assert personas.assign(found, responses, study(), "en") is found


def test_more_personas_than_people_are_none(made) -> None:
    responses, _, _ = made
    few = replace(responses, respondents=responses.respondents.head(2), answers=responses.answers.head(2))
    found = personas.form(few, study(n=3), "en")
    assert found.personas == ()
    assert found.reasons[0] == "2 respondents with answers are too few to look for personas."


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The earlier wave (Q1) formed no personas"), ("zh-Hant", "先前一波（Q1）沒有形成人物誌")]
)
def test_an_earlier_wave_without_personas_types_nobody_and_is_no_mistake(
    made, tmp_path: Path, language: Language, said: str
) -> None:
    (tmp_path / "Q1").mkdir()
    (tmp_path / "Q1" / "personas.json").write_text('{"n_personas": 0, "personas": [], "model": {}}', encoding="utf-8")

    found = personas.form(made[0], study(like=tmp_path / "Q1"), language)

    assert (found.personas, found.verdict, found.model) == ((), "none", {})
    assert found.reasons[0].startswith(said)
    assert found.membership["persona"].isna().all()


def test_an_earlier_wave_that_asked_nothing_of_this_is_refused(made, tmp_path: Path) -> None:
    responses, _, first = made
    (tmp_path / "personas.json").write_text(json.dumps(plain({"n_personas": 2, "personas": [], "model": first.model})), "utf-8")
    other = replace(responses, answers=responses.answers.rename(columns=lambda column: f"museum {column}"))

    with pytest.raises(StudyError, match=r"none of the questions that formed the personas of “.+” are in these files") as refused:
        personas.form(other, study(like=tmp_path), "en")

    assert str(tmp_path) in refused.value.problems[0]


def test_declared_groups_are_renamed_by_their_answer_and_who_is_not_there_is_told() -> None:
    responses, _ = shop()
    found = personas.form(responses, study(by="Which member tier", names={"Gold": "Collectors", "persona-1": "Nobody"}), "en")

    assert "Collectors" in [p.name for p in found.personas]
    assert "Gold" not in [p.name for p in found.personas]
    assert found.reasons[-1] == "[personas] names in the study file names personas that there are not: persona-1."


def test_reviewers_can_be_declared_groups(made) -> None:
    responses = replace(made[0], exports=tuple(replace(e, type="reviews") for e in made[0].exports))

    found = personas.form(responses, study(by="Which member tier"), "en")

    answered = responses.answers["member"].notna() & responses.included()
    assert found.verdict == "declared"
    assert sum(p.n for p in found.personas) == answered.sum() > 0
    assert found.membership["persona"].notna().equals(answered)
    assert sum(p.share for p in found.personas) == pytest.approx(1)


def test_a_reviewer_who_left_the_column_empty_is_counted_as_in_no_group(made) -> None:
    responses = replace(made[0], exports=tuple(replace(e, type="reviews") for e in made[0].exports))
    answers = responses.answers.copy()
    answers.loc[answers.index[:30], "member"] = np.nan

    found = personas.form(replace(responses, answers=answers), study(by="Which member tier"), "en")

    assert sum(p.n for p in found.personas) == 210
    assert found.unplaced is not None
    assert found.unplaced.n == 30
    assert any("30 of 240" in reason for reason in found.reasons)


@pytest.mark.parametrize("written", [None, "", "{}", "[]", '{"personas": []}'])
def test_a_folder_without_results_is_refused(made, tmp_path: Path, written: str | None) -> None:
    if written is not None:
        (tmp_path / "personas.json").write_text(written, encoding="utf-8")

    with pytest.raises(
        StudyError, match=r"there is no personas\.json of a run in it; name the results folder of an earlier wave"
    ):
        personas.form(made[0], study(like=tmp_path), "en")


@pytest.mark.parametrize(
    ("people", "told"),
    [(2, "2 respondents with answers are too few"), (80, "80 people answered, but too few questions, or nearly all")],
)
def test_people_who_all_say_the_same_are_counted_as_those_who_answered(people: int, told: str) -> None:
    responses, _ = shop(people)
    same = responses.answers.apply(lambda column: pd.Series([column.iloc[0]] * people, dtype=column.dtype))
    found = personas.form(replace(responses, answers=same), study(), "en")
    assert found.verdict == "none"
    assert found.reasons[0].startswith(told)


@pytest.mark.parametrize(("n", "most"), [(99, 30), (31, 30)])
def test_personas_of_a_handful_of_people_are_refused(n: int, most: int) -> None:
    responses, _ = shop(150)
    with pytest.raises(StudyError, match=f"{n} personas among 150 people would be of fewer than five each; give at most {most}"):
        personas.form(responses, study(n=n), "en")
